using System.Security.Cryptography;
using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Storage.Sqlite;

/// <summary>Who has been visible to whom, as gatherings: a set of N addresses costs N rows, not N² pairs.</summary>
internal sealed partial class EmbeddedStore
{
    private static readonly Query s_seenAgain = new("UPDATE gathering SET times = times + 1, last_at = max(last_at, ?), first_at = min(first_at, ?) WHERE digest = ?");

    private static readonly Query s_insertGathering = new("INSERT INTO gathering(digest, first_at, last_at, times, size) VALUES(?,?,?,1,?)");

    private static readonly Query s_address = new("SELECT n FROM address WHERE key = ?");

    private static readonly Query s_insertAddress = new("INSERT INTO address(key) VALUES(?)");

    private static readonly Query s_insertMember = new("INSERT INTO member(address, gathering) VALUES(?,?)");

    private static readonly Query s_gatheringsOf = new("SELECT m.gathering FROM address a JOIN member m ON m.address = a.n WHERE a.key = ? ORDER BY m.gathering");

    public Task<IReadOnlyDictionary<string, IReadOnlyList<long>>> GatheringsOfAsync(IReadOnlyCollection<string> addressKeys, CancellationToken cancel) =>
        ReadAsync<IReadOnlyDictionary<string, IReadOnlyList<long>>>(
            database =>
            {
                // One prepared look-up a key is two index descents; a temporary table of the keys would cost as much to fill.
                var found = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
                foreach (var key in addressKeys)
                {
                    cancel.ThrowIfCancellationRequested();
                    List<long>? gatherings = null;
                    var rows = database[s_gatheringsOf].Add(key);
                    while (rows.Step())
                    {
                        (gatherings ??= []).Add(rows.Int64(0));
                    }

                    if (gatherings is not null)
                    {
                        found[key] = gatherings;
                    }
                }

                return found;
            },
            cancel);

    public Task<CorrespondenceView> LookAsync(CorrespondenceQuestion question, CancellationToken cancel) => Task.FromResult(CorrespondenceView.Nothing);

    public Task<IReadOnlyList<Contact>> AlikeAsync(AlikeQuestion question, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Contact>>([]);

    public Task<ScoreCurve> CurveAsync(string rule, CancellationToken cancel) => Task.FromResult(ScoreCurve.Empty);

    public Task AddScoresAsync(IReadOnlyDictionary<string, ScoreCurve> scores, CancellationToken cancel) => Task.CompletedTask;

    public Task<int> ForgetAsync(string addressOrDomain, string by, CancellationToken cancel) => Task.FromResult(0);

    public Task<int> ForgetBeforeAsync(DateTimeOffset moment, int max, CancellationToken cancel) => Task.FromResult(0);

    public Task LearnAsync(IReadOnlyList<LearntMail> mails, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            foreach (var mail in mails)
            {
                Learn(transaction, mail);
            }

            Failpoints.Hit("store.learn.in-tx");
            return true;
        },
        cancel);

    private static void Learn(WriteTransaction transaction, LearntMail mail)
    {
        var at = Milliseconds(mail.At);
        var keys = mail.People.Where(p => p.Visible).Select(p => p.Key).Append(mail.Sender).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys)), digest);
        if (transaction[s_seenAgain].Add(at).Add(at).Add(digest).Run() > 0)
        {
            return;
        }

        transaction[s_insertGathering].Add(digest).Add(at).Add(at).Add(keys.Length).Run();
        var gathering = transaction.Database.LastInsertRowId;
        foreach (var key in keys)
        {
            if (transaction[s_address].Add(key).Scalar() is not { } address)
            {
                transaction[s_insertAddress].Add(key).Run();
                address = transaction.Database.LastInsertRowId;
            }

            transaction[s_insertMember].Add(address).Add(gathering).Run();
        }

        transaction.Count(Counter.Gatherings);
    }
}
