using System.Threading.RateLimiting;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;

namespace Sekisho.Gateway.Inspect;

/// <summary>
/// Asks the engine about a message that is not being sent: nothing is stored, nothing learnt, and it does not count as recent mail. It shares the machine with
/// real mail, so only a few are looked at at a time and few may queue.
/// </summary>
public sealed class DraftCheck : IDisposable
{
    /// <summary>The longest one draft is looked at; whoever asks stands waiting. Past it, what was not looked at is a finding.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    private const int Queue = 64;

    private const int WithFiles = 32 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Func<InspectionEngine> _engine;
    private readonly ICorrespondence _correspondence;
    private readonly IRecentMail _recent;
    private readonly Func<EffectiveConfig> _config;
    private readonly TimeProvider _time;
    private readonly ConcurrencyLimiter _turns;

    internal DraftCheck(Func<InspectionEngine> engine, ICorrespondence correspondence, IRecentMail recent, Func<EffectiveConfig> config, TimeProvider time, int? atOnce = null, int queue = Queue)
    {
        (_engine, _correspondence, _recent, _config, _time) = (engine, correspondence, recent, config, time);
        _turns = new ConcurrencyLimiter(new() { PermitLimit = atOnce ?? Math.Max(1, Environment.ProcessorCount / 2), QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    /// <summary>Looks at one message under a configuration; the same for the command line and the gateway.</summary>
    public static CheckAnswer Look(InspectionEngine engine, ICorrespondence correspondence, IRecentMail recent, EffectiveConfig config, ReadOnlyMemory<byte> bytes, InspectionInput input, CancellationToken cancel)
    {
        var result = engine.Inspect(input, config.Organisation.ForSender(input.MailFrom), correspondence, recent, config.Config.Policy.Settings, cancel);
        return CheckAnswer.Of(result, config.Config.Policy.Decide(result, input), input.MailFrom, bytes);
    }

    /// <summary>The envelope a draft without one would get: the address in From; To and Cc, and for a draft still in its writer's hands Bcc.</summary>
    public static (string Sender, IReadOnlyList<string> Recipients) EnvelopeOf(MimeMessage message, bool withBcc)
    {
        string[] fields = withBcc ? ["To", "Cc", "Bcc"] : ["To", "Cc"];
        return (message.Headers.Addresses("From").FirstAddress?.ToString() ?? "",
            [.. fields.SelectMany(f => message.Headers.Addresses(f).Mailboxes).Where(m => m.Address is not null).Select(m => m.Address!.ToString()).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>What the gateway would do with it now; null: too many ask at this moment.</summary>
    public async Task<CheckAnswer?> CheckAsync(ReadOnlyMemory<byte> bytes, MimeMessage message, string sender, IReadOnlyList<string> recipients, CancellationToken cancel)
    {
        if (await TurnAsync(cancel).ConfigureAwait(false) is not { } turn)
        {
            return null;
        }

        var config = _config();
        var limit = config.Config.Limits.InspectionTime < MostTime ? config.Config.Limits.InspectionTime : MostTime;
        var late = new CancellationTokenSource(limit, _time);
        var input = new InspectionInput { Message = message, MailFrom = sender, Recipients = recipients, ReceivedAt = _time.GetUtcNow() };
        CheckAnswer Look() => DraftCheck.Look(_engine(), _correspondence, _recent, config, bytes, input, late.Token);
        // A draft with files waits for programs and scanners, on a thread of its own, as mail does.
        var look = bytes.Length > WithFiles
            ? Task.Factory.StartNew(Look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.Run(Look, CancellationToken.None);
        // The turn ends with the work, not with the waiting: a rule that was left behind still takes its share of the machine.
        _ = look.ContinueWith(_ =>
        {
            turn.Dispose();
            late.Dispose();
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await look.WaitAsync(limit + s_patience, _time, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<RateLimitLease?> TurnAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            var turn = await _turns.AcquireAsync(1, either.Token).ConfigureAwait(false);
            if (turn.IsAcquired)
            {
                return turn;
            }

            turn.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
