using System.Globalization;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    public const string Usage = "usage: bench/wrong-recipient MBOX... [--json] [--train] [--seed N] [--least N] [--inside DOMAIN] [--everybody] [--only-ours]";

    public IReadOnlyList<string> Paths { get; private init; } = [];

    public bool Json { get; private init; }

    public bool Train { get; private init; }

    /// <summary>Without the baselines, which take most of the time.</summary>
    public bool OnlyOurs { get; private init; }

    /// <summary>Senders the model was trained on as well: their figures flatter.</summary>
    public bool Everybody { get; private init; }

    public int Seed { get; private init; } = 1;

    /// <summary>Senders with fewer mails are not judged.</summary>
    public int Least { get; private init; } = 200;

    public string? Inside { get; private init; }

    public static Options? Read(string[] args)
    {
        var options = new Options();
        var paths = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--train":
                    options = options with { Train = true };
                    break;
                case "--only-ours":
                    options = options with { OnlyOurs = true };
                    break;
                case "--everybody":
                    options = options with { Everybody = true };
                    break;
                case "--seed" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    i++;
                    break;
                case "--least" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var least):
                    options = options with { Least = least };
                    i++;
                    break;
                case "--inside" when i + 1 < args.Length:
                    options = options with { Inside = args[++i] };
                    break;
                case var path when !path.StartsWith('-') && File.Exists(path):
                    paths.Add(path);
                    break;
                default:
                    return null;
            }
        }

        return paths.Count == 0 ? null : options with { Paths = paths };
    }
}
