using System.Collections.Frozen;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Tells kinds of text apart by how they begin.</summary>
internal static class TextKind
{
    /// <summary>The label of programs that are text.</summary>
    public const string Script = "script";

    private const int HeadBytes = 64 * 1024;
    private const int HeadChars = 32 * 1024;

    private static readonly FrozenSet<string> _scripts = new[] { "bat", "cmd", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "ps1", "psm1", "sh", "com", "command" }
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] _tags = ["<table", "<body", "<head", "<div", "<p>", "<p ", "<br", "<meta", "<center", "<font", "<span", "<h1", "<h2", "<title", "<style", "<script", "<ul", "<b>", "<a "];

    private static readonly FrozenSet<string> _fields = new[]
    {
        "received", "from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "return-path", "content-type", "content-transfer-encoding", "dkim-signature",
        "delivered-to", "reply-to", "sender", "in-reply-to", "references", "user-agent", "x-mailer", "thread-index", "content-language", "authentication-results",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind of a text, or null for what is none.</summary>
    public static FileType? Of(ReadOnlySpan<byte> bytes, string extension)
    {
        if (!PlainText.LooksLikeText(bytes))
        {
            return null;
        }

        var text = PlainText.Decode(bytes[..Math.Min(bytes.Length, HeadBytes)], null, HeadChars).Text;
        var head = text.AsSpan().TrimStart("\uFEFF \t\r\n\0");
        var kind = OfHead(text, head, extension);
        return new FileType(kind, kind == FileKind.Executable ? Script : "");
    }

    private static FileKind OfHead(ReadOnlySpan<char> text, ReadOnlySpan<char> head, string extension)
    {
        if (head.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase))
        {
            return FileKind.VCard;
        }

        if (head.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            return FileKind.Calendar;
        }

        if (head.StartsWith("#!") || _scripts.Contains(extension))
        {
            return FileKind.Executable;
        }

        if (head.StartsWith('<') && Markup(head) is { } markup)
        {
            return markup;
        }

        if (extension is "json" or "jsonl" or "ndjson" or "geojson" or "ipynb" || LooksLikeJson(head))
        {
            return head.StartsWith('{') || head.StartsWith('[') ? FileKind.Json : FileKind.Text;
        }

        if (LooksLikeMail(text))
        {
            return FileKind.Mail;
        }

        return extension is "csv" or "tsv" or "tab" or "psv" || DelimitedText.LooksDelimited(text) ? FileKind.Delimited : FileKind.Text;
    }

    private static FileKind? Markup(ReadOnlySpan<char> head)
    {
        var start = head[..Math.Min(head.Length, 8192)];
        var xml = start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
        if (start.Contains("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase))
        {
            return FileKind.Html;
        }

        if (xml)
        {
            return FileKind.Xml;
        }

        foreach (var tag in _tags)
        {
            if (start.Contains(tag, StringComparison.OrdinalIgnoreCase))
            {
                return FileKind.Html;
            }
        }

        return start.Length > 1 && (char.IsLetter(start[1]) || start[1] is '!' or '?') && start.Contains("</", StringComparison.Ordinal) ? FileKind.Xml : null;
    }

    /// <summary>An object begins with a name, an array of objects with one of them; a bracket alone also begins a log line.</summary>
    private static bool LooksLikeJson(ReadOnlySpan<char> head)
    {
        if (head.StartsWith('['))
        {
            head = head[1..].TrimStart();
        }

        if (!head.StartsWith('{'))
        {
            return false;
        }

        head = head[1..].TrimStart();
        if (!head.StartsWith('"'))
        {
            return head.StartsWith('}');
        }

        head = head[1..];
        var close = head.IndexOf('"');
        return close >= 0 && head[(close + 1)..].TrimStart().StartsWith(':');
    }

    /// <summary>Begins with fields every mail has, or as a mailbox file does.</summary>
    private static bool LooksLikeMail(ReadOnlySpan<char> text)
    {
        var known = 0;
        var web = 0;
        var first = true;
        var lines = 0;
        foreach (var line in text.EnumerateLines())
        {
            if (first && line.StartsWith("From ") && line.Contains(':'))
            {
                first = false;
                continue;
            }

            if (line.IsEmpty || ++lines > 60)
            {
                break;
            }

            if (line[0] is ' ' or '\t')
            {
                continue;
            }

            var colon = line.IndexOf(':');
            if (colon is <= 0 or > 60 || line[..colon].ContainsAnyExceptInRange('!', '~'))
            {
                return false;
            }

            known += _fields.GetAlternateLookup<ReadOnlySpan<char>>().Contains(line[..colon]) ? 1 : 0;

            // A saved web page may say no more than these two.
            web += line[..colon].Equals("mime-version", StringComparison.OrdinalIgnoreCase) || line.StartsWith("content-type: multipart/", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            if (first && known == 0 && !line.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            first = false;
        }

        return known >= 3 || web >= 2;
    }
}
