using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;

namespace Sekisho.Audit.Report;

/// <summary>
/// Writes the page as it goes. Whatever is text is encoded; whatever came out of mail or a file's name is made harmless before. Words of ours stand in both languages beside each other, each marked
/// with its own; the style sheet shows the one that is chosen.
/// </summary>
internal sealed class PageWriter(TextWriter output)
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Characters written so far; by it the page is kept to a size.</summary>
    public long Length { get; private set; }

    /// <summary>Markup of ours.</summary>
    public PageWriter Raw(string markup)
    {
        output.Write(markup);
        Length += markup.Length;
        return this;
    }

    /// <summary>Text that is harmless already.</summary>
    public PageWriter Text(string text) => Raw(s_encoder.Encode(text));

    /// <summary>Text out of mail, on one line.</summary>
    public PageWriter Foreign(string? text, int max = 200) => Text(Shown.Text(text, max));

    /// <summary>A number with its thousands parted.</summary>
    public PageWriter Number(long value) => Raw(value.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Words of ours in both languages.</summary>
    public PageWriter Both(string english, string japanese, string element = "span")
        => Raw($"<{element} lang=\"en\">").Text(english).Raw($"</{element}><{element} lang=\"ja\">").Text(japanese).Raw($"</{element}>");

    /// <summary>The same; once, without a language, where both are equal (a subject, a path).</summary>
    public PageWriter Both(Summary words, string element = "span")
        => words.En == words.Ja
            ? Raw(element == "span" ? "" : $"<{element}>").Text(Shown.Plain(words.En)).Raw(element == "span" ? "" : $"</{element}>")
            : Both(Shown.Plain(words.En), Shown.Plain(words.Ja), element);

    /// <summary>A sign, a word and a colour.</summary>
    public PageWriter Badge((string Kind, string Sign, Summary Word) parts)
        => Raw($"<span class=\"badge {parts.Kind}\"><span aria-hidden=\"true\">").Text(parts.Sign).Raw("</span> ").Both(parts.Word).Raw("</span>");

    /// <summary>A heading of a part of the page, with the place the contents lead to.</summary>
    public PageWriter Section(string id, string english, string japanese, bool newSheet = false)
        => Raw($"<section id=\"{id}\"{(newSheet ? " class=\"new-sheet\"" : "")}><h2>").Both(english, japanese).Raw("</h2>\n");

    public PageWriter EndSection() => Raw("</section>\n");

    /// <summary>A paragraph of ours.</summary>
    public PageWriter Paragraph(string english, string japanese, string css = "")
        => Raw(css.Length > 0 ? $"<p class=\"{css}\">" : "<p>").Both(english, japanese).Raw("</p>\n");

    /// <summary>A table that is opened when it is wanted, unless it is short; printed in any case.</summary>
    public PageWriter BeginFolded(string english, string japanese, int rows, int most)
        => Raw(rows > most ? "<details class=\"printed\"><summary>" : "<details class=\"printed\" open><summary>").Both(english, japanese).Raw("</summary>\n");

    public PageWriter EndFolded() => Raw("</details>\n");

    /// <summary>A cell with a number.</summary>
    public PageWriter NumberCell(long value) => Raw("<td class=\"number\">").Number(value).Raw("</td>");

    /// <summary>A cell with a share or a rate.</summary>
    public PageWriter NumberCell(string value) => Raw("<td class=\"number\">").Text(value).Raw("</td>");

    /// <summary>The head of a table, up to its first row; <see cref="EndTable"/> ends it.</summary>
    public PageWriter Begin(PageTable table, Summary caption)
    {
        Raw($"<table class=\"rows\" id=\"{table.Id}\" data-sort{(table.Groups ? "=\"groups\"" : "")} data-first=\"{table.First}\"><caption>").Both(caption).Raw("</caption><thead><tr>");
        foreach (var column in table.Columns)
        {
            Raw("<th scope=\"col\"").Raw(column.Number ? " class=\"number\"" : "").Raw(column.Number || column.ByNumber ? " data-type=\"number\"" : "").Raw(column.LowFirst ? " data-first=\"low\"" : "")
                .Raw(column.Order is { } order ? $" aria-sort=\"{order}\"" : "").Raw(">").Both(column.English, column.Japanese).Raw("</th>");
        }

        return Raw(table.Groups ? "</tr></thead>\n" : "</tr></thead><tbody>\n");
    }

    /// <summary>Ends a table of so many rows; where it shows the first only, with the box that shows all.</summary>
    public PageWriter EndTable(PageTable table, int rows)
    {
        Raw(table.Groups ? "</table>\n" : "</tbody></table>\n");
        return rows <= table.First
            ? this
            : Raw($"<label class=\"all\"><input type=\"checkbox\" id=\"{table.Id}-all\"> ").Both($"Show all {ReportFigures.Number(rows)} (now the first {table.First})", $"{ReportFigures.Number(rows)}件すべてを表示（いまは先頭の{table.First}件）").Raw("</label>\n");
    }
}
