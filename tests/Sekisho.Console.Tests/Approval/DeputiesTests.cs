using System.Net;
using Sekisho.Pages.Tests.Mail;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Approval;

/// <summary>Naming a deputy, who then decides a real mail, and the ways in which that must not work.</summary>
public sealed class DeputiesTests
{
    private const string Boss = "boss@inside.example";
    private const string Yaml = """
        organization: { domains: [inside.example] }
        policy:
          - { name: to-one, when: { recipient: "@one.example" }, then: approve, approvers: [boss@inside.example] }
        """;

    private static string Day(ConsoleRig rig, int days) => rig.Gateway.Config.Today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> NameAsync(ConsoleRig rig, string who, string deputy, int from, int until)
        => ConsoleRig.PostAsync(rig.As(who), "/account/deputies", "/account/deputies?handler=Add", ("address", deputy), ("from", Day(rig, from)), ("until", Day(rig, until)));

    [Fact]
    public async Task A_deputy_named_on_the_page_decides_at_once_and_his_name_stands_for_both()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var id = await rig.SendAsync("me@inside.example", ["a@one.example"], "From: me@inside.example\nTo: a@one.example\nSubject: plan\n\nHello\n");
        var deputy = rig.As("deputy@inside.example");
        Assert.Equal(HttpStatusCode.NotFound, (await deputy.GetAsync($"/held/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await NameAsync(rig, Boss, "Deputy@inside.example", 0, 3)).StatusCode);
        Assert.Contains("deputy@inside.example", await rig.As(Boss).GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("You stand in for", await deputy.GetStringAsync("/account/deputies"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await Outbox.PressAsync(deputy, $"/held/{id}", "approve")).StatusCode);
        Assert.Single(await Outbox.UntilAsync(rig, id, 1));
        var decided = (await rig.Store.FindSubmissionAsync(id, CancellationToken.None))!.Events.Last(e => e.Kind == "decided");
        Assert.Equal("deputy@inside.example", decided.By);
        Assert.Contains("\"for\":\"boss@inside.example\"", decided.DetailJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_or_not_yet_begun_he_decides_nothing()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var id = await rig.SendAsync("me@inside.example", ["a@one.example"], "From: me@inside.example\nTo: a@one.example\nSubject: plan\n\nHello\n");
        await NameAsync(rig, Boss, "deputy@inside.example", 1, 3);
        Assert.Equal(HttpStatusCode.NotFound, (await rig.As("deputy@inside.example").GetAsync($"/held/{id}")).StatusCode);
        await NameAsync(rig, Boss, "deputy@inside.example", 0, 0);
        Assert.Equal(HttpStatusCode.OK, (await rig.As("deputy@inside.example").GetAsync($"/held/{id}")).StatusCode);
        foreach (var one in await rig.Store.Deputies.DeputiesAsync(rig.Gateway.Config.Today, CancellationToken.None))
        {
            await ConsoleRig.PostAsync(rig.As(Boss), "/account/deputies", "/account/deputies?handler=End", ("deputy", one.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await rig.As("deputy@inside.example").GetAsync($"/held/{id}")).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_anothers_deputy()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        await NameAsync(rig, Boss, "deputy@inside.example", 0, 3);
        var one = Assert.Single(await rig.Store.Deputies.DeputiesAsync(rig.Gateway.Config.Today, CancellationToken.None));
        var answer = await ConsoleRig.PostAsync(rig.As("me@inside.example"), "/account/deputies", "/account/deputies?handler=End", ("deputy", one.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Single(await rig.Store.Deputies.DeputiesAsync(rig.Gateway.Config.Today, CancellationToken.None));
    }

    [Theory]
    [InlineData("boss@inside.example", 0, 1, "somebody else")]
    [InlineData("x@one.example", 0, 1, "a colleague")]
    [InlineData("no address", 0, 1, "a colleague")]
    [InlineData("deputy@inside.example", 2, 1, "first and a last day")]
    [InlineData("deputy@inside.example", -3, -1, "first and a last day")]
    [InlineData("deputy@inside.example", 0, 400, "first and a last day")]
    public async Task What_cannot_be_is_said_and_not_kept(string deputy, int from, int until, string words)
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var answer = await NameAsync(rig, Boss, deputy, from, until);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await rig.Store.Deputies.DeputiesAsync(rig.Gateway.Config.Today.AddDays(-10), CancellationToken.None));
    }

    [Fact]
    public async Task Who_was_struck_off_on_the_page_stands_in_no_copy()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        await Outbox.PressAsync(rig.As("me@inside.example"), $"/held/{id}", "release", ("remove", "b@two.example"));
        var copy = Assert.Single(await Outbox.UntilAsync(rig, id, 1));
        Assert.Equal(["a@one.example"], copy.To);
        Assert.DoesNotContain("b@two.example", copy.Text, StringComparison.Ordinal);
        Assert.Contains("To: a@one.example", copy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_in_each_approvers_note_opens_the_page_as_him_alone()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var id = await rig.SendAsync("me@inside.example", ["a@one.example"], "From: me@inside.example\nTo: a@one.example\nSubject: plan\n\nHello\n");
        await ConsoleRig.UntilAsync(() => Task.FromResult(Directory.Exists(rig.Outbox) && Directory.GetFiles(rig.Outbox, "*.eml").Length == 2));
        var links = Directory.GetFiles(rig.Outbox, "*.eml").Select(f => Mime.MimeMessage.Parse(File.ReadAllBytes(f)))
            .ToDictionary(m => m.Headers.Addresses("To").Mailboxes[0].Address!.Key, m => m.Root.Children[0].ReadText().Text.Split('\n').First(l => l.Contains("/d/", StringComparison.Ordinal)).Trim());
        Assert.Equal([Boss, "me@inside.example"], links.Keys.Order(StringComparer.Ordinal));
        var boss = await Outbox.PressAsync(rig.Browser(), new Uri(links[Boss]).AbsolutePath, "approve");
        Assert.Equal(HttpStatusCode.Redirect, boss.StatusCode);
        Assert.Single(await Outbox.UntilAsync(rig, id, 1));
        Assert.DoesNotContain("value=\"approve\"", await rig.Browser().GetStringAsync(new Uri(links["me@inside.example"]).AbsolutePath), StringComparison.Ordinal);
    }
}
