using System.Security.Cryptography;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>
/// The report as one page that stands alone: no request to anywhere, one style sheet and one script in it, both named by their digest in its content security policy, everything else forbidden. Both
/// languages are in it; the switch works without the script, and so does everything but sorting.
/// </summary>
public static class ReportPage
{
    private static readonly string s_style = Assets.Text("site.css") + Assets.Text("charts.css") + Embedded("report.css") + PageTable.Style();
    private static readonly string s_script = Embedded("report.js");

    private static readonly string s_policy =
        $"default-src 'none'; style-src '{Digest(s_style)}'; script-src '{Digest(s_script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page as UTF-8, as it goes; the stream stays open. <paramref name="tongue"/> is the language it opens in. Throws what the stream throws.</summary>
    public static void Write(AuditReport report, Tongue tongue, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var page = new PageWriter(text);
        var title = new Summary($"Audit of past mail, {ReportWords.Period(report).En}", $"過去メールの監査 {ReportWords.Period(report).Ja}");
        page.Raw($"<!doctype html>\n<html lang=\"{tongue.Code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{s_policy}\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n<title>").Text(tongue.Of(title))
            .Raw($"</title>\n<link rel=\"icon\" href=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(Assets.Text("mark.svg")))}\">\n<style>").Raw(s_style)
            .Raw("</style>\n</head>\n<body data-en=\"").Text(title.En).Raw("\" data-ja=\"").Text(title.Ja).Raw("\">\n");
        Head(page, tongue);
        page.Raw("<main id=\"content\" tabindex=\"-1\">\n");
        PageSummary.Write(page, report);
        PageIncidents.Write(page, report);
        PageCosts.Write(page, report);
        PagePeople.Write(page, report);
        PageComparison.Write(page, report);
        PageBackground.Write(page, report);
        page.Raw("</main>\n<script>").Raw(s_script).Raw("</script>\n</body>\n</html>\n");
    }

    private static void Head(PageWriter page, Tongue tongue)
    {
        page.Raw("<a class=\"skip\" href=\"#content\">").Both("Skip to the content", "本文へ移動").Raw("</a>\n<header class=\"top\"><span class=\"mark\">Sekisho</span>\n<fieldset class=\"language\"><legend>").Both("Language", "言語").Raw("</legend>");
        foreach (var (code, name) in new[] { ("en", "English"), ("ja", "日本語") })
        {
            page.Raw($"<label lang=\"{code}\"><input type=\"radio\" name=\"language\" id=\"language-{code}\" value=\"{code}\" autocomplete=\"off\"{(tongue.Code == code ? " checked" : "")}> {name}</label>");
        }

        page.Raw("</fieldset></header>\n");
    }

    private static string Digest(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Embedded(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report/" + name) ?? throw new InvalidOperationException($"{name} is missing from the program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
