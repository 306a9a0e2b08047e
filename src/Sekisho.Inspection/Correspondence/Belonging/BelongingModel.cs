using System.Globalization;
using System.Reflection;

namespace Sekisho.Inspection;

/// <summary>The model that says how little a recipient belongs on a mail, with what turns its figure into a score.</summary>
/// <param name="Trees">The trees, over <see cref="BelongingFeatures.Names"/>.</param>
/// <param name="Points">Ascending pairs of the trees' figure and the score; between them, straight lines.</param>
/// <param name="Reference">How the scores of outside mail are spread in the set the scores were made from: for organisations that have not enough mail of their own yet.</param>
internal sealed record BelongingModel(TreeModel Trees, IReadOnlyList<(double Figure, double Score)> Points, ScoreCurve Reference)
{
    private const string Folder = "Sekisho.Inspection.Correspondence.Belonging.Data.";

    private static readonly Lazy<BelongingModel> _shipped = new(Load);

    /// <summary>The one that comes with the product.</summary>
    public static BelongingModel Shipped => _shipped.Value;

    /// <summary>
    /// How little each belongs, by place. Nobody where fewer than two are on the mail: one alone has nobody he could be out of place among.
    /// </summary>
    public double[] Figures(BelongingMail mail) => Figures(mail, asked: null);

    /// <summary>The same of those who are asked for, by their keys, or of all; negative infinity for the others.</summary>
    public double[] Figures(BelongingMail mail, IReadOnlySet<string>? asked)
    {
        var figures = new double[mail.People.Count];
        Array.Fill(figures, double.NegativeInfinity);
        if (figures.Length >= 2)
        {
            var rows = BelongingFeatures.Of(mail);
            for (var i = 0; i < rows.Length; i++)
            {
                if (asked?.Contains(mail.People[i].Key) != false)
                {
                    figures[i] = Trees.Score(rows[i]);
                }
            }
        }

        return figures;
    }

    /// <summary>
    /// 0 to 1,000 for a figure: 250 means that one mail in ten of the reference has somebody who belongs as little, 500 one in a hundred, 750 one in a thousand.
    /// </summary>
    public int ScoreOf(double figure)
    {
        if (Points.Count == 0 || !(figure > Points[0].Figure))
        {
            return 0;
        }

        for (var i = 1; i < Points.Count; i++)
        {
            var ((x, y), (u, v)) = (Points[i - 1], Points[i]);
            if (figure <= u)
            {
                return (int)Math.Clamp(y + ((v - y) * (figure - x) / (u - x)), 0, 1000);
            }
        }

        return (int)Points[^1].Score;
    }

    /// <summary>The points and the curve as text.</summary>
    public string Describe()
        => string.Join('\n', Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"point {p.Figure:R} {p.Score:R}"))
            .Append("curve " + string.Join(' ', Reference.Bins)).Append(""));

    /// <summary>Reads what <see cref="Describe"/> and <see cref="TreeModel.Write"/> wrote. Throws <see cref="InvalidDataException"/> where they do not fit this program.</summary>
    public static BelongingModel Read(ReadOnlySpan<byte> trees, string description)
    {
        var points = new List<(double, double)>();
        var bins = ScoreCurve.Empty.Bins;
        foreach (var line in description.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "point")
            {
                points.Add((double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture)));
            }
            else if (words[0] == "curve")
            {
                bins = [.. words.Skip(1).Select(w => long.Parse(w, CultureInfo.InvariantCulture))];
            }
        }

        var model = TreeModel.Read(trees);
        return model.Features == BelongingFeatures.Names.Count && bins.Count == ScoreCurve.Empty.Bins.Count
            ? new BelongingModel(model, points, new ScoreCurve(bins))
            : throw new InvalidDataException($"the model weighs {model.Features} features, the program makes {BelongingFeatures.Names.Count}: train it anew");
    }

    private static BelongingModel Load()
    {
        using var trees = new MemoryStream();
        using (var resource = Open("unlikely-recipient.trees"))
        {
            resource.CopyTo(trees);
        }

        using var text = new StreamReader(Open("unlikely-recipient.txt"));
        return Read(trees.ToArray(), text.ReadToEnd());
    }

    private static Stream Open(string name)
        => Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name) ?? throw new InvalidDataException($"{name} is missing from the program");
}
