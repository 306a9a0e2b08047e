using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>A mail as a file (RFC 5322, MHTML) or a mailbox file of several (RFC 4155): header, text, and its own files within.</summary>
internal sealed class MailFormat : IFileFormat
{
    private static readonly string[] _shown = ["From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date"];

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Mail;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        if (!file.Bytes.Span.StartsWith("From "u8))
        {
            Take(MimeMessage.Parse(Unmarked(file.Bytes)), "", file, into);
            return;
        }

        var number = 1;
        foreach (var range in Messages(file.Bytes))
        {
            file.Cancel.ThrowIfCancellationRequested();
            if (into.Full || !Take(MimeMessage.Parse(file.Bytes[range]), $"mail {number}", file, into))
            {
                return;
            }

            number++;
        }
    }

    private static bool Take(MimeMessage message, string place, FileSource file, FileHarvest into)
    {
        var header = new StringBuilder();
        foreach (var field in message.Headers)
        {
            if (_shown.Any(field.Is))
            {
                header.Append(field.Name).Append(": ").Append(field.Decoded).Append('\n');
            }
        }

        var texts = MessageTextReader.Read(message, file.Cancel);
        if (message.Defects.Any(d => d.Kind == MimeDefectKind.LimitReached) || texts.Truncated)
        {
            into.AddTrouble(FileTroubles.Limit, "mail");
        }

        foreach (var opaque in texts.Opaque)
        {
            into.AddTrouble(opaque.Measure == "encrypted" ? FileTroubles.Encrypted : FileTroubles.Unread, opaque.Detail);
        }

        var going = into.AddText(place, header.Append('\n').Append(texts.Full).ToString());
        foreach (var one in MailFiles.Of(message))
        {
            file.Cancel.ThrowIfCancellationRequested();
            if (!into.AddFile(one))
            {
                return false;
            }
        }

        return going;
    }

    private static ReadOnlyMemory<byte> Unmarked(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;

    /// <summary>The messages between the lines that begin with <c>From </c> after an empty line.</summary>
    private static IEnumerable<Range> Messages(ReadOnlyMemory<byte> bytes)
    {
        var from = AfterLine(bytes.Span, 0);
        while (from < bytes.Length)
        {
            var to = NextFrom(bytes.Span, from);
            yield return from..to;
            from = to >= bytes.Length ? to : AfterLine(bytes.Span, to);
        }
    }

    private static int NextFrom(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            var found = bytes[at..].IndexOf("\nFrom "u8);
            if (found < 0)
            {
                return bytes.Length;
            }

            at += found + 1;
            if ((bytes[..at].EndsWith("\n\n"u8) || bytes[..at].EndsWith("\n\r\n"u8)) && HasTime(bytes[at..AfterLine(bytes, at)]))
            {
                return at;
            }
        }
    }

    /// <summary>A sentence may begin with From; the separator ends with a time and a year.</summary>
    private static bool HasTime(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && colon + 1 < line.Length && char.IsAsciiDigit((char)line[colon - 1]) && char.IsAsciiDigit((char)line[colon + 1]);
    }

    private static int AfterLine(ReadOnlySpan<byte> bytes, int at)
    {
        var end = bytes[at..].IndexOf((byte)'\n');
        return end < 0 ? bytes.Length : at + end + 1;
    }
}
