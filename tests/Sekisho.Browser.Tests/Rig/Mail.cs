using System.Text;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>A mail as a client writes it.</summary>
internal sealed record Mail
{
    public required string From { get; init; }

    public string FromName { get; init; } = "";

    public required IReadOnlyList<string> To { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public required string Subject { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Besides the text, or instead of it for clients that show it.</summary>
    public string? Html { get; init; }

    /// <summary>Name and bytes of each attachment.</summary>
    public IReadOnlyList<(string Name, byte[] Data)> Attachments { get; init; } = [];

    /// <summary>The message's bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append($"From: {(FromName.Length > 0 ? Word(FromName) + " " : "")}<{From}>\r\n");
        text.Append($"To: {string.Join(",\r\n ", To)}\r\n");
        if (Cc.Count > 0)
        {
            text.Append($"Cc: {string.Join(",\r\n ", Cc)}\r\n");
        }

        text.Append($"Subject: {Word(Subject)}\r\nMessage-ID: <{Guid.NewGuid():N}@{From.Split('@')[1]}>\r\nDate: {DateTimeOffset.UtcNow:ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMIME-Version: 1.0\r\n");
        text.Append("Content-Type: multipart/mixed; boundary=\"=_m\"\r\n\r\n--=_m\r\n");
        if (Html is null)
        {
            Part(text, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Text), "");
        }
        else
        {
            text.Append("Content-Type: multipart/alternative; boundary=\"=_a\"\r\n\r\n--=_a\r\n");
            Part(text, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Text), "");
            text.Append("--=_a\r\n");
            Part(text, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html), "");
            text.Append("--=_a--\r\n");
        }

        foreach (var (name, data) in Attachments)
        {
            text.Append("--=_m\r\n");
            Part(text, "application/octet-stream", data, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(name)}\r\n");
        }

        text.Append("--=_m--\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Part(StringBuilder text, string type, byte[] data, string fields)
        => text.Append($"Content-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n{fields}\r\n{Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks)}\r\n");

    // Encoded words (RFC 2047) of at most 15 characters, so that none is longer than 75.
    private static string Word(string text) => Ascii.IsValid(text)
        ? text
        : string.Join("\r\n ", text.EnumerateRunes().Select(r => r.ToString()).Chunk(13).Select(c => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(c)))}?="));
}
