using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>Extensions the server named in its EHLO reply.</summary>
public sealed record SmtpCapabilities
{
    /// <summary>PIPELINING.</summary>
    public bool Pipelining { get; init; }

    /// <summary>8BITMIME.</summary>
    public bool EightBitMime { get; init; }

    /// <summary>SMTPUTF8.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>DSN.</summary>
    public bool Dsn { get; init; }

    /// <summary>STARTTLS.</summary>
    public bool StartTls { get; init; }

    /// <summary>SIZE; 0 = no stated limit, null = not offered.</summary>
    public long? Size { get; init; }

    /// <summary>AUTH mechanisms in upper case.</summary>
    public IReadOnlyList<string> Auth { get; init; } = [];

    /// <summary>From the text of an EHLO reply; its first line is the server's name. Unknown keywords are passed over.</summary>
    internal static SmtpCapabilities Parse(string text)
    {
        var result = new SmtpCapabilities();
        foreach (var line in text.Split('\n').Skip(1))
        {
            // "AUTH=LOGIN" is how servers wrote it before the standard; some still write both.
            var words = line.Replace("AUTH=", "AUTH ", StringComparison.OrdinalIgnoreCase).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            result = words[0].ToUpperInvariant() switch
            {
                "PIPELINING" => result with { Pipelining = true },
                "8BITMIME" => result with { EightBitMime = true },
                "SMTPUTF8" => result with { SmtpUtf8 = true },
                "DSN" => result with { Dsn = true },
                "STARTTLS" => result with { StartTls = true },
                "SIZE" => result with
                {
                    Size = words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
                },
                "AUTH" => result with { Auth = [.. result.Auth.Concat(words.Skip(1).Select(word => word.ToUpperInvariant())).Distinct(StringComparer.Ordinal)] },
                _ => result,
            };
        }

        return result;
    }
}

/// <summary>The connection broke or the peer does not speak SMTP; the session is of no more use. Nothing was sent that needs a retry to be doubted.</summary>
public sealed class SmtpProtocolException(string message, SmtpReply? reply = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reply that caused it (e.g. a 5xx greeting), or null.</summary>
    public SmtpReply? Reply { get; } = reply;
}

/// <summary>One client session over pipes; knows no sockets. Not for use by two at once.</summary>
public sealed class SmtpClientSession
{
    private readonly SmtpClientOptions _options;
    private readonly TimeProvider _time;
    private readonly IDuplexPipe _plain;
    private readonly TimedTransport _transport;
    private readonly ReplyReader _replies;
    private bool _dead;

    /// <summary>A transaction was begun and not brought to its end: RSET is due before the next.</summary>
    private bool _unfinished;

    /// <summary>Prepares a session.</summary>
    public SmtpClientSession(IDuplexPipe transport, SmtpClientOptions options, TimeProvider time)
    {
        _plain = transport;
        _options = options;
        _time = time;
        _transport = new TimedTransport(transport, time);
        _replies = new ReplyReader(_transport, options);
    }

    /// <summary>What EHLO offered last.</summary>
    public SmtpCapabilities Capabilities { get; private set; } = new();

    /// <summary>Reads the greeting and says EHLO (HELO if that is refused). Throws <see cref="SmtpProtocolException"/>.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        try
        {
            var greeting = await _replies.ReadAsync(_options.GreetingTimeout, cancel).ConfigureAwait(false);
            if (greeting.Code != 220)
            {
                throw new SmtpProtocolException($"turned away: {greeting}", greeting);
            }

            await HelloAsync(cancel).ConfigureAwait(false);
        }
        catch
        {
            _dead = true;
            throw;
        }
    }

    /// <summary>STARTTLS, the handshake by <paramref name="upgrade"/>, EHLO again. Bytes that came before the handshake are an error. Throws <see cref="SmtpProtocolException"/>.</summary>
    public async Task StartTlsAsync(TlsUpgrade upgrade, CancellationToken cancel)
    {
        ThrowIfDead();
        try
        {
            var reply = await CommandAsync("STARTTLS\r\n", cancel).ConfigureAwait(false);
            if (reply.Code != 220)
            {
                throw new SmtpProtocolException($"STARTTLS refused: {reply}", reply);
            }

            if (!_transport.Buffer.IsEmpty)
            {
                // Replies injected into the plain part would be read as if they came through TLS.
                throw new SmtpProtocolException("bytes after the STARTTLS reply and before the handshake");
            }

            try
            {
                await _transport.UpgradeAsync(upgrade, _options.CommandTimeout, _time, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                throw new SmtpProtocolException($"TLS handshake failed: {SmtpText.Clean(e.Message)}", null, e);
            }

            await HelloAsync(cancel).ConfigureAwait(false);
        }
        catch
        {
            _dead = true;
            throw;
        }
    }

    /// <summary>
    /// AUTH PLAIN, or LOGIN where only that is offered. Throws <see cref="SmtpProtocolException"/>, whose message and reply never hold the credentials,
    /// and <see cref="ArgumentException"/> for a NUL in them.
    /// </summary>
    public async Task AuthenticateAsync(string user, string password, CancellationToken cancel)
    {
        ThrowIfDead();
        if (user.Contains('\0') || password.Contains('\0'))
        {
            throw new ArgumentException("A NUL cannot be part of a user name or password.", nameof(user));
        }

        try
        {
            var reply = Capabilities.Auth.Contains("PLAIN", StringComparer.Ordinal) ? await PlainAsync(Base64($"\0{user}\0{password}"), cancel).ConfigureAwait(false)
                : Capabilities.Auth.Contains("LOGIN", StringComparer.Ordinal) ? await LoginAsync(Base64(user), Base64(password), cancel).ConfigureAwait(false)
                : throw new SmtpProtocolException("the server offers neither AUTH PLAIN nor AUTH LOGIN");
            if (reply.Code != 235)
            {
                throw new SmtpProtocolException($"authentication refused: {reply}", reply);
            }
        }
        catch
        {
            _dead = true;
            throw;
        }
    }

    /// <summary>
    /// One transaction, pipelined where offered. Recipients refused by RCPT do not stop the others; when all are refused no data is sent and
    /// <see cref="SmtpSendResult.FinalReply"/> is a refusal.
    /// DSN and SMTPUTF8 parameters are passed on where the server offers the extension; SMTPUTF8 needed and not offered answers 5.6.7 without sending.
    /// Content with a bare CR or LF is refused with 554 5.6.11 without sending.
    /// Does not throw for what the peer does. <paramref name="cancel"/> takes effect before the end of data only, as
    /// <see cref="OperationCanceledException"/>: nothing was taken, and the session is of no more use. Throws <see cref="ArgumentException"/> for no
    /// recipients or more than <see cref="SmtpClientOptions.MaxRecipients"/>.
    /// </summary>
    public async Task<SmtpSendResult> SendAsync(SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients, ISmtpContent content, CancellationToken cancel)
    {
        if (recipients.Count == 0 || recipients.Count > _options.MaxRecipients)
        {
            throw new ArgumentException($"1 to {_options.MaxRecipients} recipients, not {recipients.Count}.", nameof(recipients));
        }

        var sending = new SmtpSending(_transport, _replies, _options, Capabilities, from, recipients, content);
        if (_dead)
        {
            return sending.Lost("session is broken");
        }

        if (sending.Refusal(cancel) is { } refusal)
        {
            return refusal;
        }

        _dead = true;
        var result = await sending.RunAsync(_unfinished, cancel).ConfigureAwait(false);
        _dead = result.Error is not null;
        _unfinished = sending.Unfinished;
        return result;
    }

    /// <summary>NOOP or RSET; false when the connection is dead. Used before a pooled session is used again after a pause.</summary>
    public async Task<bool> ProbeAsync(CancellationToken cancel)
    {
        // A server that gave up in the meantime has said so (421) or closed.
        if (_dead || _transport.Poll())
        {
            _dead = true;
            return false;
        }

        _dead = true;
        try
        {
            var reply = await CommandAsync(_unfinished ? "RSET\r\n" : "NOOP\r\n", cancel).ConfigureAwait(false);
            _dead = !reply.IsSuccess;
            _unfinished &= _dead;
        }
        catch (SmtpProtocolException)
        {
            // Dead it is.
        }

        return !_dead;
    }

    /// <summary>QUIT, politely, within a second; never throws. Completes both directions of the transport.</summary>
    public async Task QuitAsync()
    {
        try
        {
            if (!_dead)
            {
                _transport.Write("QUIT\r\n"u8);
                if (await _transport.FlushAsync(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(false))
                {
                    await _replies.ReadAsync(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (Exception)
        {
            // It was only politeness.
        }

        _dead = true;
        await _transport.CloseAsync().ConfigureAwait(false);
        try
        {
            await _plain.Output.CompleteAsync().ConfigureAwait(false);
            await _plain.Input.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Already closed.
        }
    }

    private async Task HelloAsync(CancellationToken cancel)
    {
        var name = SmtpText.Clean(_options.HostName);
        var reply = await CommandAsync($"EHLO {name}\r\n", cancel).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            Capabilities = SmtpCapabilities.Parse(reply.Text);
            return;
        }

        Capabilities = new SmtpCapabilities();
        if (reply.Code != 421)
        {
            reply = await CommandAsync($"HELO {name}\r\n", cancel).ConfigureAwait(false);
        }

        if (!reply.IsSuccess)
        {
            throw new SmtpProtocolException($"EHLO and HELO refused: {reply}", reply);
        }
    }

    private async Task<SmtpReply> PlainAsync(string response, CancellationToken cancel)
    {
        // An initial response must fit a command line of 512 bytes (RFC 4954 section 4).
        if (response.Length <= 490)
        {
            return await CommandAsync($"AUTH PLAIN {response}\r\n", cancel).ConfigureAwait(false);
        }

        var reply = await CommandAsync("AUTH PLAIN\r\n", cancel).ConfigureAwait(false);
        return reply.Code == 334 ? await CommandAsync(response + "\r\n", cancel).ConfigureAwait(false) : reply;
    }

    private async Task<SmtpReply> LoginAsync(string user, string password, CancellationToken cancel)
    {
        var reply = await CommandAsync("AUTH LOGIN\r\n", cancel).ConfigureAwait(false);
        if (reply.Code == 334)
        {
            reply = await CommandAsync(user + "\r\n", cancel).ConfigureAwait(false);
        }

        return reply.Code == 334 ? await CommandAsync(password + "\r\n", cancel).ConfigureAwait(false) : reply;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<SmtpReply> CommandAsync(string line, CancellationToken cancel)
    {
        _transport.Write(Encoding.UTF8.GetBytes(line));
        if (!await _transport.FlushAsync(_options.CommandTimeout, cancel).ConfigureAwait(false) && !_transport.Poll())
        {
            throw new SmtpProtocolException("connection lost");
        }

        return await _replies.ReadAsync(_options.CommandTimeout, cancel).ConfigureAwait(false);
    }

    private void ThrowIfDead()
    {
        if (_dead)
        {
            throw new SmtpProtocolException("session is broken");
        }
    }
}
