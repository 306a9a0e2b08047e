using System.Text;

namespace Sekisho.Crash.Tests;

/// <summary>One mail of the workload.</summary>
internal sealed record Mail(string Token, MailKind Kind, string From, IReadOnlyList<string> To, byte[] Data);

/// <summary>What a mail of the workload exercises.</summary>
internal enum MailKind
{
    /// <summary>One outside recipient, 2 kB.</summary>
    Plain,

    /// <summary>One outside recipient, a body too large for a row.</summary>
    Large,

    /// <summary>Five recipients of one organisation and a colleague.</summary>
    Several,

    /// <summary>Twelve strangers visible to each other: goes out to each alone.</summary>
    Individual,

    /// <summary>The same with a large body.</summary>
    LargeIndividual,

    /// <summary>Three strangers visible to each other: waits.</summary>
    Held,
}

/// <summary>Distinct mails, each with a token in subject, a header and the body; no two have a recipient in common, so that everything that leaves can be traced.</summary>
internal sealed class Workload(string run)
{
    /// <summary>Who sends everything.</summary>
    public const string Sender = "sender@corp.example";

    private int _number;

    /// <summary>The next mail.</summary>
    public Mail Next()
    {
        var number = Interlocked.Increment(ref _number);
        var kind = (number % 16) switch
        {
            3 => MailKind.Large,
            5 or 12 => MailKind.Several,
            7 => MailKind.Individual,
            9 => MailKind.LargeIndividual,
            11 => MailKind.Held,
            _ => MailKind.Plain,
        };
        return Make(number, kind);
    }

    /// <summary>A mail of a kind.</summary>
    public Mail Next(MailKind kind) => Make(Interlocked.Increment(ref _number), kind);

    private Mail Make(int number, MailKind kind)
    {
        var token = $"tok-{run}-{number:D6}-end";
        string[] to = kind switch
        {
            MailKind.Plain or MailKind.Large => [$"r{number}@p{number}.example.net"],
            MailKind.Several => [.. Enumerable.Range(0, 5).Select(i => $"r{number}-{i}@p{number}.example.net"), $"colleague{number}@corp.example"],
            MailKind.Held => Strangers(number, 6),
            _ => Strangers(number, 12),
        };
        var size = kind is MailKind.Large or MailKind.LargeIndividual ? 150_000 : 2000;
        return new Mail(token, kind, Sender, to, Bytes(token, to, size));
    }

    private static string[] Strangers(int number, int count) => [.. Enumerable.Range(0, count).Select(i => $"s{number}-{i}@s{number}-{i}.example")];

    private static byte[] Bytes(string token, string[] to, int size)
    {
        var text = new StringBuilder(size + 2000);
        text.Append("From: ").Append(Sender).Append("\r\nTo: ").AppendJoin(",\r\n ", to).Append("\r\nSubject: ").Append(token)
            .Append("\r\nMessage-ID: <").Append(token).Append("@corp.example>\r\nDate: Mon, 06 Apr 2026 09:00:00 +0900\r\nX-Token: ").Append(token)
            .Append("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n").Append(token).Append("\r\n");
        for (var line = 0; text.Length < size; line++)
        {
            text.Append(token).Append(" line ").Append(line).Append(" of the body, so that a cut or a mix-up shows\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
