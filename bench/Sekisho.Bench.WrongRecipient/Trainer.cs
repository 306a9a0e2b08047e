using Sekisho.Inspection;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>Trains the model on the tuning users and sets its scores by the mail of the others.</summary>
internal static class Trainer
{
    private const int Settled = 50;

    /// <summary>Rarities at which figure and score are tied together: between one mail in two and one in five thousand.</summary>
    private static readonly double[] _rarities = [0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.035, 0.025, 0.018, 0.013, 0.01, 0.007, 0.005, 0.0035, 0.0025, 0.0018, 0.0013, 0.001, 0.0007, 0.0005];

    public static BelongingModel Train(IReadOnlyList<SentMail> mails, IReadOnlyList<User> users, IOrganisation organisation, int seed, Action<string> say)
    {
        var senders = users.Select((u, i) => (u.Key, i)).ToDictionary(u => u.Key, u => u.i, StringComparer.Ordinal);
        var tuning = users.Where(u => User.IsDrawn(u.Key)).Select(u => u.Key).ToHashSet(StringComparer.Ordinal);
        var set = new TrainingSet();
        var planter = new Planter(seed);
        new Walk(mails, organisation, say).Through("looking at the tuning users' mail", walk =>
        {
            if (planter.Leaks(walk.Mail, tuning.Contains(walk.Mail.Sender.Key)) is not { } leaks || !walk.IsWhole)
                return;
            var sender = senders[walk.Mail.Sender.Key];
            if (walk.Mail.Recipients.Count > 1)
                set.Add(sender, walk.Features(null), leak: false);
            foreach (var leak in leaks)
                set.Add(sender, walk.Features(leak), leak: true);
        });

        var trees = Boosting.Train(set.Rows, set.Leaks, set.Weights(), set.Mails, new BoostingPlan { Seed = seed }, say);
        return Scored(trees, mails, tuning, organisation, say);
    }

    private static BelongingModel Scored(TreeModel trees, IReadOnlyList<SentMail> mails, HashSet<string> tuning, IOrganisation organisation, Action<string> say)
    {
        var bare = new BelongingModel(trees, [], ScoreCurve.Empty);
        var all = new List<double>();
        var outside = new List<double>();
        var sent = new Dictionary<string, int>(StringComparer.Ordinal);
        new Walk(mails, organisation, say).Through("setting the scores", walk =>
        {
            var sender = walk.Mail.Sender.Key;
            var before = sent.GetValueOrDefault(sender);
            sent[sender] = before + 1;
            if (tuning.Contains(sender) || before < Settled)
                return;
            var judged = walk.Judged(null).SelectMany(p => p.People.Zip(bare.Figures(p), (person, figure) => (person, figure))).ToList();
            all.Add(judged.Max(j => j.figure));
            if (judged.Any(j => !j.person.Inside))
                outside.Add(judged.Where(j => !j.person.Inside).Max(j => j.figure));
        });

        all = [.. all.OrderDescending()];
        var points = new List<(double Figure, double Score)>();
        foreach (var rarity in _rarities)
        {
            var figure = all[(int)(rarity * all.Count)];
            if (double.IsFinite(figure) && (points.Count == 0 || figure > points[^1].Figure + 1e-6))
                points.Add((Math.Round(figure, 4), Math.Round(-250 * Math.Log10(rarity), 1)));
        }

        // Beyond what the set can tell, figures go on as they did between one in a hundred and one in a thousand.
        points.Add((points[^1].Figure + 3, 1000));
        var model = bare with { Points = points };
        var bins = new long[ScoreCurve.Empty.Bins.Count];
        foreach (var figure in outside)
            bins[ScoreCurve.BinOf(model.ScoreOf(figure))]++;
        return model with { Reference = new ScoreCurve(bins) };
    }

    /// <summary>Writes the model into the product and the list of those it was trained on beside the bench.</summary>
    public static void Save(BelongingModel model, IReadOnlyList<User> users)
    {
        var root = Environment.GetEnvironmentVariable("SEKISHO_ROOT") ?? ".";
        var folder = Directory.CreateDirectory(Path.Combine(root, "src", "Sekisho.Inspection", "Correspondence", "Belonging", "Data")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "unlikely-recipient.trees"), model.Trees.Write());
        File.WriteAllText(Path.Combine(folder, "unlikely-recipient.txt"), model.Describe());
        File.WriteAllLines(Path.Combine(root, "bench", "Sekisho.Bench.WrongRecipient", "tuning-users.txt"), users.Where(u => User.IsDrawn(u.Key)).Select(u => u.Key));
    }
}
