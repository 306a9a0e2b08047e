using Sekisho.Inspection;
using Sekisho.Storage.Correspondence;

namespace Sekisho.Storage.Sqlite;

/// <summary>Who writes with whom, as gatherings: a set of N people costs a row with N numbers, not N² pairs. What is done stands in Correspondence/.</summary>
internal sealed partial class EmbeddedStore
{
    /// <summary>Mails, and people on them, learnt in one transaction: others wait for it meanwhile.</summary>
    private const int LearnMails = 256;
    private const int LearnPeople = 4_000;

    private static readonly Query s_learntMails = new("SELECT value FROM counter WHERE id = ?");

    private static readonly Query s_bins = new("SELECT bin, mails FROM score WHERE rule = ?");

    private static readonly Query s_addScore = new("INSERT INTO score(rule, bin, mails) VALUES(?,?,?) ON CONFLICT DO UPDATE SET mails = mails + excluded.mails");

    private readonly AddressSecret _secret;

    public Task<IReadOnlyDictionary<string, IReadOnlyList<long>>> GatheringsOfAsync(IReadOnlyCollection<string> addressKeys, CancellationToken cancel) =>
        ReadAsync(database => new Looking(database, Keys(database)).GatheringsOf(addressKeys, cancel), cancel);

    public Task<IReadOnlyDictionary<string, int>> RoundsOfAsync(IReadOnlyCollection<string> addressKeys, CancellationToken cancel) =>
        ReadAsync(database => new Rounds(database, Keys(database)).Of(addressKeys, cancel), cancel);

    public Task<CorrespondenceView> LookAsync(CorrespondenceQuestion question, CancellationToken cancel) => ReadAsync(database => Look(database, question), cancel);

    public Task<IReadOnlyList<Contact>> AlikeAsync(AlikeQuestion question, CancellationToken cancel) =>
        ReadAsync(database => new AlikeSearch(database, Keys(database)).Find(question), cancel);

    public Task<ScoreCurve> CurveAsync(string rule, CancellationToken cancel) => ReadAsync(
        database =>
        {
            var bins = new long[ScoreCurve.Empty.Bins.Count];
            var rows = database[s_bins].Add(rule);
            while (rows.Step())
            {
                if (rows.Int32(0) is >= 0 and var bin && bin < bins.Length)
                {
                    bins[bin] = rows.Int64(1);
                }
            }

            return new ScoreCurve(bins);
        },
        cancel);

    public async Task LearnAsync(IReadOnlyList<LearntMail> mails, CancellationToken cancel)
    {
        for (var from = 0; from < mails.Count;)
        {
            var start = from;
            from = await WriteAsync(transaction => LearnSome(transaction, mails, start), cancel).ConfigureAwait(false);
        }
    }

    public Task AddScoresAsync(IReadOnlyDictionary<string, ScoreCurve> scores, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            AddScores(transaction, scores);
            return true;
        },
        cancel);

    public Task<KnownAddress?> ShowAddressAsync(string addressKey, CancellationToken cancel) =>
        ReadAsync(database => new Showing(database, Keys(database)).Show(addressKey.ToLowerInvariant()), cancel);

    public Task<CorrespondenceStats> CorrespondenceStatsAsync(CancellationToken cancel) =>
        ReadAsync(database => new Showing(database, Keys(database)).Count(LearntMails(database)), cancel);

    private CorrespondenceView Look(SqliteDatabase database, CorrespondenceQuestion question) => new Looking(database, Keys(database)).Look(question, LearntMails(database));

    private AddressKeys Keys(SqliteDatabase database) => AddressForms.Of(database, _secret);

    private static long LearntMails(SqliteDatabase database) => database[s_learntMails].Add((int)Counter.LearntMails).Scalar() ?? 0;

    /// <summary>Learns from some of the mails; where the next transaction goes on.</summary>
    private int LearnSome(WriteTransaction transaction, IReadOnlyList<LearntMail> mails, int from)
    {
        var lessons = new Lessons(transaction.Database, Keys(transaction.Database));
        var next = from;
        while (next < mails.Count && next - from < LearnMails && lessons.Pending < LearnPeople)
        {
            lessons.Learn(mails[next++]);
        }

        Finish(transaction, lessons, next - from);
        Failpoints.Hit("store.learn.in-tx");
        return next;
    }

    /// <summary>What one mail teaches, within a transaction that does more.</summary>
    private void Learn(WriteTransaction transaction, LearntMail mail)
    {
        var lessons = new Lessons(transaction.Database, Keys(transaction.Database));
        lessons.Learn(mail);
        Finish(transaction, lessons, 1);
    }

    private static void Finish(WriteTransaction transaction, Lessons lessons, int mails)
    {
        lessons.Flush();
        transaction.Count(Counter.Gatherings, lessons.NewGatherings);
        transaction.Count(Counter.LearntMails, mails);
    }

    private static void AddScores(WriteTransaction transaction, IReadOnlyDictionary<string, ScoreCurve> scores)
    {
        foreach (var (rule, curve) in scores)
        {
            for (var bin = 0; bin < curve.Bins.Count; bin++)
            {
                if (curve.Bins[bin] != 0)
                {
                    transaction[s_addScore].Add(rule).Add(bin).Add(curve.Bins[bin]).Run();
                }
            }
        }
    }

    private static void AddScores(WriteTransaction transaction, IReadOnlyDictionary<string, int> scores)
    {
        foreach (var (rule, score) in scores)
        {
            transaction[s_addScore].Add(rule).Add(ScoreCurve.BinOf(score)).Add(1).Run();
        }
    }
}
