using System.Text.Encodings.Web;
using System.Text.Json;
using Sekisho.Inspection;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// What mail teaches that waits before it leaves (an undo window, a run that is watched): taught with the first delivery after which none of its copies waits any more, and not at all where somebody
/// decided otherwise meanwhile. What leaves at once teaches at once.
/// </summary>
internal sealed partial class EmbeddedStore
{
    private static readonly Query s_keepLesson = new("INSERT OR REPLACE INTO lesson(submission, mail) VALUES(?,?)");

    private static readonly Query s_lessonOf = new("SELECT mail FROM lesson WHERE submission = ?");

    // Colleagues get theirs at once: that must not teach what the copies to outside, taken back a moment later, would have.
    private static readonly Query s_copyWaits = new("""
        SELECT 1 FROM recipient r JOIN delivery d ON d.n = r.delivery
        WHERE r.submission = ? AND (d.state IN (2, 3, 4) OR (d.state = 1 AND d.attempts = 0 AND d.next_at > ?)) LIMIT 1
        """);

    private static readonly Query s_dropNaming = new("DELETE FROM lesson WHERE instr(mail, ?) > 0 OR instr(mail, ?) > 0");

    private static readonly Query s_dropLesson = new("DELETE FROM lesson WHERE submission = ?");

    /// <summary>Takes what an inspected mail teaches. What a stopped sender wrote waits for a decision, whatever was found in it, and teaches by that.</summary>
    private void TakeLesson(WriteTransaction transaction, long submission, InspectionRecord record, bool stopped)
    {
        if (record.Learnt is not { } learnt || stopped)
        {
            return;
        }

        if (record.Plans.Any(p => p.State == DeliveryState.Ready && p.NotBefore is { } at && Milliseconds(at) > transaction.Now))
        {
            transaction[s_keepLesson].Add(submission).Add(JsonSerializer.Serialize(learnt, StoredJson.Readable.LearntMail)).Run();
            return;
        }

        Learn(transaction, learnt);
    }

    /// <summary>Teaches what was kept of a mail of which a copy has left now, if anything was and nothing of it can be taken back any more.</summary>
    private void TeachLesson(WriteTransaction transaction, long submission)
    {
        var row = transaction[s_lessonOf].Add(submission);
        if (!row.Step())
        {
            return;
        }

        var text = row.Text(0);
        row.Reset();
        if (transaction[s_copyWaits].Add(submission).Add(transaction.Now).Scalar() is not null)
        {
            return;
        }

        DropLesson(transaction, submission);
        if (JsonSerializer.Deserialize(text, StoredJson.Readable.LearntMail) is { } learnt)
        {
            Learn(transaction, learnt);
        }
    }

    /// <summary>An address, or with <c>@</c> everybody of a domain and of those below it, is to be forgotten: mail that waits must not bring them back when it leaves.</summary>
    private static void DropLessonsNaming(WriteTransaction transaction, string addressOrDomain)
    {
        var text = JsonEncodedText.Encode(addressOrDomain, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        var (one, below) = addressOrDomain.StartsWith('@') ? ($"{text}\"", $".{text[1..]}\"") : ($"\"{text}\"", $"\"{text}\"");
        transaction[s_dropNaming].Add(one).Add(below).Run();
    }

    /// <summary>Somebody decided about the mail: what it teaches follows from that alone.</summary>
    private static void DropLesson(WriteTransaction transaction, long submission) => transaction[s_dropLesson].Add(submission).Run();
}
