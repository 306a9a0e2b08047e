using System.Text;
using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Crash.Tests;

/// <summary>What the clients were promised against what the sink got and the store says.</summary>
internal sealed record Reconciliation
{
    private readonly List<string> _released = [];

    /// <summary>Acknowledged mails.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Copies the sink took, times their recipients.</summary>
    public int Delivered { get; private set; }

    /// <summary>Acknowledged recipients that wait for a decision.</summary>
    public int Waiting { get; private set; }

    /// <summary>Recipients who got the same mail more than once.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Acknowledged recipients with nothing in the sink and nothing waiting: law 1.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Copies for people outside the envelope, copies that show others, altered bodies: laws 2, 3, 5.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Duplicates the store does not know of: law 8.</summary>
    public List<string> Unrecorded { get; } = [];

    /// <summary>The audit trail's fault, or null.</summary>
    public string? AuditFault { get; private set; }

    /// <summary>Compares. The gateway must have come to rest.</summary>
    public static async Task<Reconciliation> RunAsync(Ledger ledger, IReadOnlyCollection<SunkMessage> sunk, string data)
    {
        var result = new Reconciliation { Acknowledged = ledger.Acknowledged.Count };
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, CancellationToken.None);
        var got = result.ReadSink(ledger, sunk);
        result.CheckDecisions(ledger);
        foreach (var (token, submission) in ledger.Acknowledged)
        {
            var detail = await store.FindSubmissionAsync(submission, CancellationToken.None);
            if (detail is null)
            {
                result.Lost.Add($"{token}: submission {submission} is not in the store");
                continue;
            }

            foreach (var recipient in ledger.Sent[token].To)
            {
                var row = detail.Recipients.SingleOrDefault(r => r.Address == recipient);
                var copies = got.GetValueOrDefault((token, recipient));
                if (row is null)
                {
                    result.Lost.Add($"{token}: {recipient} is not in the store");
                }
                else if (row.State is DeliveryState.Held or DeliveryState.Approval or DeliveryState.Refused)
                {
                    result.Waiting++;
                    if (copies > 0)
                    {
                        result.Wrong.Add($"{token}: {recipient} got a mail that waits for a decision");
                    }
                }
                else if (copies == 0 && ledger.Decisions.TryGetValue(submission, out var cancelled) && cancelled)
                {
                    result.Waiting++; // taken back by its sender
                }
                else if (copies == 0)
                {
                    result.Lost.Add($"{token} ({ledger.Sent[token].Kind}): {recipient} got nothing and the store says {row.State} {row.Outcome} {row.LastReply}");
                }
                else if (copies > 1 && !row.PossibleDuplicate)
                {
                    result.Unrecorded.Add($"{token}: {recipient} got {copies}, and the store says {row.Outcome} after {row.Attempts} attempts");
                }
            }
        }

        result.Duplicates = got.Values.Count(n => n > 1);
        var audit = await store.VerifyAuditAsync(null, CancellationToken.None);
        result.AuditFault = audit.BrokenAt is null ? null : $"event {audit.BrokenAt}: {audit.Problem}";
        return result;
    }

    /// <summary>Fails the test when a law is broken.</summary>
    public void AssertLaws()
    {
        Assert.Empty(Lost);
        Assert.Empty(Wrong);
        Assert.Empty(Unrecorded);
        Assert.Null(AuditFault);
    }

    /// <summary>Law 4: what waited left only where somebody let it go.</summary>
    private void CheckDecisions(Ledger ledger)
    {
        foreach (var token in _released.Distinct(StringComparer.Ordinal))
        {
            // A mail whose acknowledgement the client never saw may have been decided on too; its name is not known here.
            if (ledger.Acknowledged.TryGetValue(token, out var submission) && !(ledger.Decisions.TryGetValue(submission, out var cancelled) && !cancelled))
            {
                Wrong.Add($"{token}: left though nobody let it go");
            }
        }
    }

    private Dictionary<(string Token, string Recipient), int> ReadSink(Ledger ledger, IReadOnlyCollection<SunkMessage> sunk)
    {
        var got = new Dictionary<(string, string), int>();
        foreach (var message in sunk)
        {
            var token = TokenOf(message.Data);
            if (token is null)
            {
                // The gateway's own notes go to the one who sent, and to nobody else.
                Wrong.AddRange(message.To.Where(t => t != Workload.Sender).Select(t => $"a note went to {t}: {Encoding.UTF8.GetString(message.Data)}"));
                continue;
            }

            if (!ledger.Sent.TryGetValue(token, out var mail))
            {
                Wrong.Add($"{token} was never sent");
                continue;
            }

            foreach (var recipient in message.To)
            {
                Delivered++;
                got[(token, recipient)] = got.GetValueOrDefault((token, recipient)) + 1;
                if (!mail.To.Contains(recipient))
                {
                    Wrong.Add($"{token}: {recipient} is not in the envelope");
                }
            }

            Check(mail, message);
        }

        return got;
    }

    private void Check(Mail mail, SunkMessage message)
    {
        var (head, body) = Split(message.Data);
        if (!body.SequenceEqual(Split(mail.Data).Body))
        {
            Wrong.Add($"{mail.Token}: the body was altered");
        }

        switch (mail.Kind)
        {
            case MailKind.Individual or MailKind.LargeIndividual or MailKind.Held:
                if (mail.Kind == MailKind.Held)
                {
                    _released.Add(mail.Token);
                }

                var text = Encoding.ASCII.GetString(head);
                var shown = mail.To.Where(t => text.Contains(t, StringComparison.Ordinal) && !message.To.Contains(t)).ToList();
                if (message.To.Count != 1 || shown.Count > 0)
                {
                    Wrong.Add($"{mail.Token}: the copy for {string.Join(", ", message.To)} shows {string.Join(", ", shown)}");
                }

                break;
            default:
                if (!message.Data.AsSpan().SequenceEqual(mail.Data))
                {
                    Wrong.Add($"{mail.Token}: not byte for byte what was handed in");
                }

                break;
        }
    }

    private static (byte[] Head, byte[] Body) Split(byte[] data)
    {
        var at = data.AsSpan().IndexOf("\r\n\r\n"u8);
        return at < 0 ? (data, []) : (data[..(at + 2)], data[(at + 4)..]);
    }

    private static string? TokenOf(byte[] data)
    {
        var head = Encoding.ASCII.GetString(Split(data).Head);
        var at = head.IndexOf("\r\nX-Token: ", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : head[(at + 11)..head.IndexOf("\r\n", at + 2, StringComparison.Ordinal)];
    }
}
