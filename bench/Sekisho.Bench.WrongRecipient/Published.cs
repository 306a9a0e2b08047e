namespace Sekisho.Bench.WrongRecipient;

/// <summary>
/// The published method, re-implemented for one sender: likeness of text, how often he wrote to whom and they to him, who stands with whom, and the lead over rivals of a
/// like address, weighed by an averaged voted perceptron.
/// </summary>
internal sealed class Published
{
    private const int Features = 8;
    private const int Passes = 5;
    private const int Folds = 10;
    private readonly User _user;
    private readonly TextIndex _text;
    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _received = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int> _together = [];
    private readonly Dictionary<string, string[]> _rivals = new(StringComparer.Ordinal);
    private readonly double[] _all;
    private readonly double[] _frequent;

    public Published(User user, int seed)
    {
        _user = user;
        var known = user.Training.Select(m => (m, m.Recipients.Select(r => r.Key).ToArray())).Concat(user.Received.Select(m => (m, new[] { m.Sender.Key }))).ToList();
        _text = new TextIndex(known);
        foreach (var mail in user.Training)
            Count(mail, 1);
        foreach (var mail in user.Received)
            _received[mail.Sender.Key] = _received.GetValueOrDefault(mail.Sender.Key) + 1;
        foreach (var group in user.Book.All.GroupBy(a => a.Key[..Math.Min(3, a.Key.Length)], StringComparer.Ordinal))
        {
            var keys = group.Select(a => a.Key).ToArray();
            foreach (var key in keys)
                _rivals[key] = [.. keys.Where(k => k != key)];
        }

        (_all, _frequent) = Learn(seed);
    }

    /// <summary>How little each of <paramref name="people"/> belongs, by every method; the higher the less.</summary>
    public IReadOnlyDictionary<string, double[]> Strangeness(SentMail mail, IReadOnlyList<string> people)
    {
        var features = Of(_scores is { } kept && kept.Mail == mail ? kept.Scores : (_scores = (mail, _text.Scores(mail))).Value.Scores, people);
        return new Dictionary<string, double[]>
        {
            [Methods.Random] = new double[people.Count],
            [Methods.Frequency] = [.. features.Select(f => -f[1] - (0.5 * f[2]))],
            [Methods.Knn] = [.. features.Select(f => -f[0])],
            [Methods.FrequencyKnn] = [.. features.Select(f => -Dot(_frequent, f))],
            [Methods.Published] = [.. features.Select(f => -Dot(_all, f))],
        };
    }

    private (SentMail Mail, IReadOnlyDictionary<string, double> Scores)? _scores;

    private void Count(SentMail mail, int by)
    {
        for (var i = 0; i < mail.Recipients.Count; i++)
        {
            var a = mail.Recipients[i].Key;
            _sent[a] = _sent.GetValueOrDefault(a) + by;
            for (var j = 0; mail.Recipients.Count <= 100 && j < mail.Recipients.Count; j++)
            {
                if (i != j)
                    _together[(a, mail.Recipients[j].Key)] = _together.GetValueOrDefault((a, mail.Recipients[j].Key)) + by;
            }
        }
    }

    private double[][] Of(IReadOnlyDictionary<string, double> text, IReadOnlyList<string> people)
    {
        var together = people.Select(a => (double)people.Sum(b => a == b ? 0 : _together.GetValueOrDefault((a, b)))).ToArray();
        var sum = together.Sum();
        var mails = Math.Max(1, _user.Training.Count);
        var letters = Math.Max(1, _user.Received.Count);
        return [.. people.Select((a, i) =>
        {
            var own = text.GetValueOrDefault(a) / 30;
            var rival = _rivals.GetValueOrDefault(a) is { Length: > 0 } rivals ? rivals.Where(r => !people.Contains(r)).Select(r => text.GetValueOrDefault(r) / 30).DefaultIfEmpty(0).Max() : 0;
            var sent = _sent.GetValueOrDefault(a);
            var received = _received.GetValueOrDefault(a);
            return new[]
            {
                own,
                (double)sent / mails,
                (double)received / letters,
                sent == 0 ? 1.0 : 0,
                received == 0 ? 1.0 : 0,
                sum > 0 ? together[i] / sum : 0,
                (own - rival + 1) / 2,
                1.0,
            };
        })];
    }

    private (double[] All, double[] Frequent) Learn(int seed)
    {
        var samples = new List<(double[][] Features, int Leak)>();
        for (var i = 0; i < _user.Training.Count; i++)
        {
            var mail = _user.Training[i];
            var dice = new Dice("published", seed, _user.Key, i);
            if (_user.Book.Neighbour(mail, ref dice) is not { } leak)
                continue;
            var fold = i % Folds;
            var text = _text.Scores(mail, k => k < _user.Training.Count && k % Folds == fold);

            // A mail must not vouch for its own recipients.
            Count(mail, -1);
            samples.Add((Of(text, [.. mail.Recipients.Select(r => r.Key), leak.Key]), mail.Recipients.Count));
            Count(mail, 1);
        }

        return (Perceptron(samples, _ => true), Perceptron(samples, f => f <= 4));
    }

    private static double[] Perceptron(List<(double[][] Features, int Leak)> samples, Func<int, bool> used)
    {
        var weights = new double[Features];
        var sums = new double[Features];
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var (features, leak) in samples)
            {
                for (var i = 0; i < features.Length; i++)
                {
                    if (i != leak && Dot(weights, features[i]) <= Dot(weights, features[leak]))
                    {
                        for (var f = 0; f < Features; f++)
                            weights[f] += used(f) ? features[i][f] - features[leak][f] : 0;
                    }
                }

                for (var f = 0; f < Features; f++)
                    sums[f] += weights[f];
            }
        }

        var length = Math.Sqrt(sums.Sum(s => s * s));
        return length > 0 ? [.. sums.Select(s => s / length)] : sums;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}

/// <summary>The methods compared, by the names of the tables.</summary>
internal static class Methods
{
    public const string Random = "random";
    public const string Frequency = "frequency";
    public const string Knn = "Knn-30";
    public const string FrequencyKnn = "frequency + Knn-30";
    public const string Published = "all, perceptron (published)";
    public const string Ours = "Sekisho";

    public static IReadOnlyList<string> Baselines { get; } = [Random, Frequency, Knn, FrequencyKnn, Published];
}
