using System.Net;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>What waits, and all mail: each sees his own part.</summary>
public sealed class ListTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task What_waits_for_me_comes_first_and_others_mail_is_the_administrators_alone()
    {
        await using var rig = await ConsoleRig.StartAsync(DecisionPageTests.ApprovalYaml);
        var mine = await rig.SendHeldAsync("Mine");
        var secret = await rig.SendAsync(Me, ["a@one.example"], DecisionPageTests.ToApprove("Secret"));
        var html = await rig.As(Me).GetStringAsync("/held");
        Assert.Contains("1 decision waits for you", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf($"/held/{mine}", StringComparison.Ordinal) < html.IndexOf("Yours, waiting for others", StringComparison.Ordinal));
        Assert.True(html.IndexOf("Yours, waiting for others", StringComparison.Ordinal) < html.IndexOf($"/held/{secret}", StringComparison.Ordinal));
        var boss = await rig.As("boss@inside.example", "approver").GetStringAsync("/held");
        Assert.Contains($"/held/{secret}", boss, StringComparison.Ordinal);
        Assert.DoesNotContain(mine, boss, StringComparison.Ordinal);
        var other = await rig.As("you@inside.example").GetStringAsync("/held");
        Assert.Contains("Nothing waits for you", other, StringComparison.Ordinal);
        Assert.DoesNotContain("/held/0", other, StringComparison.Ordinal);
        var administrator = await rig.As("root@inside.example", "administrator").GetStringAsync("/held");
        Assert.Contains("Everything else that waits", administrator, StringComparison.Ordinal);
        Assert.Contains(mine, administrator, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_searches_his_own_mail_and_an_auditor_all_of_it()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var mine = await rig.SendHeldAsync("Budget alpha");
        var theirs = await rig.SendHeldAsync("Budget beta", "you@inside.example");
        await rig.Index.CatchUpAsync(null, CancellationToken.None);
        var me = await rig.As(Me).GetStringAsync("/mail?q=budget");
        Assert.Contains(mine, me, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs, me, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs, await rig.As(Me).GetStringAsync("/mail?sender=you@inside.example"), StringComparison.Ordinal);
        var auditor = rig.As("eye@inside.example", "auditor");
        var all = await auditor.GetStringAsync("/mail?q=budget&state=1&rule=visible-recipients");
        Assert.Contains(mine, all, StringComparison.Ordinal);
        Assert.Contains(theirs, all, StringComparison.Ordinal);
        var some = await auditor.GetStringAsync("/mail?sender=you@inside.example");
        Assert.Contains(theirs, some, StringComparison.Ordinal);
        Assert.DoesNotContain(mine, some, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q=nothinglikeit", "No mail fits")]
    [InlineData("from=2099-01-01", "No mail fits")]
    [InlineData("state=99&rule=none&from=yesterday&until=0000-00-00", "Newest first")]
    [InlineData("q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "No mail fits")]
    public async Task Odd_questions_get_an_answer(string query, string says)
    {
        await using var rig = await ConsoleRig.StartAsync();
        await rig.SendHeldAsync();
        await rig.Index.CatchUpAsync(null, CancellationToken.None);
        var html = await rig.As(Me).GetStringAsync($"/mail?{query}");
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_continuation_that_is_none_of_ours_is_turned_away()
    {
        await using var rig = await ConsoleRig.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await rig.As(Me).GetAsync("/mail?after=%00%27or")).StatusCode);
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        await using var rig = await ConsoleRig.StartAsync();
        for (var i = 0; i < 52; i++)
        {
            await rig.SendAsync(Me, ["x@inside.example"], $"From: {Me}\nTo: x@inside.example\nSubject: Note {i}\n\nText {i}\n");
        }

        await rig.Index.CatchUpAsync(null, CancellationToken.None);
        var me = rig.As(Me);
        var first = await me.GetStringAsync("/mail?q=note");
        Assert.Contains("Note 51", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Note 1<", first, StringComparison.Ordinal);
        var next = WebUtility.HtmlDecode(first.Split("href=\"/mail?q=note&amp;after=")[1].Split('"')[0]);
        var second = await me.GetStringAsync($"/mail?q=note&after={next}");
        Assert.Contains("Note 1<", second, StringComparison.Ordinal);
        Assert.Contains("Note 0<", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Note 51", second, StringComparison.Ordinal);
    }
}
