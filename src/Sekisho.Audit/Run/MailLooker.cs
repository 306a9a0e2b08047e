using System.Text.Json;
using Sekisho.Audit.Archives;
using Sekisho.Inspection;

namespace Sekisho.Audit.Run;

/// <summary>One message of the archive, read by a worker; what depends on the mails before it is still to come.</summary>
internal sealed class PreparedMail
{
    /// <summary>Where it is.</summary>
    public required ArchivedMessage Where { get; init; }

    /// <summary>Its header; null when it is broken.</summary>
    public PastMail? Mail { get; init; }

    /// <summary>Why it could not be read; null when it could.</summary>
    public string? Broken { get; init; }

    /// <summary>What it teaches, if anything: mail that came in at once, mail of ours when it was judged.</summary>
    public LearntMail? Lesson { get; init; }

    /// <summary>For mail of ours: what is handed to the engine.</summary>
    public InspectionInput? Input { get; init; }

    /// <summary>And what it has seen so far, once for each distinct set of words and lists.</summary>
    public IReadOnlyList<PendingInspection> Pending { get; init; } = [];
}

/// <summary>Reads messages and asks the engine, for every set of words and lists that the policies have.</summary>
internal sealed class MailLooker : IDisposable
{
    private readonly IMailArchive _archive;
    private readonly InspectionEngine _engine;
    private readonly IOrganisation _organisation;
    private readonly MailTime _time;
    private readonly List<RuleSettings> _settings = [];
    private readonly int[] _settingsOf;

    public MailLooker(IMailArchive archive, InspectionEngine engine, IOrganisation organisation, AuditPlan plan)
    {
        (_archive, _engine, _organisation, _time) = (archive, engine, organisation, new MailTime(plan.MailTime));
        var texts = new List<string>();
        _settingsOf = [.. plan.Policies.Select(p =>
        {
            var text = JsonSerializer.Serialize(p.Policy.Settings);
            if (!texts.Contains(text))
            {
                texts.Add(text);
                _settings.Add(p.Policy.Settings);
            }

            return texts.IndexOf(text);
        })];
    }

    /// <summary>Which of the results of <see cref="Finish"/> is a policy's.</summary>
    public int ResultOf(int policy) => _settingsOf[policy];

    /// <summary>Reads one message; safe on many threads. Never throws but for cancellation.</summary>
    public PreparedMail Prepare(int index, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var where = _archive[index];
        try
        {
            if (PastMail.Read(LineEnds.Restore(_archive.Read(index)), _organisation) is not { } mail)
            {
                return new PreparedMail { Where = where, Broken = "no mail header" };
            }

            if (!mail.FromInside)
            {
                return new PreparedMail { Where = where, Mail = mail, Lesson = Lesson.UnlessAccident(Lesson.Of(mail.Message, mail.Sender?.Key ?? "", mail.Recipients, _organisation, where.At)) };
            }

            var input = InputOf(mail, index, where.At);
            using var limit = _time.Begin(cancel);
            var pending = _settings.ConvertAll(s => _engine.Begin(input, _organisation, s, limit.Token));

            // What was stopped in the middle has findings that say so, and must not be taken for a result.
            cancel.ThrowIfCancellationRequested();
            return new PreparedMail { Where = where, Mail = mail, Input = input, Pending = pending, Lesson = Lesson.Of(pending[0].Facts, _organisation, where.At) };
        }
        catch (IOException e)
        {
            return new PreparedMail { Where = where, Broken = e.Message };
        }
    }

    /// <summary>What was found, once for each distinct set of words and lists; in date order, on one thread at a time.</summary>
    public IReadOnlyList<InspectionResult> Finish(PreparedMail mail, AuditHistory history)
    {
        using var limit = _time.Begin(CancellationToken.None);
        var results = new InspectionResult[mail.Pending.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = mail.Pending[i].Finish(history.Correspondence, history.Recent, limit.Token);
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _time.Dispose();

    /// <summary>The archive's index is the id: another run over the same archive asks the same.</summary>
    private static InspectionInput InputOf(PastMail mail, int index, DateTimeOffset at) => new()
    {
        Id = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Message = mail.Message,
        MailFrom = mail.Sender?.Key ?? "",
        Recipients = mail.Recipients,
        ReceivedAt = at,
    };
}
