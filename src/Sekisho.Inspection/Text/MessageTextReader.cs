using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What the texts of a message say, the author's own words apart from what he quotes.</summary>
internal sealed record MessageTexts(string Own, string Quoted, string Full, bool Truncated, IReadOnlyList<FoundAddress> Attendees, IReadOnlyList<OpaquePart> Opaque);

/// <summary>
/// Gathers the text of every part a person may read: all alternatives (a client shows one, nobody knows which), HTML reduced, text files shown
/// inline, the text before, between and after a multipart's parts. Embedded messages count as quoted.
/// </summary>
internal static class MessageTextReader
{
    /// <summary>Characters read of all parts together; beyond, the message is marked as truncated.</summary>
    private const int MaxChars = 8 * 1024 * 1024;

    private sealed class Gathered
    {
        public StringBuilder Own { get; } = new();

        public StringBuilder Quoted { get; } = new();

        public StringBuilder Full { get; } = new();

        public int Budget { get; set; } = MaxChars;

        public bool Truncated { get; set; }

        public AddressSet Attendees { get; } = new();

        public List<OpaquePart> Opaque { get; } = [];
    }

    /// <summary>Reads them all. Throws only for cancellation, and what the reader of a part throws.</summary>
    public static MessageTexts Read(MimeMessage message, CancellationToken cancel)
    {
        var root = message.Root;
        if (root.Children.Count == 0 && !IsCalendar(root) && IsReadable(root) && root.FileName is null)
        {
            return ReadSingle(root, cancel);
        }

        var all = new Gathered();
        foreach (var entity in message.Entities())
        {
            cancel.ThrowIfCancellationRequested();
            Take(message, entity, all, cancel);
        }

        var full = all.Full.ToString();
        return new MessageTexts(all.Quoted.Length == 0 ? full : all.Own.ToString(), all.Quoted.ToString(), full, all.Truncated, all.Attendees.All, all.Opaque);
    }

    /// <summary>The commonest mail, one text part, without building anything twice.</summary>
    private static MessageTexts ReadSingle(MimeEntity root, CancellationToken cancel)
    {
        var text = TextOf(root, MaxChars, cancel, out var truncated);
        var (own, quoted) = QuoteSplitter.Split(text);
        return new MessageTexts(own, quoted, text, truncated, [], []);
    }

    private static void Take(MimeMessage message, MimeEntity entity, Gathered all, CancellationToken cancel)
    {
        var embedded = IsEmbedded(entity);
        if (embedded && entity.Parent!.MediaType.StartsWith("message/", StringComparison.Ordinal))
        {
            AddQuoted(all, EmbeddedHeader(entity));
        }

        if (Opaque(entity) is { } opaque)
        {
            all.Opaque.Add(opaque);
        }

        Add(all, Margin(entity), embedded);
        if (IsCalendar(entity))
        {
            var (people, words) = CalendarText.Read(ReadWithin(entity, all));
            AddressScanner.Collect(people, all.Attendees, cancel);
            Add(all, words, embedded);
        }
        else if (IsReadable(entity))
        {
            var text = TextOf(entity, all.Budget, cancel, out var truncated);
            all.Budget -= text.Length;
            all.Truncated |= truncated;
            Add(all, text, embedded);
        }
        else if (entity.Children.Count > 0 && entity.MediaType.StartsWith("multipart/", StringComparison.Ordinal))
        {
            Add(all, Gaps(message, entity), embedded);
        }
    }

    /// <summary>A list of addresses in the name or the description of a part; else nothing. One address may be whose mail the file is.</summary>
    private static string Margin(MimeEntity entity)
    {
        if (entity.Parent is null && entity.FileName is null)
        {
            return "";
        }

        var text = $"{entity.FileName} {entity.Headers.First("Content-Description")?.Decoded}";
        return text.AsSpan().Count('@') + text.AsSpan().Count('＠') > 1 ? TextFolding.StripInvisible(text) + "\n" : "";
    }

    private static void Add(Gathered all, string text, bool embedded)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (embedded)
        {
            AddQuoted(all, text);
            return;
        }

        var (own, quoted) = QuoteSplitter.Split(text);
        Append(all.Full, text);
        Append(all.Own, own);
        if (quoted.Length > 0)
        {
            Append(all.Quoted, quoted);
        }
    }

    private static void AddQuoted(Gathered all, string text)
    {
        Append(all.Full, text);
        Append(all.Quoted, text);
    }

    private static void Append(StringBuilder to, string text)
    {
        if (to.Length > 0 && to[^1] != '\n')
        {
            to.Append('\n');
        }

        to.Append(text);
    }

    private static string TextOf(MimeEntity entity, int budget, CancellationToken cancel, out bool truncated)
    {
        if (budget <= 0)
        {
            truncated = entity.Body.Length > 0;
            return "";
        }

        var read = entity.ReadText(Math.Min(budget, MaxChars));
        truncated = read.Truncated;
        var text = TextFolding.StripInvisible(IsHtml(entity, read.Text) ? HtmlText.Reduce(read.Text, cancel) : read.Text);
        text = text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
        return WrittenForms.AsShown(entity, text);
    }

    private static string ReadWithin(MimeEntity entity, Gathered all)
    {
        if (all.Budget <= 0)
        {
            all.Truncated |= entity.Body.Length > 0;
            return "";
        }

        var read = entity.ReadText(all.Budget);
        all.Budget -= read.Text.Length;
        all.Truncated |= read.Truncated;
        return TextFolding.StripInvisible(read.Text);
    }

    /// <summary>HTML by its type, or by its first tag: some clients guess, and text/plain that is HTML shows its tags at worst.</summary>
    private static bool IsHtml(MimeEntity entity, string text)
        => entity.MediaType is "text/html" or "application/xhtml+xml"
            || (entity.MediaType != "text/plain" && text.AsSpan().TrimStart().StartsWith("<html", StringComparison.OrdinalIgnoreCase));

    internal static bool IsCalendar(MimeEntity entity)
        => entity.Children.Count == 0 && (entity.MediaType is "text/calendar" or "application/ics"
            || (entity.FileName is { } name && (name.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".vcs", StringComparison.OrdinalIgnoreCase))));

    /// <summary>Body text, text files shown inline, and a multipart whose parts cannot be told apart: a client may show it as it stands.</summary>
    private static bool IsReadable(MimeEntity entity)
    {
        if (entity.Children.Count > 0)
        {
            return false;
        }

        var type = entity.MediaType;
        return entity.IsBodyText
            || type.StartsWith("multipart/", StringComparison.Ordinal)
            || type is "message/delivery-status" or "message/disposition-notification" or "message/rfc822" or "message/global" or "text/rfc822-headers"
            || (entity.Disposition != "attachment" && (type.StartsWith("text/", StringComparison.Ordinal) || type == "application/xhtml+xml"))
            || (entity.Parent is null && type.StartsWith("text/", StringComparison.Ordinal) && entity.FileName is null);
    }

    private static bool IsEmbedded(MimeEntity entity)
    {
        for (var at = entity.Parent; at is not null; at = at.Parent)
        {
            if (at.MediaType.StartsWith("message/", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return entity.MediaType is "text/rfc822-headers" or "message/delivery-status" or "message/disposition-notification";
    }

    private static string EmbeddedHeader(MimeEntity entity)
    {
        var text = new StringBuilder();
        foreach (var field in entity.Headers)
        {
            if (field.Is("From") || field.Is("To") || field.Is("Cc") || field.Is("Bcc") || field.Is("Reply-To") || field.Is("Sender") || field.Is("Subject"))
            {
                text.Append(field.Name).Append(": ").Append(field.Decoded).Append('\n');
            }
        }

        return TextFolding.StripInvisible(text.ToString());
    }

    /// <summary>What stands before, between and after a multipart's parts, where it holds an address. Clients of old, and web archives, show it.</summary>
    private static string Gaps(MimeMessage message, MimeEntity multipart)
    {
        var gaps = new StringBuilder();
        var from = multipart.Body.Offset;
        foreach (var child in multipart.Children)
        {
            var start = child.Headers.Count > 0 ? child.Headers[0].Raw.Offset : child.Body.Offset;
            AddGap(message, from, start, gaps);
            from = Math.Max(from, child.Body.End);
        }

        AddGap(message, from, multipart.Body.End, gaps);
        return gaps.ToString();
    }

    private static void AddGap(MimeMessage message, int from, int to, StringBuilder gaps)
    {
        to = Math.Min(Math.Min(to, message.Bytes.Length), from + (1024 * 1024));
        if (to <= from || message.Bytes.Span[from..to].IndexOf((byte)'@') < 0)
        {
            return;
        }

        foreach (var line in Encoding.UTF8.GetString(message.Bytes.Span[from..to]).AsSpan().EnumerateLines())
        {
            if (line.Contains('@') && !line.StartsWith("--"))
            {
                gaps.Append(line).Append('\n');
            }
        }
    }

    /// <summary>Parts that are closed to us by their nature.</summary>
    private static OpaquePart? Opaque(MimeEntity entity)
    {
        if (entity.IsTnef)
        {
            // Read as a file where there is a reader for it, whose troubles then say what could not be.
            return FileFormats.For(FileKind.Tnef) is null ? new OpaquePart("tnef", "winmail.dat") : null;
        }

        return entity.MediaType switch
        {
            "multipart/encrypted" => new OpaquePart("encrypted", "multipart/encrypted"),
            "application/pkcs7-mime" or "application/x-pkcs7-mime" => new OpaquePart(
                entity.Parameters.TryGetValue("smime-type", out var kind) && kind.Equals("signed-data", StringComparison.OrdinalIgnoreCase) ? "signed" : "encrypted",
                entity.MediaType),
            "message/partial" => new OpaquePart("partial", "message/partial"),
            _ => null,
        };
    }
}
