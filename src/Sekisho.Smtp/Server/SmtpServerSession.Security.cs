using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Sekisho.Smtp;

/// <content>STARTTLS (RFC 3207) and AUTH (RFC 4954).</content>
public sealed partial class SmtpServerSession
{
    private async ValueTask StartTlsAsync()
    {
        var refusal = _info.IsTls ? Replies.AlreadyTls
            : !OffersTls ? Replies.NoTls
            : _sink is not null ? Replies.InChunks
            : null;
        if (refusal is not null)
        {
            Error(refusal);
            return;
        }

        if (_transport.Poll() && !_transport.Buffer.IsEmpty)
        {
            // Somebody in between put commands into the plain part, to be read as if they came through TLS.
            _transport.ConsumeAll();
            Farewell(Replies.PipelinedAfterTls);
            return;
        }

        await ClearTransactionAsync().ConfigureAwait(false);
        Reply(Replies.ReadyForTls);
        if (!await FlushAsync().ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await _transport.UpgradeAsync(_upgrade!, _options.CommandTimeout, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nothing readable can be said to the peer any more.
            _closing = true;
            return;
        }

        // All that was said in plain text is forgotten (RFC 3207 section 4.2).
        _info.IsTls = true;
        _info.IsExtended = false;
        _info.Helo = "";
        _info.User = null;
    }

    private ValueTask Authenticate(ReadOnlySpan<byte> argument)
    {
        var refusal = !_info.IsExtended ? Replies.HeloFirst
            : !_options.OfferAuth ? Replies.NoAuth
            : !_info.IsTls ? Replies.AuthNeedsTls
            : _info.User is not null ? Replies.AlreadyAuth
            : _from is not null ? Replies.InTransaction
            : null;
        if (refusal is not null)
        {
            return Refuse(refusal);
        }

        var blank = argument.IndexOf((byte)' ');
        var mechanism = blank < 0 ? argument : argument[..blank];
        var initial = blank < 0 ? null : argument[blank..].Trim((byte)' ').ToArray();
        return Ascii.EqualsIgnoreCase(mechanism, "PLAIN"u8) ? PlainAsync(initial)
            : Ascii.EqualsIgnoreCase(mechanism, "LOGIN"u8) ? LoginAsync(initial)
            : Refuse(Replies.UnknownMechanism);
    }

    private async ValueTask PlainAsync(byte[]? initial)
    {
        initial ??= await ChallengeAsync("").ConfigureAwait(false);
        if (initial is null)
        {
            return;
        }

        if (!TryDecode(initial, out var message) || message.Split('\0') is not [var authorise, { Length: > 0 } user, var password])
        {
            Error(Replies.AuthSyntax);
            return;
        }

        // Acting for somebody else is not offered.
        await VerifyAsync(user, password, authorise.Length == 0 || string.Equals(authorise, user, StringComparison.Ordinal)).ConfigureAwait(false);
    }

    private async ValueTask LoginAsync(byte[]? initial)
    {
        initial ??= await ChallengeAsync("VXNlcm5hbWU6").ConfigureAwait(false);
        if (initial is null)
        {
            return;
        }

        if (!TryDecode(initial, out var user))
        {
            Error(Replies.AuthSyntax);
            return;
        }

        if (await ChallengeAsync("UGFzc3dvcmQ6").ConfigureAwait(false) is not { } answer)
        {
            return;
        }

        if (!TryDecode(answer, out var password) || user.Length == 0 || user.Contains('\0') || password.Contains('\0'))
        {
            Error(Replies.AuthSyntax);
            return;
        }

        await VerifyAsync(user, password, allowed: true).ConfigureAwait(false);
    }

    /// <summary>Sends a 334 and takes the answer. Null when there is none to go on with; what is to be said about it has been said.</summary>
    private async ValueTask<byte[]?> ChallengeAsync(string challenge)
    {
        Reply(new SmtpReply(334, null, challenge));
        var status = await NextLineAsync(auth: true).ConfigureAwait(false);
        if (status == LineStatus.TooLong)
        {
            Error(Replies.AuthLineTooLong);
            return null;
        }

        if (status != LineStatus.Line)
        {
            EndOfInput(status);
            return null;
        }

        if (_lines.Line.SequenceEqual("*"u8))
        {
            Error(Replies.AuthCancelled);
            return null;
        }

        return _lines.Line.ToArray();
    }

    private async ValueTask VerifyAsync(string user, string password, bool allowed)
    {
        try
        {
            allowed = allowed && await _receiver.AuthenticateAsync(_info, user, password, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever broke inside, the password was not wrong: a client must not forget it (RFC 4954 section 6 has a code of its own for that).
            Reply(Replies.AuthUnavailable);
            return;
        }

        if (allowed)
        {
            _info.User = user;
            Reply(Replies.AuthOk);
        }
        else if (++_authFailures >= _options.MaxAuthFailures)
        {
            Farewell(Replies.TooManyAuthFailures);
        }
        else
        {
            Reply(Replies.AuthFailed);
        }
    }

    /// <summary>base64 of UTF-8; a single <c>=</c> is the empty string (RFC 4954 section 4). Wipes <paramref name="base64"/>.</summary>
    private static bool TryDecode(byte[] base64, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = new byte[base64.Length];
        try
        {
            if (base64 is [(byte)'='])
            {
                text = "";
                return true;
            }

            if (Base64.DecodeFromUtf8(base64, bytes, out _, out var length) != OperationStatus.Done || !Utf8.IsValid(bytes.AsSpan(0, length)))
            {
                return false;
            }

            text = Encoding.UTF8.GetString(bytes, 0, length);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(base64);
        }
    }
}
