using System.Text;
using System.Text.Json;
using Sekisho.Audit.Report;
using Sekisho.Audit.Tests.Run;

namespace Sekisho.Audit.Tests.Report;

public sealed class ReportFileTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Programs_get_every_field_they_were_promised()
    {
        var (report, incidents) = await _desk.RunAsync(new MailPile().Add("hanako@one.example", MailPile.Firms(1, 12), subject: "お知らせ").Add("hanako@one.example", MailPile.Firms(20, 22)));
        using var stream = new MemoryStream();
        ReportJson.Write(report, incidents, stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        var root = json.RootElement;
        Assert.Equal((2, 0, 2, 1), (Number(root, "messages"), Number(root, "broken"), Number(root, "outside"), Number(root, "interrupted")));
        Assert.Equal(2, root.GetProperty("byRule").GetProperty("visible-recipients").GetInt64());
        Assert.Equal(1, root.GetProperty("interruptedByRule").GetProperty("visible-recipients").GetInt64());
        Assert.Equal((1, 1), (root.GetProperty("byVerdict").GetProperty("individual").GetInt64(), root.GetProperty("byVerdict").GetProperty("hold").GetInt64()));
        var incident = root.GetProperty("incidents")[0];
        Assert.Equal(("m0@one.example", "hanako@one.example", 12), (incident.GetProperty("messageId").GetString(), incident.GetProperty("sender").GetString(), incident.GetProperty("exposed").GetInt64()));
        Assert.Equal(12, incident.GetProperty("recipients").GetArrayLength());
        Assert.Equal("visible-recipients", incident.GetProperty("rules")[0].GetString());
        Assert.Equal(report.Policies[0].Incidents.Max(i => i.Date), incidents.Max(i => i.Date));
        Assert.Contains("お知らせ", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        Assert.True(root.GetProperty("seconds").GetDouble() > 0 && root.GetProperty("peakBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task A_spreadsheet_gets_one_row_an_incident_and_runs_nothing_a_stranger_wrote()
    {
        var (_, incidents) = await _desk.RunAsync(new MailPile().Add("hanako@one.example", MailPile.Firms(1, 3), subject: "=HYPERLINK(\"http://evil.example\";\"見積\"), \"A\""));
        using var stream = new MemoryStream();
        ReportCsv.Write(incidents, stream);
        var bytes = stream.ToArray();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("date,sender,subject,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://evil.example\"\";\"\"見積\"\"), \"\"A\"\"\",hold,", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" @sum", "' @sum")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("-", "'-")]
    [InlineData("", "")]
    public void A_cell_is_quoted_and_harmless(string text, string cell) => Assert.Equal(cell, ReportCsv.Cell(text));

    private static long Number(JsonElement root, string name) => root.GetProperty(name).GetInt64();
}
