using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sekisho.Incidents;
using Sekisho.Smtp;

namespace Sekisho.Program.Commands;

/// <summary>One SMTP connection to the gateway, opened when first needed.</summary>
internal sealed partial class ReplayMailer(string host, int port) : IAsyncDisposable
{
    private TcpClient? _client;
    private SmtpClientSession? _session;

    /// <summary>The submission id in the gateway's 250 reply; null with the refusal otherwise. Throws <see cref="ReplayException"/> when there is no talking to it.</summary>
    public async Task<(string? Submission, SmtpReply? Refusal)> SendAsync(ReenactedMessage mail, byte[] message, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var session = _session ?? await OpenAsync(cancel);
            // A session waits for the last reply whatever happens; who interrupts a replay has no use for it.
            using var interrupted = cancel.Register(() => _client?.Dispose());
            var content = ReenactedMessage.AsContent(message);
            var result = await session.SendAsync(
                new SmtpMailFrom { Address = mail.MailFrom, Size = content.Length, EightBit = content.HasEightBit },
                [.. mail.Recipients.Select(r => new SmtpRecipient { Address = r })], content, cancel);
            cancel.ThrowIfCancellationRequested();
            if (result.Error is not null)
            {
                await DisposeAsync();
            }

            if (result.FinalReply is { IsSuccess: true } reply)
            {
                return (SubmissionPattern().Match(reply.Text) is { Success: true } match ? match.Value
                    : throw new ReplayException($"the gateway at {host}:{port} does not name the submission in its reply ('{reply}'): is it Sekisho?"), null);
            }

            var refusal = result.FinalReply ?? result.Recipients.FirstOrDefault(r => r is not null);
            if (refusal is { IsPermanent: true })
            {
                return (null, refusal);
            }

            // A 4xx or a broken connection: the gateway says "later".
            if (attempt == 5)
            {
                throw new ReplayException($"the gateway at {host}:{port} does not take the mail: {refusal?.ToString() ?? result.Error}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250 * attempt), cancel);
        }
    }

    /// <summary>QUIT and close.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.QuitAsync(); // within a second, and without a throw
        }

        _client?.Dispose();
        _client = null;
    }

    private async Task<SmtpClientSession> OpenAsync(CancellationToken cancel)
    {
        _client = new TcpClient { NoDelay = true };
        try
        {
            await _client.ConnectAsync(host, port, cancel);
            var stream = _client.GetStream();
            var session = new SmtpClientSession(new Duplex(PipeReader.Create(stream), PipeWriter.Create(stream)),
                new SmtpClientOptions { HostName = "replay.example", MaxRecipients = 100_000 }, TimeProvider.System);
            await session.OpenAsync(cancel);
            return _session = session;
        }
        catch (Exception e) when (e is SocketException or IOException or SmtpProtocolException)
        {
            _client.Dispose();
            throw new ReplayException($"no gateway answers at {host}:{port}: {e.Message}");
        }
    }

    [GeneratedRegex("[0-9a-hjkmnp-tv-z]{26}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SubmissionPattern();

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
