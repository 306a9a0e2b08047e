using System.Net;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Admin;

/// <summary>The pages of administration and the audit trail: who may open them, and what they do.</summary>
public sealed class PagesTests
{
    private const string Two = "organization:\n  domains: [inside.example, sub.inside.example]\nusers:\n  - address: hand@inside.example\n    roles: [approver]\n";

    private static Account Account(string address, string[] roles, params string[] scopes) => new() { Address = address, Roles = roles, Scopes = scopes, CreatedAt = DateTimeOffset.UtcNow };

    [Fact]
    public async Task Each_page_opens_for_whom_it_is_and_nobody_else()
    {
        await using var rig = await ConsoleRig.StartAsync(Two);
        await rig.Store.Accounts.SaveAsync(Account("x@inside.example", ["sender"]), "test", CancellationToken.None);
        string[] all = ["/admin/policy", "/admin/policy/text", "/admin/policy/what-if", "/admin/policy/history", "/admin/domains", "/admin/system"];
        string[] part = ["/admin", "/admin/users", "/admin/stops"];
        string[] audit = ["/audit", "/audit/export"];
        var visitors = new (HttpClient Client, string[] Open)[]
        {
            (rig.As("s@inside.example", "sender"), []),
            (rig.As("a@inside.example", "approver"), []),
            (rig.As("u@inside.example", "auditor"), audit),
            (rig.As("p@inside.example", "privacy-officer"), audit),
            (rig.As("b@inside.example", "administrator"), [.. all, .. part, .. audit, "/admin/users/one?address=x@inside.example"]),
            (rig.AsScoped("c@sub.inside.example", "administrator", "@sub.inside.example"), [.. part, .. audit]),
        };
        foreach (var (client, open) in visitors)
        {
            foreach (var page in all.Concat(part).Concat(audit).Append("/admin/users/one?address=x@inside.example"))
            {
                var status = (await client.GetAsync(page)).StatusCode;
                Assert.True(open.Contains(page) ? status == HttpStatusCode.OK : status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{page} for {client.DefaultRequestHeaders.GetValues("X-Test-Visitor").Single()}: {status}");
            }

            foreach (var page in all.Concat(part).Append("/audit").Append("/admin/policy/validate").Where(p => !open.Contains(p) && p != "/admin"))
            {
                Assert.True((await client.PostAsync(page, new FormUrlEncodedContent([]))).StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest);
            }
        }

        var stranger = rig.Browser();
        foreach (var page in all.Concat(part).Concat(audit))
        {
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync(page)).StatusCode);
        }
    }

    [Fact]
    public async Task Pages_speak_one_language_at_a_time()
    {
        await using var rig = await ConsoleRig.StartAsync(Two);
        var boss = rig.As("b@inside.example", "administrator");
        boss.DefaultRequestHeaders.AcceptLanguage.Clear();
        boss.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ja");
        foreach (var (page, word) in new[] { ("/admin", "管理"), ("/admin/policy", "送信者の確認を待つ"), ("/admin/policy/text", "編集できる部分"), ("/admin/policy/what-if", "変更はありません"), ("/admin/users", "利用者を追加"), ("/admin/domains", "自組織のドメイン"), ("/admin/system", "配送先"), ("/admin/stops", "送信停止"), ("/audit", "監査記録") })
        {
            var html = await boss.GetStringAsync(page);
            Assert.Contains(word, html, StringComparison.Ordinal);
            Assert.Contains("lang=\"ja\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rule_is_changed_added_and_removed_by_forms_and_the_draft_alone_changes()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\n# kept\npolicy: []\n");
        var boss = rig.As("b@inside.example", "administrator");
        const string Page = "/admin/policy";
        var changed = await ConsoleRig.PostAsync(boss, Page, Page, ("rule", "strangers-many"), ("what", "change"), ("then", "Hold"), ("m-groups", ">= 4"), ("enabled", "true"), ("unless-recipient", ""), ("approvers", ""), ("note-en", "Note"), ("note-ja", "説明"));
        Assert.Equal(Page, changed.Headers.Location?.OriginalString);
        await ConsoleRig.PostAsync(boss, Page, Page, ("what", "add"), ("template", "keyword"), ("name", "board"), ("keyword", "取締役会\nboard"), ("then", "Approve"), ("unless-recipient", "@partner.example"));
        var draft = (await rig.Store.Configurations.FindDraftAsync("b@inside.example", CancellationToken.None))!.Text;
        Assert.Contains("# kept\npolicy:\n  - name: strangers-many\n    when: { finding: [\"visible-recipients\"], groups: \">= 4\" }\n    then: hold\n", draft, StringComparison.Ordinal);
        Assert.Contains("  - name: board\n    when: { keyword: [\"取締役会\", \"board\"] }\n    unless: { recipient: [\"*@partner.example\"] }\n    then: approve\n", draft.Replace("[\"@partner", "[\"*@partner", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Gateway.Config.Config.Policy.Rules, r => r.Name == "board");
        Assert.Contains("your own", await boss.GetStringAsync(Page), StringComparison.Ordinal);

        await ConsoleRig.PostAsync(boss, Page, Page, ("rule", "board"), ("what", "remove"));
        Assert.DoesNotContain("board", (await rig.Store.Configurations.FindDraftAsync("b@inside.example", CancellationToken.None))!.Text, StringComparison.Ordinal);

        var wrong = await ConsoleRig.PostAsync(boss, Page, Page, ("rule", "strangers-many"), ("what", "change"), ("then", "Hold"), ("m-groups", "many"), ("enabled", "true"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("is no comparison", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domains_go_into_the_draft_and_freemail_and_slips_are_told()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var boss = rig.As("b@inside.example", "administrator");
        const string Page = "/admin/domains";
        var refused = await ConsoleRig.PostAsync(boss, Page, Page, ("domains", "inside.example\ngmail.com"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("freemail", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ConsoleRig.PostAsync(boss, Page, Page, ("domains", "inside.example\ninsdie.example"), ("companies", "Acme = acme.example"));
        Assert.Contains("looks much like", await boss.GetStringAsync(Page), StringComparison.Ordinal);
        Assert.Contains("companies:", (await rig.Store.Configurations.FindDraftAsync("b@inside.example", CancellationToken.None))!.Text, StringComparison.Ordinal);
        Assert.Equal(["inside.example"], rig.Gateway.Config.Config.Domains);
    }

    [Fact]
    public async Task A_sender_is_stopped_listed_and_let_go_on_and_only_within_ones_part()
    {
        await using var rig = await ConsoleRig.StartAsync(Two);
        var part = rig.AsScoped("c@sub.inside.example", "administrator", "@sub.inside.example");
        const string Page = "/admin/stops";
        Assert.Equal(HttpStatusCode.BadRequest, (await ConsoleRig.PostAsync(part, Page, Page, ("sender", "me@inside.example"), ("sure", "yes"), ("what", "stop"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ConsoleRig.PostAsync(part, Page, Page, ("sender", "me@sub.inside.example"), ("what", "stop"))).StatusCode);
        Assert.Empty(await rig.Store.StopsAsync(CancellationToken.None));
        await ConsoleRig.PostAsync(part, Page, Page, ("sender", "me@sub.inside.example"), ("sure", "yes"), ("what", "stop"));
        Assert.Equal("c@sub.inside.example", Assert.Single(await rig.Store.StopsAsync(CancellationToken.None)).By);
        await rig.Store.StopAsync("other@inside.example", "x", CancellationToken.None);
        var html = await part.GetStringAsync(Page);
        Assert.Contains("me@sub.inside.example", html, StringComparison.Ordinal);
        Assert.DoesNotContain("other@inside.example", html, StringComparison.Ordinal);
        await ConsoleRig.PostAsync(part, Page, Page, ("sender", "other@inside.example"), ("what", "lift"));
        await ConsoleRig.PostAsync(part, Page, Page, ("sender", "me@sub.inside.example"), ("what", "lift"));
        Assert.Equal("other@inside.example", Assert.Single(await rig.Store.StopsAsync(CancellationToken.None)).Sender);
    }

    [Fact]
    public async Task Accounts_are_made_changed_and_removed_within_ones_rights()
    {
        await using var rig = await ConsoleRig.StartAsync(Two);
        var (boss, part) = (rig.As("b@inside.example", "administrator"), rig.AsScoped("c@sub.inside.example", "administrator", "@sub.inside.example"));
        const string Page = "/admin/users";
        var made = await (await ConsoleRig.PostAsync(boss, Page, Page, ("address", "New@inside.example"), ("name", "新人"), ("roles", "approver"), ("scopes", "@inside.example"))).Content.ReadAsStringAsync();
        Assert.Contains("shown this once", made, StringComparison.Ordinal);
        var account = (await rig.Store.Accounts.FindAsync("new@inside.example", CancellationToken.None))!;
        Assert.Equal(["approver"], account.Roles);
        Assert.Equal(["@inside.example"], account.Scopes);
        Assert.NotNull(account.PasswordHash);
        Assert.Contains("hand@inside.example", made, StringComparison.Ordinal);

        // Of another part: neither seen nor changed; nothing beyond his own part is given.
        Assert.DoesNotContain("new@inside.example", await part.GetStringAsync(Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await part.GetAsync("/admin/users/one?address=new@inside.example")).StatusCode);
        foreach (var (address, scopes) in new[] { ("z@inside.example", "@sub.inside.example"), ("z@sub.inside.example", ""), ("z@sub.inside.example", "@inside.example"), ("z@sub.inside.example", "@sub.inside.example\ndepartment:x") })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await ConsoleRig.PostAsync(part, Page, Page, ("address", address), ("roles", "administrator"), ("scopes", scopes))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await ConsoleRig.PostAsync(part, Page, Page, ("address", "z@sub.inside.example"), ("roles", "approver"), ("scopes", "@sub.inside.example"))).StatusCode);
        await ConsoleRig.PostAsync(part, "/admin/users/one?address=z@sub.inside.example", "/admin/users/one", ("address", "z@sub.inside.example"), ("what", "save"), ("roles", "approver"), ("scopes", "@sub.inside.example"), ("disabled", "yes"));
        Assert.True((await rig.Store.Accounts.FindAsync("z@sub.inside.example", CancellationToken.None))!.Disabled);
        await ConsoleRig.PostAsync(boss, "/admin/users/one?address=z@sub.inside.example", "/admin/users/one", ("address", "z@sub.inside.example"), ("what", "deputise"), ("substitute", "new@inside.example"), ("from", "2026-01-01"), ("until", "2099-12-31"));
        Assert.Equal("b@inside.example", Assert.Single(await rig.Store.Deputies.DeputiesAsync(new DateOnly(2030, 1, 1), CancellationToken.None)).By);
        await ConsoleRig.PostAsync(boss, "/admin/users/one?address=z@sub.inside.example", "/admin/users/one", ("address", "z@sub.inside.example"), ("what", "remove"));
        Assert.Null(await rig.Store.Accounts.FindAsync("z@sub.inside.example", CancellationToken.None));
    }

    [Fact]
    public async Task An_administrator_of_everything_always_remains_and_nobody_raises_himself()
    {
        await using var rig = await ConsoleRig.StartAsync(Two);
        var config = rig.Gateway.Config;
        var (chief, other, limited) = (Account("a@inside.example", ["administrator"]), Account("b@inside.example", ["sender"]), Account("c@sub.inside.example", ["administrator"], "@sub.inside.example"));
        var me = new Visitor { Address = "b@inside.example", Roles = ["administrator"] };
        Assert.NotNull(AccountKeeper.Objection(me, config, chief, null, [chief, other, limited]));
        Assert.NotNull(AccountKeeper.Objection(me, config, chief, chief with { Disabled = true }, [chief, other, limited]));
        Assert.NotNull(AccountKeeper.Objection(me, config, chief, chief with { Scopes = ["@inside.example"] }, [chief, other, limited]));
        Assert.Null(AccountKeeper.Objection(me, config, chief, null, [chief, Account("d@inside.example", ["administrator"])]));
        Assert.NotNull(AccountKeeper.Objection(me, config, other, other with { Roles = ["administrator"] }, [chief, other]));
        var part = new Visitor { Address = "c@sub.inside.example", Roles = ["administrator"], Scopes = ["@sub.inside.example"] };
        Assert.NotNull(AccountKeeper.Objection(part, config, limited, limited with { Scopes = [] }, [chief, limited]));
        Assert.NotNull(AccountKeeper.Objection(part, config, Account("e@sub.inside.example", ["auditor"]), Account("e@sub.inside.example", ["sender"]), [chief, limited]));
    }

    [Fact]
    public async Task The_trail_is_shown_in_words_filtered_verified_and_taken_out()
    {
        await using var rig = await ConsoleRig.StartAsync(Two);
        await rig.SendHeldAsync("Offer", "me@inside.example");
        await rig.SendHeldAsync("Other", "me@sub.inside.example");
        await rig.Store.StopAsync("<script>@inside.example", "b@inside.example", CancellationToken.None);
        var auditor = rig.As("u@inside.example", "auditor");
        var html = await auditor.GetStringAsync("/audit");
        Assert.Contains("The gateway started.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>@", html, StringComparison.Ordinal);
        var filtered = await auditor.GetStringAsync("/audit?kind=stopped&by=B@inside.example");
        Assert.Contains("stopped the mail of", filtered, StringComparison.Ordinal);
        Assert.DoesNotContain("The gateway started.", filtered, StringComparison.Ordinal);

        await ConsoleRig.PostAsync(auditor, "/audit", "/audit", ("what", "verify"));
        await ConsoleRig.UntilAsync(async () => (await auditor.GetStringAsync("/audit")).Contains("Unbroken", StringComparison.Ordinal));
        var lines = (await auditor.GetStringAsync("/audit/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var head = (await rig.Store.VerifyAuditAsync(null, CancellationToken.None)).HeadHash;
        Assert.Contains(head, lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("{\"number\":1,", lines[0], StringComparison.Ordinal);

        var part = await rig.AsScoped("v@sub.inside.example", "auditor", "@sub.inside.example").GetStringAsync("/audit/export");
        Assert.Contains("me@sub.inside.example", part, StringComparison.Ordinal);
        Assert.DoesNotContain("me@inside.example", part, StringComparison.Ordinal);
    }
}
