using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Sekisho.Mime;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Mails;

/// <summary>What a mail says, as a page of its own to stand in a frame: headers of interest, then its text, bounded and without anything that acts or is fetched.</summary>
internal static class MailText
{
    /// <summary>Characters of text shown of one mail.</summary>
    public const int MaxText = 200_000;

    /// <summary>Characters of markup read for them.</summary>
    private const int MaxMarkup = 1_000_000;

    /// <summary>Parts looked at, and multiparts within multiparts.</summary>
    private const int MaxParts = 100;

    private const int MaxDepth = 30;

    /// <summary>The frame's only style; its digest stands in the frame's policy, so no other can apply.</summary>
    public const string Style = "html{font:16px/1.6 system-ui,'Hiragino Sans','Noto Sans CJK JP','Noto Sans JP',Meiryo,sans-serif;color:#1b2733;background:#fff;overflow-wrap:anywhere}body{margin:.75rem}"
        + "pre{white-space:pre-wrap;font:inherit}code{font-size:.875em;color:#52606d}table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.1rem .5rem .1rem 0}"
        + ".head{border-bottom:1px solid #d3dae1;margin-bottom:.75rem;padding-bottom:.5rem;width:100%}.head th{color:#52606d;font-weight:400;white-space:nowrap}.more{border-top:1px solid #d3dae1;color:#8a5300}";

    private static readonly string[] s_headers = ["From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject"];

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>True when it has text in both forms.</summary>
    public static bool HasBoth(MimeMessage message) => Choose(message, plain: true).Any(p => !IsHtml(p)) && Choose(message, plain: false).Any(IsHtml);

    /// <summary>The whole document.</summary>
    /// <param name="plain">Its plain form where it has both.</param>
    public static string Document(MimeMessage message, bool plain, Tongue tongue)
    {
        var html = new StringBuilder($"<!doctype html><html lang=\"{tongue.Code}\"><head><meta charset=\"utf-8\"><title>{s_encoder.Encode(tongue["Text of the mail", "メールの本文"])}</title><style>{Style}</style></head><body><table class=\"head\">");
        foreach (var field in message.Headers.Where(f => s_headers.Any(f.Is)).Take(20))
        {
            html.Append("<tr><th scope=\"row\">").Append(s_encoder.Encode(Shown.Text(field.Name, 20))).Append("</th><td>").Append(s_encoder.Encode(Shown.Text(field.Decoded, 2000))).Append("</td></tr>");
        }

        html.Append("</table>");
        var left = MaxText;
        var cut = false;
        foreach (var part in Choose(message, plain))
        {
            if (left <= 0)
            {
                cut = true;
                break;
            }

            left -= Append(html, part, left, tongue, ref cut);
        }

        if (left == MaxText)
        {
            html.Append("<p class=\"more\">").Append(s_encoder.Encode(tongue["This mail has no text of its own.", "このメールに本文はありません。"])).Append("</p>");
        }

        if (cut)
        {
            html.Append("<p class=\"more\">").Append(s_encoder.Encode(tongue["The mail is longer; only its beginning is shown.", "続きがあります。ここでは先頭だけを表示しています。"])).Append("</p>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static int Append(StringBuilder html, MimeEntity part, int left, Tongue tongue, ref bool cut)
    {
        var isHtml = IsHtml(part);
        var text = part.ReadText(isHtml ? MaxMarkup : left + 1);
        cut |= text.Truncated;
        if (isHtml)
        {
            html.Append("<div>").Append(SafeHtml.Make(text.Text, left, tongue, out var more)).Append("</div>");
            cut |= more;
            return Math.Min(left, text.Text.Length);
        }

        cut |= text.Text.Length > left;
        html.Append("<pre>").Append(s_encoder.Encode(Shown.Lines(text.Text, left))).Append("</pre>");
        return Math.Min(left, text.Text.Length);
    }

    private static bool IsHtml(MimeEntity part) => part.MediaType is "text/html" or "application/xhtml+xml";

    /// <summary>The texts a reader sees: of alternatives one, of mails inside the mail none.</summary>
    private static List<MimeEntity> Choose(MimeMessage message, bool plain)
    {
        var parts = new List<MimeEntity>();
        Choose(message.Root, plain, 0, parts);
        return parts;
    }

    private static void Choose(MimeEntity entity, bool plain, int depth, List<MimeEntity> parts)
    {
        if (depth > MaxDepth || parts.Count >= MaxParts)
        {
            return;
        }

        if (entity.IsBodyText)
        {
            parts.Add(entity);
        }
        else if (entity.MediaType == "multipart/alternative" && entity.Children.Count > 0)
        {
            // Clients show the last they can; the plain form is the first that has one.
            var wanted = entity.Children.Where(c => Texts(c).Any(t => IsHtml(t) != plain)).ToList();
            Choose(wanted.Count == 0 ? entity.Children[0] : plain ? wanted[0] : wanted[^1], plain, depth + 1, parts);
        }
        else if (!entity.MediaType.StartsWith("message/", StringComparison.Ordinal))
        {
            foreach (var child in entity.Children)
            {
                Choose(child, plain, depth + 1, parts);
            }
        }
    }

    private static IEnumerable<MimeEntity> Texts(MimeEntity entity)
    {
        var open = new Stack<MimeEntity>([entity]);
        for (var looked = 0; looked < MaxParts && open.TryPop(out var next); looked++)
        {
            if (next.IsBodyText)
            {
                yield return next;
            }

            if (!next.MediaType.StartsWith("message/", StringComparison.Ordinal))
            {
                foreach (var child in next.Children)
                {
                    open.Push(child);
                }
            }
        }
    }
}
