using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Api;

public sealed class CheckTests
{
    private const string Sender = "me@inside.example";

    [Fact]
    public async Task ADraftIsJudgedAsTheMailWouldBe()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var key = await keys.ClientAsync(Sender, "check");
        var strangers = await CheckAsync(key, new { from = $"Me <{Sender}>", to = new[] { "a@one.example", "b@two.example" }, subject = "見積書", text = "Hello" });
        Assert.Equal("見積書", strangers.GetProperty("message").GetProperty("subject").GetString());
        Assert.Equal(["hold", "hold"], Actions(strangers));
        Assert.Contains("visible-recipients", strangers.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()));
        Assert.Equal(["deliver"], Actions(await CheckAsync(key, new { from = Sender, to = new[] { "a@one.example" }, subject = "Offer", text = "Hello" })));
        // Nobody sees who is in Bcc.
        Assert.Equal(["deliver", "deliver"], Actions(await CheckAsync(key, new { from = Sender, bcc = new[] { "a@one.example", "b@two.example" }, text = "Hello" })));
    }

    [Fact]
    public async Task AMessageGivesTheSameAnswerAsItsParts()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var key = await keys.ClientAsync(Sender, "check");
        var message = $"From: {Sender}\r\nTo: a@one.example, b@two.example\r\nSubject: Offer\r\n\r\nHello\r\n";
        var byHeader = await PostAsync(key, "/api/check", message);
        Assert.Equal(["hold", "hold"], Actions(byHeader));
        var byQuery = await PostAsync(key, $"/api/check?from={Sender}&to=c@inside.example&to=a@one.example,d@inside.example", message);
        Assert.Equal(["c@inside.example", "a@one.example", "d@inside.example"], byQuery.GetProperty("verdicts").EnumerateArray().Select(v => v.GetProperty("recipient").GetString()));
        var whole = await CheckAsync(key, new { message = Encoding.UTF8.GetBytes(message) });
        Assert.Equal(byHeader.GetRawText(), whole.GetRawText());
    }

    [Fact]
    public async Task FilesOfADraftAreLookedInto()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var rows = new StringBuilder("氏名,電話番号,住所\r\n");
        for (var i = 0; i < 150; i++)
        {
            rows.Append($"山田{(char)('一' + i)}郎,090-1234-{i:D4},東京都千代田区丸の内1-{i + 1}-3\r\n");
        }

        var answer = await CheckAsync(await keys.ClientAsync(Sender, "check"), new
        {
            from = Sender,
            to = new[] { "a@one.example" },
            subject = "list",
            html = "<p>Please find the list attached.</p>",
            attachments = new[] { new { name = "名簿.csv", type = "text/csv", content = Encoding.UTF8.GetBytes(rows.ToString()) } },
        });
        Assert.NotEqual(["deliver"], Actions(answer));
        var finding = answer.GetProperty("findings").EnumerateArray().First(f => f.GetProperty("rule").GetString() == "personal-data");
        Assert.InRange(finding.GetProperty("persons").GetInt32(), 100, 150);
    }

    [Fact]
    public async Task CheckingLeavesNoTraceInTheStoreOrInTheMemoryOfRecentMail()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var key = await keys.ClientAsync(Sender, "check");
        var before = await rig.Store.CountsAsync(CancellationToken.None);
        var draft = new { from = Sender, to = new[] { "a@one.example" }, subject = "Invoice for the spring order", text = "Please find the sum below: 1,200." };
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(["deliver"], Actions(await CheckAsync(key, draft)));
        }

        Assert.Equal(before, await rig.Store.CountsAsync(CancellationToken.None));
        // Sent once for real: the check says that once more would be a duplicate, and goes on saying so without counting itself.
        await rig.SendAsync(Sender, ["a@one.example"], $"From: {Sender}\nTo: a@one.example\nSubject: {draft.subject}\n\n{draft.text}\n");
        var message = $"From: {Sender}\r\nTo: a@one.example\r\nSubject: {draft.subject}\r\n\r\n{draft.text}\r\n";
        for (var i = 0; i < 2; i++)
        {
            var again = await PostAsync(key, "/api/check", message);
            Assert.Equal("duplicate-send", Assert.Single(again.GetProperty("findings").EnumerateArray()).GetProperty("rule").GetString());
        }
    }

    [Theory]
    [InlineData("""{"to":["a@one.example"]}""", "body $.from")]
    [InlineData("""{"from":"me@inside.example"}""", "to")]
    [InlineData("""{"from":"me@inside.example","to":["nobody"]}""", "body $.to[0]")]
    [InlineData("""{"from":"me@inside.example","to":["a@one.example","x\r\nBcc: b@two.example"]}""", "body $.to[1]")]
    [InlineData("""{"from":"me@inside.example","to":["a@one.example"],"subject":"a\r\nTo: b@two.example"}""", "body $.subject")]
    [InlineData("""{"from":"me@inside.example","to":["a@one.example"],"attachments":[{"name":"a","content":"#"}]}""", "body $.attachments[0].content")]
    [InlineData("""{"from":"me@inside.example","to":["a@one.example"],"attachments":[{"name":"a","type":"text/plain\r\nX: y","content":""}]}""", "body $.attachments[0].type")]
    [InlineData("""{"from":"me@inside.example","to":["a@one.example"],"text":"x","message":"AAAA"}""", "body $.message")]
    public async Task ADraftThatNoMailCouldSayIsRefused(string draft, string where)
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var answer = await (await keys.ClientAsync(Sender, "check")).PostAsync("/api/check", new StringContent(draft, null, "application/json"));
        Assert.Equal(where, (await answer.ProblemAsync(HttpStatusCode.BadRequest)).GetProperty("where").GetString());
    }

    [Fact]
    public async Task TooLargeADraftIsRefusedBeforeItIsRead()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\napi:\n  check-size: 8kB\n");
        var keys = new Keys(rig);
        var key = await keys.ClientAsync(Sender, "check");
        var large = $"From: {Sender}\r\nTo: a@one.example\r\n\r\n{new string('x', 9000)}\r\n";
        await (await key.PostAsync("/api/check", Mail(large))).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        // Without a length said beforehand it ends where the limit is.
        var streamed = new HttpRequestMessage(HttpMethod.Post, "/api/check") { Content = Mail(large) };
        streamed.Headers.TransferEncodingChunked = true;
        await (await key.SendAsync(streamed)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        await (await key.PostAsync("/api/check", Answers.Body(new { from = Sender, to = new[] { "a@one.example" }, text = new string('x', 9000) }))).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        await (await key.PostAsync("/api/check", new StringContent("x", null, "text/plain"))).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task AKeyWithoutTheScopeAsksNothing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await (await (await keys.ClientAsync(Sender, "read", "decide")).PostAsync("/api/check", Answers.Body(new { from = Sender, to = new[] { "a@one.example" } }))).ProblemAsync(HttpStatusCode.Forbidden);
    }

    private static async Task<JsonElement> CheckAsync(HttpClient key, object draft) => await (await key.PostAsync("/api/check", Answers.Body(draft))).OkAsync();

    private static async Task<JsonElement> PostAsync(HttpClient key, string path, string message) => await (await key.PostAsync(path, Mail(message))).OkAsync();

    private static ByteArrayContent Mail(string message) => new(Encoding.UTF8.GetBytes(message)) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };

    private static IEnumerable<string?> Actions(JsonElement answer) => answer.GetProperty("verdicts").EnumerateArray().Select(v => v.GetProperty("action").GetString());
}
