using System.Net;
using Sekisho.Gateway.Hold;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>Every button of the decision page, seen in what leaves.</summary>
public sealed class DecisionPageTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task The_page_says_why_and_who_would_see_what_and_opening_it_changes_nothing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var html = await rig.As(Me).GetStringAsync($"/held/{id}");
        Assert.Contains("2 people who do not know each other would see each other&#x27;s addresses", html, StringComparison.Ordinal);
        Assert.Contains("2 people outside, from 2 organisations, would each see all of these:", html, StringComparison.Ordinal);
        Assert.Contains("a@one.example", html, StringComparison.Ordinal);
        Assert.Contains("It has happened:", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("release-individually", StringComparison.Ordinal) < html.IndexOf("value=\"release\"", StringComparison.Ordinal), "alone comes first");
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Each_individually_leaves_as_a_copy_each()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        var answer = await Outbox.PressAsync(me, $"/held/{id}", "release-individually");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var copies = await Outbox.UntilAsync(rig, id, 2);
        Assert.Equal(2, copies.Count);
        Assert.All(copies, c => Assert.Single(c.To));
        Assert.DoesNotContain("b@two.example", copies.Single(c => c.To[0] == "a@one.example").Text, StringComparison.Ordinal);
        var after = await me.GetStringAsync($"/held/{id}");
        Assert.Contains("Sent to each individually", after, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"part\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_is_leaves_as_one_copy()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        await Outbox.PressAsync(rig.As(Me), $"/held/{id}", "release");
        Assert.Equal(["a@one.example", "b@two.example"], Assert.Single(await Outbox.UntilAsync(rig, id, 2)).To);
    }

    [Fact]
    public async Task Taken_back_nothing_leaves()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        await Outbox.PressAsync(me, $"/held/{id}", "cancel");
        Assert.Contains("Not sent: taken back", await me.GetStringAsync($"/held/{id}"), StringComparison.Ordinal);
        Assert.All((await rig.Store.FindSubmissionAsync(id, CancellationToken.None))!.Recipients, r => Assert.Equal(Outcome.Cancelled, r.Outcome));
        Assert.Empty(Outbox.Of(rig, id));
    }

    [Fact]
    public async Task A_second_click_decides_nothing_and_says_what_happened()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        var part = Outbox.Part(await me.GetStringAsync($"/held/{id}"));
        await Outbox.PressAsync(me, $"/held/{id}", "cancel");
        var second = await ConsoleRig.PostAsync(me, "/error/404", $"/held/{id}", ("part", part), ("decide", "release"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var html = await second.Content.ReadAsStringAsync();
        Assert.Contains("Nothing was changed by this click", html, StringComparison.Ordinal);
        Assert.Contains("already decided", html, StringComparison.Ordinal);
        Assert.Contains("me@inside.example", html, StringComparison.Ordinal);
        Assert.Empty(Outbox.Of(rig, id));
    }

    [Fact]
    public async Task Other_bytes_than_those_seen_are_not_decided_on()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        var part = Outbox.Part(await me.GetStringAsync($"/held/{id}"));
        var stale = part[..^64] + new string('0', 64);
        var answer = await ConsoleRig.PostAsync(me, $"/held/{id}", $"/held/{id}", ("part", stale), ("decide", "release"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("changed since it was shown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_form_that_names_a_part_of_another_mail_decides_nothing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var mine = await rig.SendHeldAsync();
        var other = await rig.SendHeldAsync("Other");
        var me = rig.As(Me);
        var part = Outbox.Part(await me.GetStringAsync($"/held/{other}"));
        var answer = await ConsoleRig.PostAsync(me, $"/held/{mine}", $"/held/{mine}", ("part", part), ("decide", "release"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(2, (await rig.Store.HeldAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_post_without_the_forgery_token_is_refused()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        var part = Outbox.Part(await me.GetStringAsync($"/held/{id}"));
        var answer = await me.PostAsync($"/held/{id}", new FormUrlEncodedContent([KeyValuePair.Create("part", part), KeyValuePair.Create("decide", "release")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Strangers_and_colleagues_find_nothing_here()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        await rig.SendHeldAsync("Other", "you@inside.example");
        foreach (var visitor in new[] { rig.As("you@inside.example"), rig.As("you@inside.example", "approver") })
        {
            var forbidden = await visitor.GetAsync($"/held/{id}");
            var unknown = await visitor.GetAsync($"/held/{new string('0', 26)}");
            Assert.Equal(HttpStatusCode.NotFound, forbidden.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
            Assert.Equal((await unknown.Content.ReadAsStringAsync()).Replace(new string('0', 26), id, StringComparison.Ordinal).Length, (await forbidden.Content.ReadAsStringAsync()).Length);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await rig.Browser().GetAsync($"/held/{id}")).StatusCode);
    }

    [Fact]
    public async Task Who_came_by_a_link_sees_and_decides_that_mail_alone()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var linked = rig.Browser();
        var link = await rig.LinkAsync(id, Me);
        var html = await linked.GetStringAsync(link);
        Assert.Contains($"action=\"{link}\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Outbox.PressAsync(linked, link, "release")).StatusCode);
        await Outbox.UntilAsync(rig, id, 2);
        Assert.Contains("Sent as it is", await linked.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_awaits_approval_shows_its_sender_who_decides_and_lets_him_only_take_it_back()
    {
        await using var rig = await ConsoleRig.StartAsync(ApprovalYaml);
        var id = await rig.SendAsync(Me, ["a@one.example"], ToApprove());
        var me = rig.As(Me);
        var html = await me.GetStringAsync($"/held/{id}");
        Assert.Contains("boss@inside.example", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"approve\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"release\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"cancel\"", html, StringComparison.Ordinal);
        foreach (var forced in new[] { "release", "release-individually", "approve", "reject" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Outbox.PressAsync(me, $"/held/{id}", forced, ("reason", "no"))).StatusCode);
        }

        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_approver_approves_and_it_leaves()
    {
        await using var rig = await ConsoleRig.StartAsync(ApprovalYaml);
        var id = await rig.SendAsync(Me, ["a@one.example"], ToApprove());
        await Outbox.PressAsync(rig.As("boss@inside.example", "approver"), $"/held/{id}", "approve");
        Assert.Equal(["a@one.example"], Assert.Single(await Outbox.UntilAsync(rig, id, 1)).To);
    }

    [Fact]
    public async Task An_approver_rejects_with_a_reason_that_is_shown()
    {
        await using var rig = await ConsoleRig.StartAsync(ApprovalYaml);
        var id = await rig.SendAsync(Me, ["a@one.example"], ToApprove());
        await Outbox.PressAsync(rig.As("boss@inside.example", "approver"), $"/held/{id}", "reject", ("reason", "wrong <b>customer\u202E"));
        var html = await rig.As(Me).GetStringAsync($"/held/{id}");
        Assert.Contains("Rejected, not sent", html, StringComparison.Ordinal);
        Assert.Contains("wrong &lt;b&gt;customer", html, StringComparison.Ordinal);
        Assert.Contains("customer‹U+202E›", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Empty(Outbox.Of(rig, id));
    }

    [Fact]
    public async Task Both_languages_and_no_mix()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        me.DefaultRequestHeaders.AcceptLanguage.Clear();
        me.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ja");
        var html = await me.GetStringAsync($"/held/{id}");
        Assert.Contains("1通ずつ個別に送る", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Send", html, StringComparison.Ordinal);
    }

    internal const string ApprovalYaml = """
        organization:
          domains: [inside.example]
        users:
          - address: boss@inside.example
            roles: [approver]
        policy:
          - name: secret-projects
            when: { keyword: [aardvark] }
            then: approve
        """;

    internal static string ToApprove(string subject = "Plan") => $"From: {Me}\nTo: a@one.example\nSubject: {subject}\nMessage-ID: <{Guid.NewGuid()}@inside.example>\n\nThe aardvark plan\n";
}
