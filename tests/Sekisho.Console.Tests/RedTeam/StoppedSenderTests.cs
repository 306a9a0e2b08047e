using System.Net;
using Sekisho.Pages.Tests.Mail;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.RedTeam;

/// <summary>Somebody has got into a person's account, an administrator stops all its mail: whoever sits in the account must not let it go again.</summary>
public sealed class StoppedSenderTests
{
    private const string Me = "me@inside.example";
    private const string Yaml = "organization:\n  domains: [inside.example]\nusers:\n  - address: admin@inside.example\n    roles: [administrator]\n";

    [Fact]
    public async Task A_stopped_sender_does_not_release_his_own_mail_by_page_or_by_link()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var id = await rig.SendHeldAsync();
        await rig.Store.StopAsync(Me, "admin@inside.example", CancellationToken.None);
        foreach (var (client, page) in new[] { (rig.As(Me), $"/held/{id}"), (rig.Browser(), await rig.LinkAsync(id, Me)) })
        {
            foreach (var kind in new[] { "release", "release-individually" })
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await Outbox.PressAsync(client, page, kind)).StatusCode);
            }
        }

        Assert.Equal(2, Assert.Single(await rig.Store.HeldOfAsync(id, CancellationToken.None)).Recipients.Count);
    }

    [Fact]
    public async Task What_he_sends_after_the_stop_waits_for_the_administrator_who_may_let_it_go()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        await rig.Store.StopAsync(Me, "admin@inside.example", CancellationToken.None);
        var id = await rig.SendAsync(Me, ["a@one.example"], $"From: {Me}\nTo: a@one.example\nSubject: plan\n\nHello\n");
        Assert.Equal(HttpStatusCode.Forbidden, (await Outbox.PressAsync(rig.As(Me), $"/held/{id}", "release")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Outbox.PressAsync(rig.As("admin@inside.example", "administrator"), $"/held/{id}", "release")).StatusCode);
        Assert.Single(await Outbox.UntilAsync(rig, id, 1));
    }

    [Fact]
    public async Task He_takes_it_back_at_any_time_and_releases_it_once_the_stop_is_lifted()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var (kept, gone) = (await rig.SendHeldAsync("one"), await rig.SendHeldAsync("two"));
        await rig.Store.StopAsync(Me, "admin@inside.example", CancellationToken.None);
        Assert.Equal(HttpStatusCode.Redirect, (await Outbox.PressAsync(rig.As(Me), $"/held/{gone}", "cancel")).StatusCode);
        await rig.Store.LiftStopAsync(Me, "admin@inside.example", CancellationToken.None);
        Assert.Equal(HttpStatusCode.Redirect, (await Outbox.PressAsync(rig.As(Me), $"/held/{kept}", "release-individually")).StatusCode);
        Assert.Equal(2, (await Outbox.UntilAsync(rig, kept, 2)).Count);
    }
}
