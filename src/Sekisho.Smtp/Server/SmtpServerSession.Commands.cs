using System.Text;

namespace Sekisho.Smtp;

/// <content>Commands other than DATA, BDAT, STARTTLS and AUTH.</content>
public sealed partial class SmtpServerSession
{
    /// <summary>One command. It reads the line before its first await: the line's memory is not its own after that.</summary>
    private ValueTask Execute(ReadOnlySpan<byte> line)
    {
        if (line.ContainsAnyInRange((byte)0, (byte)31) || line.Contains((byte)127))
        {
            return Refuse(Replies.ControlCharacter);
        }

        var verb = CommandGrammar.Parse(line, out var argument);
        if (verb is not (SmtpVerb.Mail or SmtpVerb.Rcpt) && !Ascii.IsValid(line))
        {
            return Refuse(verb == SmtpVerb.Unknown ? Replies.Unknown : Replies.NotAscii);
        }

        switch (verb)
        {
            case SmtpVerb.Rcpt:
                return Recipient(argument);
            case SmtpVerb.Mail:
                return Mail(argument);
            case SmtpVerb.Data:
                return argument.IsEmpty ? DataAsync() : Refuse(Replies.NoArgument);
            case SmtpVerb.Bdat:
                return Chunk(argument);
            case SmtpVerb.Ehlo:
            case SmtpVerb.Helo:
                return HelloAsync(verb == SmtpVerb.Ehlo, argument.IsEmpty ? "" : Encoding.ASCII.GetString(argument));
            case SmtpVerb.Rset:
                return argument.IsEmpty ? ResetAsync(Replies.Done) : Refuse(Replies.NoArgument);
            case SmtpVerb.Noop:
                Reply(Replies.Done);
                return default;
            case SmtpVerb.Vrfy:
                if (argument.IsEmpty)
                {
                    return Refuse(Replies.VrfySyntax);
                }

                Reply(Replies.NotVerified);
                return default;
            case SmtpVerb.Help:
                Reply(Replies.Help);
                return default;
            case SmtpVerb.Expn:
                return Refuse(Replies.NoExpand);
            case SmtpVerb.StartTls:
                return argument.IsEmpty ? StartTlsAsync() : Refuse(Replies.NoArgument);
            case SmtpVerb.Auth:
                return Authenticate(argument);
            case SmtpVerb.Quit:
                if (!argument.IsEmpty)
                {
                    return Refuse(Replies.NoArgument);
                }

                Farewell(Replies.Bye);
                return default;
            case SmtpVerb.Foreign:
                Farewell(Replies.Foreign);
                return default;
            default:
                return Refuse(Replies.Unknown);
        }
    }

    private ValueTask Refuse(SmtpReply reply)
    {
        Error(reply);
        return default;
    }

    /// <summary>
    /// Refuses a command for its place. Where MAIL was said and refused, the rest of a pipelined group comes all the same (RFC 2920 section 3.1); a client that
    /// had its answer coming must get it, and not a 421 that makes it try again for days.
    /// </summary>
    private void RefuseOrder(SmtpReply reply)
    {
        if (_mailSaid)
        {
            Reply(reply);
        }
        else
        {
            Error(reply);
        }
    }

    private async ValueTask HelloAsync(bool extended, string name)
    {
        if (name.Length == 0)
        {
            Error(Replies.HeloSyntax);
            return;
        }

        await ClearTransactionAsync().ConfigureAwait(false);
        _info.Helo = name;
        _info.IsExtended = extended;
        Reply(new SmtpReply(250, null, extended ? Extensions() : _options.HostName));
    }

    private string Extensions()
    {
        var text = new StringBuilder(256);
        text.Append(_options.HostName).Append("\nPIPELINING\nSIZE ").Append(_options.MaxMessageSize).Append("\n8BITMIME\nSMTPUTF8\nENHANCEDSTATUSCODES\nDSN");
        if (_options.OfferChunking)
        {
            text.Append("\nCHUNKING");
        }

        if (OffersTls && !_info.IsTls)
        {
            text.Append("\nSTARTTLS");
        }

        if (OffersAuth)
        {
            text.Append("\nAUTH PLAIN LOGIN");
        }

        return text.ToString();
    }

    private bool OffersTls => _options.OfferStartTls && _upgrade is not null;

    private bool OffersAuth => _options.OfferAuth && _info.IsTls;

    private async ValueTask ResetAsync(SmtpReply reply)
    {
        await ClearTransactionAsync().ConfigureAwait(false);
        Reply(reply);
    }

    private ValueTask Mail(ReadOnlySpan<byte> argument)
    {
        var order = _info.Helo.Length == 0 ? Replies.HeloFirst
            : _sink is not null ? Replies.InChunks
            : _from is not null ? Replies.AlreadyMail
            : null;
        if (order is not null)
        {
            return Refuse(order);
        }

        _mailSaid = true;
        if (!EnvelopeGrammar.TryParseMail(argument, new EnvelopeGrammar.Allowed(_info.IsExtended, OffersAuth), out var from, out var refusal))
        {
            return Refuse(refusal);
        }

        if (_options.RequireTls && !_info.IsTls)
        {
            Reply(Replies.TlsFirst);
            return default;
        }

        if (_options.RequireAuth && _info.User is null)
        {
            Reply(Replies.AuthFirst);
            return default;
        }

        if (from.Size > _options.MaxMessageSize)
        {
            Reply(Replies.TooLarge);
            return default;
        }

        if (++_transactions > _options.MaxTransactions)
        {
            Farewell(Replies.TooManyTransactions);
            return default;
        }

        return MailAsync(from);
    }

    private async ValueTask MailAsync(SmtpMailFrom from)
    {
        SmtpReply? reply;
        try
        {
            reply = await _receiver.MailAsync(_info, from, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            reply = Replies.For(e);
        }

        if (Answer(reply, Replies.MailOk))
        {
            _from = from;
        }
    }

    private ValueTask Recipient(ReadOnlySpan<byte> argument)
    {
        if (_from is null || _sink is not null)
        {
            RefuseOrder(_sink is not null ? Replies.InChunks : _info.Helo.Length == 0 ? Replies.HeloFirst : Replies.MailFirst);
            return default;
        }

        if (!EnvelopeGrammar.TryParseRecipient(argument, _info.IsExtended, _from.SmtpUtf8, out var recipient, out var refusal))
        {
            if (refusal.EnhancedCode is "5.1.3" or "5.6.7")
            {
                // A bad address is the fault of whoever typed it. Twenty of them among 16,000 must not keep the others from their mail.
                Reply(refusal);
                return default;
            }

            return Refuse(refusal);
        }

        if (_recipients.Count >= _options.MaxRecipients)
        {
            Reply(Replies.TooManyRecipients);
            return default;
        }

        try
        {
            var asked = _receiver.RecipientAsync(_info, recipient, CancellationToken.None);
            if (!asked.IsCompletedSuccessfully)
            {
                return RecipientAsync(asked, recipient);
            }

            Accept(asked.Result, recipient);
        }
        catch (Exception e)
        {
            Accept(Replies.For(e), recipient);
        }

        return default;
    }

    private async ValueTask RecipientAsync(ValueTask<SmtpReply?> asked, SmtpRecipient recipient)
    {
        SmtpReply? reply;
        try
        {
            reply = await asked.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            reply = Replies.For(e);
        }

        Accept(reply, recipient);
    }

    private void Accept(SmtpReply? reply, SmtpRecipient recipient)
    {
        if (Answer(reply, Replies.RecipientOk))
        {
            _recipients.Add(recipient);
        }
    }

    /// <summary>Gives the receiver's reply, or the usual one for null. True when it accepts.</summary>
    private bool Answer(SmtpReply? reply, SmtpReply usual)
    {
        reply = reply is null ? usual : Replies.Checked(reply);
        Reply(reply);
        // A receiver that says 421 means the connection (RFC 5321 section 3.8).
        _closing |= reply.Code == 421;
        return reply.IsSuccess;
    }
}
