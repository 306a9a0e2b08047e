using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Notify;
using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Pages.Mails;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary>What became of one right-doing case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Actions">Its recipients by what happened: an action, <c>altered</c>, <c>missing</c> or <c>stray</c>.</param>
/// <param name="Rules">Rules that had something to say.</param>
/// <param name="Why">Their sentences.</param>
internal sealed record RightOutcome(RightCase Case, IReadOnlyDictionary<string, int> Actions, IReadOnlyList<string> Rules, IReadOnlyList<string> Why)
{
    /// <summary>True when every recipient got his copy, as it was written.</summary>
    public bool Passed => Actions.Keys.All(a => a == "deliver");
}

/// <summary>Sends ordinary mail through a gateway and looks whether it arrives as it was written.</summary>
internal sealed class RightRunner(string host, int port, string data)
{
    private const int Connections = 4;

    private readonly string _outbox = Path.Combine(data, "outbox");
    private readonly ConcurrentDictionary<string, Sent> _sent = new(StringComparer.Ordinal);

    /// <summary>All cases, in order. Throws <see cref="ReplayException"/> when the gateway cannot be used.</summary>
    public async Task<IReadOnlyList<RightOutcome>> RunAsync(IReadOnlyList<RightCase> cases, CancellationToken cancel)
    {
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, cancel);
        await AcquaintAsync(store, cases, cancel);
        using var turns = new SemaphoreSlim(Connections);
        await Task.WhenAll(cases.Select(async one =>
        {
            await turns.WaitAsync(cancel);
            try
            {
                await using var mailer = new ReplayMailer(host, port);
                foreach (var mail in one.Messages)
                {
                    var message = mail.Build();
                    var (submission, refusal) = await mailer.SendAsync(mail, message, cancel);
                    _sent[submission ?? $"refused {Guid.NewGuid():N}"] = new Sent(one, mail.Recipients, SHA256.HashData(message), refusal?.ToString());
                }
            }
            finally
            {
                turns.Release();
            }
        }));
        await ReplayRunner.SettleAsync(store, () => Directory.Exists(_outbox) ? Directory.EnumerateFiles(_outbox).LongCount() : 0, cancel);
        ReadOutbox(cancel);
        return await JudgeAsync(store, cases, cancel);
    }

    // Mails that show strangers to each other wait; the sender lets them go as they are, and from then on these people are acquainted.
    private async Task AcquaintAsync(IStore store, IReadOnlyList<RightCase> cases, CancellationToken cancel)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        await using (var mailer = new ReplayMailer(host, port))
        {
            foreach (var mail in cases.SelectMany(c => c.Before))
            {
                var (submission, refusal) = await mailer.SendAsync(mail, mail.Build(), cancel);
                waiting.Add(submission ?? throw new ReplayException($"the gateway refused a mail between people who are to get to know each other: {refusal}"));
            }
        }

        await ReplayRunner.SettleAsync(store, () => 0, cancel);
        var desk = new DecisionDesk(store, () => new EffectiveConfig(SekishoConfig.Default, TimeProvider.System), new NoteDesk(RealCases.For), TimeProvider.System);
        foreach (var held in (await store.HeldAsync(cancel)).Where(h => waiting.Contains(h.Submission)))
        {
            var answer = await desk.DecideAsync(held, DecisionKind.Release, held.Sender, null, cancel);
            if (!answer.Done)
            {
                throw new ReplayException($"a mail between people who are to get to know each other could not be let go: {answer.Message}");
            }
        }

        await ReplayRunner.SettleAsync(store, () => 0, cancel);
    }

    private void ReadOutbox(CancellationToken cancel)
    {
        foreach (var file in Directory.Exists(_outbox) ? Directory.EnumerateFiles(_outbox, "*.json") : [])
        {
            cancel.ThrowIfCancellationRequested();
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var id = json.RootElement.TryGetProperty("submission", out var submission) ? submission.GetString() ?? "" : "";
            if (!_sent.TryGetValue(id, out var sent))
            {
                continue;
            }

            var copy = File.ReadAllBytes(Path.ChangeExtension(file, ".eml"));
            var untouched = SHA256.HashData(WithoutTrace(copy)).AsSpan().SequenceEqual(sent.Digest);
            foreach (var address in json.RootElement.GetProperty("to").EnumerateArray().Select(a => a.GetString() ?? ""))
            {
                sent.Reached[address] = untouched && !sent.Reached.ContainsKey(address);
            }
        }
    }

    /// <summary>A copy without the Received fields on top, the one thing that a relay of mail has to add (RFC 5321, 4.4).</summary>
    internal static ReadOnlySpan<byte> WithoutTrace(ReadOnlySpan<byte> copy)
    {
        while (copy.StartsWith("Received:"u8))
        {
            var end = 0;
            do
            {
                var line = copy[end..].IndexOf((byte)'\n');
                if (line < 0)
                {
                    return copy;
                }

                end += line + 1;
            }
            while (end < copy.Length && copy[end] is (byte)' ' or (byte)'\t');
            copy = copy[end..];
        }

        return copy;
    }

    private async Task<IReadOnlyList<RightOutcome>> JudgeAsync(IStore store, IReadOnlyList<RightCase> cases, CancellationToken cancel)
    {
        var details = new Dictionary<RightCase, (Dictionary<string, int> Actions, List<Finding> Findings)>();
        foreach (var one in cases)
        {
            details[one] = (new Dictionary<string, int>(StringComparer.Ordinal), []);
        }

        foreach (var (id, sent) in _sent)
        {
            var (actions, findings) = details[sent.Case];
            var detail = sent.Refusal is null ? await store.FindSubmissionAsync(id, cancel) : null;
            findings.AddRange(detail?.Findings ?? []);
            foreach (var address in sent.Recipients)
            {
                var recipient = detail?.Recipients.FirstOrDefault(r => string.Equals(r.Address, address, StringComparison.OrdinalIgnoreCase));
                var what = (recipient?.State, recipient?.Action) switch
                {
                    _ when detail is null => "refuse",
                    (null, _) => "missing",
                    // What happened, not only what the policy said: a stopped run holds what was to be delivered.
                    (DeliveryState.Held, PolicyAction.Deliver) => "hold",
                    (_, not PolicyAction.Deliver) => recipient!.Action.ToString().ToLowerInvariant(),
                    _ when !sent.Reached.ContainsKey(address) => "missing",
                    _ => sent.Reached[address] ? "deliver" : "altered",
                };
                actions[what] = actions.GetValueOrDefault(what) + 1;
            }

            var strays = sent.Reached.Keys.Except(sent.Recipients, StringComparer.OrdinalIgnoreCase).Count();
            if (strays > 0)
            {
                actions["stray"] = actions.GetValueOrDefault("stray") + strays;
            }
        }

        return [.. cases.Select(c => new RightOutcome(c, details[c].Actions, [.. details[c].Findings.Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal)],
            [.. details[c].Findings.Select(f => $"{f.Rule}: {f.Summary.En}").Distinct().Order(StringComparer.Ordinal).Take(5)]))];
    }

    private sealed record Sent(RightCase Case, IReadOnlyList<string> Recipients, byte[] Digest, string? Refusal)
    {
        public Dictionary<string, bool> Reached { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
