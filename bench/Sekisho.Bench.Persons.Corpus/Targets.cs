using System.Globalization;

namespace Sekisho.Bench.Persons;

/// <summary>What the product promises of its count.</summary>
public static class Targets
{
    public const double Recall = 0.98;
    public const double Precision = 0.97;
    public const double Counts = 0.95;
    public const double Values = 0.99;

    /// <summary>The promises a run does not keep; empty when all are kept.</summary>
    public static IReadOnlyList<string> Missed(Score score)
    {
        var missed = new List<string>();
        void Least(string name, double value, double least)
        {
            if (value < least)
                missed.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.0000}, at least {least}"));
        }

        var files = score.Files(1);
        Least("persons recall by file", files.Recall, Recall);
        Least("persons precision by file", files.Precision, Precision);
        Least("files with the count within 3 %", score.CountsRight(), Counts);
        Least("card precision", score.Cards.Precision, Values);
        Least("card recall", score.Cards.Recall, Values);
        Least("MyNumber precision", score.MyNumbers.Precision, Values);
        Least("MyNumber recall", score.MyNumbers.Recall, Values);
        return missed;
    }
}
