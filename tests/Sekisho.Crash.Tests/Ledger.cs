using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>What the clients know: every mail they began to hand over, and which were acknowledged.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Mail> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _decided = new(StringComparer.Ordinal);
    private int _refused;

    /// <summary>Every mail whose bytes went out, by token.</summary>
    public IReadOnlyDictionary<string, Mail> Sent => _sent;

    /// <summary>Tokens that got 250, with the submission's name from the reply.</summary>
    public IReadOnlyDictionary<string, string> Acknowledged => _acknowledged;

    /// <summary>4xx replies to a whole mail.</summary>
    public int Refused => _refused;

    /// <summary>Submissions that somebody decided on: true where he took the mail back, false where he let it go to each alone.</summary>
    public IReadOnlyDictionary<string, bool> Decisions => _decided;

    /// <summary>Notes a decision.</summary>
    public void Decided(string submission, bool cancelled) => _decided[submission] = cancelled;

    /// <summary>Hands mails to a door that only learns; nothing of them may ever leave.</summary>
    public async Task ObserveAsync(IPEndPoint door, Workload workload)
    {
        try
        {
            await using var talk = await SmtpTalk.OpenAsync(door);
            for (var i = 0; i < 30; i++)
            {
                // Three strangers: more organisations at once teach nothing.
                var mail = workload.Next(MailKind.Held);
                var incoming = Encoding.ASCII.GetString(mail.Data).Replace($"From: {mail.From}", "From: partner@elsewhere.example", StringComparison.Ordinal);
                await talk.MailAsync("partner@elsewhere.example", mail.To, Encoding.ASCII.GetBytes(incoming));
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
        }
    }

    /// <summary>Hands mails over on one connection until the server goes, refuses to talk, or the count is reached. A 5xx reply throws: nothing of the workload deserves one.</summary>
    public async Task SendAsync(IPEndPoint server, Workload workload, int count, Func<Workload, Mail>? next = null)
    {
        try
        {
            await using var talk = await SmtpTalk.OpenAsync(server);
            for (var i = 0; i < count; i++)
            {
                var mail = next is null ? workload.Next() : next(workload);
                _sent[mail.Token] = mail;
                var reply = await talk.MailAsync(mail.From, mail.To, mail.Data);
                if (reply.StartsWith("250 2.0.0 ", StringComparison.Ordinal) && reply.EndsWith(" accepted", StringComparison.Ordinal))
                {
                    _acknowledged[mail.Token] = reply.Split(' ')[2];
                }
                else if (reply[0] == '4')
                {
                    Interlocked.Increment(ref _refused);
                    if (reply.StartsWith("421", StringComparison.Ordinal))
                    {
                        return;
                    }
                }
                else
                {
                    throw new InvalidOperationException($"{mail.Kind} got {reply}");
                }
            }

            await talk.SayAsync("QUIT\r\n");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server was killed, or answered 4xx before the data; what it had not acknowledged it does not owe.
        }
    }

    /// <summary>Hands mails over on several connections at once.</summary>
    public Task SendAsync(IPEndPoint server, Workload workload, int connections, int each, Func<Workload, Mail>? next = null) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(server, workload, each, next))));
}
