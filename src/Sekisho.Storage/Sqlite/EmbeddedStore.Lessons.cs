using System.Text.Json;
using Sekisho.Inspection;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// What mail teaches that waits before it leaves (an undo window, a run that is watched): taught with its first delivery, and not at all where somebody decided otherwise meanwhile. What leaves at once
/// teaches at once.
/// </summary>
internal sealed partial class EmbeddedStore
{
    private static readonly Query s_keepLesson = new("INSERT OR REPLACE INTO lesson(submission, mail) VALUES(?,?)");

    private static readonly Query s_lessonOf = new("SELECT mail FROM lesson WHERE submission = ?");

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

    /// <summary>Teaches what was kept of a mail that has left now, if anything was.</summary>
    private void TeachLesson(WriteTransaction transaction, long submission)
    {
        var row = transaction[s_lessonOf].Add(submission);
        if (!row.Step())
        {
            return;
        }

        var text = row.Text(0);
        row.Reset();
        DropLesson(transaction, submission);
        if (JsonSerializer.Deserialize(text, StoredJson.Readable.LearntMail) is { } learnt)
        {
            Learn(transaction, learnt);
        }
    }

    /// <summary>Somebody decided about the mail: what it teaches follows from that alone.</summary>
    private static void DropLesson(WriteTransaction transaction, long submission) => transaction[s_dropLesson].Add(submission).Run();
}
