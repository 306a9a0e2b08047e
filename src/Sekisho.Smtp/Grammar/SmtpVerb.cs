using System.Text;

namespace Sekisho.Smtp;

/// <summary>The commands of RFC 5321 section 4.1 and the extensions offered.</summary>
internal enum SmtpVerb
{
    Unknown,
    Helo,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Vrfy,
    Expn,
    Help,
    StartTls,
    Auth,
    Quit,

    /// <summary>A verb of another protocol (HTTP): a browser or a proxy was tricked into talking to this port.</summary>
    Foreign,
}

/// <summary>Splits a command line into verb and argument.</summary>
internal static class CommandGrammar
{
    /// <summary>The verb of <paramref name="line"/> (without CRLF, any letter case) and what follows it, blanks around it removed.</summary>
    public static SmtpVerb Parse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> argument)
    {
        var blank = line.IndexOf((byte)' ');
        var verb = blank < 0 ? line : line[..blank];
        argument = blank < 0 ? [] : line[blank..].Trim((byte)' ');
        return verb.Length switch
        {
            4 => Four(verb),
            8 when Ascii.EqualsIgnoreCase(verb, "STARTTLS"u8) => SmtpVerb.StartTls,
            3 when Ascii.EqualsIgnoreCase(verb, "GET"u8) || Ascii.EqualsIgnoreCase(verb, "PUT"u8) => SmtpVerb.Foreign,
            7 when Ascii.EqualsIgnoreCase(verb, "CONNECT"u8) || Ascii.EqualsIgnoreCase(verb, "OPTIONS"u8) => SmtpVerb.Foreign,
            _ => SmtpVerb.Unknown,
        };
    }

    /// <summary>The argument of BDAT (RFC 3030 section 2): a size in bytes and perhaps LAST. False when it is neither.</summary>
    public static bool TryParseChunk(ReadOnlySpan<byte> argument, out long size, out bool last)
    {
        last = false;
        var blank = argument.IndexOf((byte)' ');
        var digits = blank < 0 ? argument : argument[..blank];
        if (!TryParseNumber(digits, out size))
        {
            return false;
        }

        if (blank < 0)
        {
            return true;
        }

        last = Ascii.EqualsIgnoreCase(argument[blank..].Trim((byte)' '), "LAST"u8);
        return last;
    }

    /// <summary>1 to 18 decimal digits and nothing else (no sign, no blank).</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.Length is 0 or > 18)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    private static SmtpVerb Four(ReadOnlySpan<byte> verb) => (char)(verb[0] & 0xDF) switch
    {
        'R' when Ascii.EqualsIgnoreCase(verb, "RCPT"u8) => SmtpVerb.Rcpt,
        'R' when Ascii.EqualsIgnoreCase(verb, "RSET"u8) => SmtpVerb.Rset,
        'M' when Ascii.EqualsIgnoreCase(verb, "MAIL"u8) => SmtpVerb.Mail,
        'D' when Ascii.EqualsIgnoreCase(verb, "DATA"u8) => SmtpVerb.Data,
        'B' when Ascii.EqualsIgnoreCase(verb, "BDAT"u8) => SmtpVerb.Bdat,
        'E' when Ascii.EqualsIgnoreCase(verb, "EHLO"u8) => SmtpVerb.Ehlo,
        'E' when Ascii.EqualsIgnoreCase(verb, "EXPN"u8) => SmtpVerb.Expn,
        'H' when Ascii.EqualsIgnoreCase(verb, "HELO"u8) => SmtpVerb.Helo,
        'H' when Ascii.EqualsIgnoreCase(verb, "HELP"u8) => SmtpVerb.Help,
        'H' when Ascii.EqualsIgnoreCase(verb, "HEAD"u8) => SmtpVerb.Foreign,
        'N' when Ascii.EqualsIgnoreCase(verb, "NOOP"u8) => SmtpVerb.Noop,
        'V' when Ascii.EqualsIgnoreCase(verb, "VRFY"u8) => SmtpVerb.Vrfy,
        'A' when Ascii.EqualsIgnoreCase(verb, "AUTH"u8) => SmtpVerb.Auth,
        'Q' when Ascii.EqualsIgnoreCase(verb, "QUIT"u8) => SmtpVerb.Quit,
        'P' when Ascii.EqualsIgnoreCase(verb, "POST"u8) => SmtpVerb.Foreign,
        _ => SmtpVerb.Unknown,
    };
}
