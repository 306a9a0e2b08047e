using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>The arguments of MAIL and RCPT with their parameters (RFC 5321 section 4.1.2, 1870, 3461, 4954, 6152, 6531).</summary>
internal static class EnvelopeGrammar
{
    private static readonly SearchValues<byte> KeywordBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    private static readonly SmtpReply MailSyntax = new(501, "5.5.4", "Syntax: MAIL FROM:<user@example.com>");
    private static readonly SmtpReply RcptSyntax = new(501, "5.5.4", "Syntax: RCPT TO:<user@example.com>");
    private static readonly SmtpReply MailBrackets = new(501, "5.1.7", "Put the address in angle brackets: MAIL FROM:<user@example.com>");
    private static readonly SmtpReply RcptBrackets = new(501, "5.1.3", "Put the address in angle brackets: RCPT TO:<user@example.com>");
    private static readonly SmtpReply BadSender = new(501, "5.1.7", "Not a valid sender address");
    private static readonly SmtpReply BadRecipient = new(501, "5.1.3", "Not a valid recipient address");
    private static readonly SmtpReply SenderNotAscii = new(550, "5.6.7", "A non-ASCII address needs the SMTPUTF8 parameter");
    private static readonly SmtpReply RecipientNotAscii = new(553, "5.6.7", "A non-ASCII address needs MAIL with the SMTPUTF8 parameter");
    private static readonly SmtpReply UnknownParameter = new(555, "5.5.4", "Parameter not recognised");
    private static readonly SmtpReply BadParameter = new(501, "5.5.4", "Bad parameter value");
    private static readonly SmtpReply RepeatedParameter = new(501, "5.5.4", "Parameter given twice");
    private static readonly SmtpReply NoBinary = new(555, "5.5.4", "BODY=BINARYMIME is not offered");

    /// <summary>What the session allows in MAIL.</summary>
    /// <param name="Extended">EHLO was used; without it there are no parameters.</param>
    /// <param name="Auth">AUTH is offered, so AUTH= must be understood (RFC 4954 section 5).</param>
    public readonly record struct Allowed(bool Extended, bool Auth);

    /// <summary>Reads the argument of MAIL (<c>FROM:&lt;…&gt; …</c>). False with the reply to give.</summary>
    public static bool TryParseMail(
        ReadOnlySpan<byte> argument, Allowed allowed, [NotNullWhen(true)] out SmtpMailFrom? from, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        from = null;
        if (!TrySkip(ref argument, "FROM:"u8))
        {
            refusal = MailSyntax;
            return false;
        }

        var error = PathGrammar.TryParse(argument, out var address, out var consumed, out var isAscii);
        if (error != PathError.None || !IsParameterStart(argument, consumed))
        {
            refusal = error == PathError.NoBrackets ? MailBrackets : BadSender;
            return false;
        }

        var parameters = argument[consumed..];
        long? size = null;
        string? ret = null;
        string? envelopeId = null;
        bool body = false, eightBit = false, utf8 = false, auth = false;
        while (TryNext(ref parameters, out var name, out var value, out var hasValue))
        {
            if (!allowed.Extended)
            {
                refusal = UnknownParameter;
                return false;
            }

            bool repeated, good;
            if (Ascii.EqualsIgnoreCase(name, "SIZE"u8))
            {
                repeated = size is not null;
                good = CommandGrammar.TryParseNumber(value, out var number);
                size = number;
            }
            else if (Ascii.EqualsIgnoreCase(name, "BODY"u8))
            {
                repeated = body;
                body = true;
                eightBit = Ascii.EqualsIgnoreCase(value, "8BITMIME"u8);
                good = eightBit || Ascii.EqualsIgnoreCase(value, "7BIT"u8);
                if (!repeated && Ascii.EqualsIgnoreCase(value, "BINARYMIME"u8))
                {
                    refusal = NoBinary;
                    return false;
                }
            }
            else if (Ascii.EqualsIgnoreCase(name, "SMTPUTF8"u8))
            {
                repeated = utf8;
                utf8 = true;
                good = !hasValue;
            }
            else if (Ascii.EqualsIgnoreCase(name, "RET"u8))
            {
                repeated = ret is not null;
                ret = Ascii.EqualsIgnoreCase(value, "FULL"u8) ? "FULL" : "HDRS";
                good = ret == "FULL" || Ascii.EqualsIgnoreCase(value, "HDRS"u8);
            }
            else if (Ascii.EqualsIgnoreCase(name, "ENVID"u8))
            {
                repeated = envelopeId is not null;
                good = value.Length is > 0 and <= 100 && Xtext.TryDecode(value, out envelopeId);
            }
            else if (allowed.Auth && Ascii.EqualsIgnoreCase(name, "AUTH"u8))
            {
                // Understood and set aside: nobody in front of this gateway is trusted to vouch for a submitter.
                repeated = auth;
                auth = true;
                good = value.Length is > 0 and <= 500 && (value.SequenceEqual("<>"u8) || Xtext.TryDecode(value, out _));
            }
            else
            {
                refusal = UnknownParameter;
                return false;
            }

            if (repeated || !good)
            {
                refusal = repeated ? RepeatedParameter : BadParameter;
                return false;
            }
        }

        if (!parameters.IsEmpty)
        {
            refusal = BadParameter;
            return false;
        }

        if (!isAscii && !utf8)
        {
            refusal = SenderNotAscii;
            return false;
        }

        refusal = null;
        from = new SmtpMailFrom { Address = address, Size = size, EightBit = eightBit, SmtpUtf8 = utf8, Ret = ret, EnvelopeId = envelopeId };
        return true;
    }

    /// <summary>Reads the argument of RCPT (<c>TO:&lt;…&gt; …</c>). False with the reply to give.</summary>
    public static bool TryParseRecipient(
        ReadOnlySpan<byte> argument, bool extended, bool utf8, [NotNullWhen(true)] out SmtpRecipient? recipient, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        recipient = null;
        if (!TrySkip(ref argument, "TO:"u8))
        {
            refusal = RcptSyntax;
            return false;
        }

        var error = PathGrammar.TryParse(argument, out var address, out var consumed, out var isAscii);
        if (error != PathError.None || address.Length == 0 || !IsParameterStart(argument, consumed))
        {
            refusal = error == PathError.NoBrackets ? RcptBrackets : BadRecipient;
            return false;
        }

        if (!isAscii && !utf8)
        {
            refusal = RecipientNotAscii;
            return false;
        }

        var parameters = argument[consumed..];
        string? notify = null;
        string? original = null;
        while (TryNext(ref parameters, out var name, out var value, out _))
        {
            bool repeated, good;
            if (extended && Ascii.EqualsIgnoreCase(name, "NOTIFY"u8))
            {
                repeated = notify is not null;
                good = TryParseNotify(value, out notify);
            }
            else if (extended && Ascii.EqualsIgnoreCase(name, "ORCPT"u8))
            {
                repeated = original is not null;
                good = TryParseOriginal(value, out original);
            }
            else
            {
                refusal = UnknownParameter;
                return false;
            }

            if (repeated || !good)
            {
                refusal = repeated ? RepeatedParameter : BadParameter;
                return false;
            }
        }

        if (!parameters.IsEmpty)
        {
            refusal = BadParameter;
            return false;
        }

        refusal = null;
        recipient = new SmtpRecipient { Address = address, Notify = notify, OriginalRecipient = original };
        return true;
    }

    private static bool TryParseNotify(ReadOnlySpan<byte> value, out string? notify)
    {
        notify = null;
        if (Ascii.EqualsIgnoreCase(value, "NEVER"u8))
        {
            notify = "NEVER";
            return true;
        }

        bool success = false, failure = false, delay = false;
        foreach (var part in value.Split((byte)','))
        {
            var item = value[part];
            ref var flag = ref success;
            if (Ascii.EqualsIgnoreCase(item, "FAILURE"u8))
            {
                flag = ref failure;
            }
            else if (Ascii.EqualsIgnoreCase(item, "DELAY"u8))
            {
                flag = ref delay;
            }
            else if (!Ascii.EqualsIgnoreCase(item, "SUCCESS"u8))
            {
                return false;
            }

            if (flag)
            {
                return false;
            }

            flag = true;
        }

        notify = Encoding.ASCII.GetString(value).ToUpperInvariant();
        return true;
    }

    private static bool TryParseOriginal(ReadOnlySpan<byte> value, out string? original)
    {
        original = null;
        var semicolon = value.IndexOf((byte)';');
        if (semicolon < 1 || value.Length > 500 || semicolon == value.Length - 1 || !IsKeyword(value[..semicolon])
            || !Xtext.TryDecode(value[(semicolon + 1)..], out var address))
        {
            return false;
        }

        original = Encoding.ASCII.GetString(value[..semicolon]) + ";" + address;
        return true;
    }

    /// <summary>The next <c>NAME[=value]</c>. False at the end, or, with something left in <paramref name="rest"/>, at what is none.</summary>
    private static bool TryNext(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool hasValue)
    {
        rest = rest.TrimStart((byte)' ');
        name = value = [];
        hasValue = false;
        if (rest.IsEmpty)
        {
            return false;
        }

        var end = rest.IndexOf((byte)' ');
        var parameter = end < 0 ? rest : rest[..end];
        var equals = parameter.IndexOf((byte)'=');
        hasValue = equals >= 0;
        name = hasValue ? parameter[..equals] : parameter;
        value = hasValue ? parameter[(equals + 1)..] : [];
        if (!IsKeyword(name) || (hasValue && value.IsEmpty))
        {
            return false;
        }

        rest = end < 0 ? [] : rest[end..];
        return true;
    }

    private static bool IsKeyword(ReadOnlySpan<byte> name)
        => name.Length > 0 && name[0] != '-'
            && !name.ContainsAnyExcept(KeywordBytes);

    /// <summary>What follows the closing bracket is nothing or a blank; <c>&lt;a@b&gt;SIZE=1</c> is not taken for two things.</summary>
    private static bool IsParameterStart(ReadOnlySpan<byte> argument, int at) => at == argument.Length || argument[at] == ' ';

    /// <summary>Skips <c>FROM:</c> or <c>TO:</c> and the blanks that old clients put after it.</summary>
    private static bool TrySkip(ref ReadOnlySpan<byte> argument, ReadOnlySpan<byte> keyword)
    {
        if (argument.Length < keyword.Length || !Ascii.EqualsIgnoreCase(argument[..keyword.Length], keyword))
        {
            return false;
        }

        argument = argument[keyword.Length..].TrimStart((byte)' ');
        return true;
    }
}
