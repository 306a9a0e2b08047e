using System.Text;
using Sekisho.Smtp;

namespace Sekisho.Incidents;

/// <summary>What part a message plays.</summary>
public enum MessageRole
{
    /// <summary>The mail that leaked.</summary>
    Faulty,

    /// <summary>A proper mail of the same run; it may pass.</summary>
    Clean,

    /// <summary>The attempt to take the faulty mail back.</summary>
    Recall,
}

/// <summary>One submission: an envelope, and a message that is built when it is asked for and not kept.</summary>
public sealed class ReenactedMessage
{
    private readonly Func<byte[]> _build;

    internal ReenactedMessage(MessageRole role, string mailFrom, IReadOnlyList<string> recipients, Func<byte[]> build)
        => (Role, MailFrom, Recipients, _build) = (role, mailFrom, recipients, build);

    /// <summary>Its part.</summary>
    public MessageRole Role { get; }

    /// <summary>Envelope sender.</summary>
    public string MailFrom { get; }

    /// <summary>Envelope recipients.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>True when no outside recipient at all may get it, whoever stands in it: a stranger's post to a list, an internal text.</summary>
    public bool MustNotLeave { get; init; }

    /// <summary>The message, CRLF line ends. The same bytes each time.</summary>
    public byte[] Build() => _build();

    /// <summary>The message to be handed to an SMTP client.</summary>
    public static ISmtpContent AsContent(byte[] message) => new Content(message);

    /// <summary>One harmless mail within a domain that cannot exist, to see whether a gateway keeps its mail.</summary>
    public static ReenactedMessage Probe(DateTimeOffset now)
    {
        const string From = "probe@sekisho-replay.example";
        const string To = "outbox@sekisho-replay.example";
        return new ReenactedMessage(MessageRole.Clean, From, [To], () => Encoding.ASCII.GetBytes(
            $"Date: {now:R}\r\nFrom: {From}\r\nTo: {To}\r\nSubject: replay probe\r\nMessage-ID: <{now.ToUnixTimeMilliseconds()}@sekisho-replay.example>\r\n\r\n"
                + $"Is this mail kept in the outbox? {now.ToUnixTimeMilliseconds()}\r\n"));
    }

    /// <summary>Header lines (each with its line end) in front of a body.</summary>
    internal static byte[] Compose(string header, MailBody body)
    {
        var fields = Encoding.ASCII.GetBytes(header + body.Fields + "\r\n");
        var message = new byte[fields.Length + body.Bytes.Length];
        fields.CopyTo(message, 0);
        body.Bytes.CopyTo(message, fields.Length);
        return message;
    }

    private sealed class Content(byte[] message) : ISmtpContent
    {
        public long Length => message.Length;

        public bool HasEightBit { get; } = message.AsSpan().ContainsAnyInRange<byte>(0x80, 0xFF);

        public IEnumerable<ReadOnlyMemory<byte>> Segments() => [message];
    }
}
