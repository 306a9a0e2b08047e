using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Search;

public sealed class SearchingTests : IndexTest
{
    [Fact]
    public async Task Mail_is_found_by_any_part_of_sender_recipients_and_subject_without_regard_to_case_and_width()
    {
        var (tokyo, _) = await MailAsync("taro.yamada@example.com", "見積書のご送付（ＡＢＣ商事）", ["Hanako@Partner.example", "jiro@example.org"]);
        var (other, _) = await MailAsync("sales@example.com", "ﾃﾞｰﾀの件", ["someone@else.example"]);

        Assert.Equal([tokyo], await IdsAsync(new MailQuery { Text = "abc商事" }));
        Assert.Equal([tokyo], await IdsAsync(new MailQuery { Text = "見" }));
        Assert.Equal([tokyo], await IdsAsync(new MailQuery { Text = "見積 HANAKO yamada" }));
        Assert.Equal([other], await IdsAsync(new MailQuery { Text = "データ" }));
        Assert.Equal([other, tokyo], await IdsAsync(new MailQuery { Text = "example" }));
        Assert.Equal([], await IdsAsync(new MailQuery { Text = "見積 nobody" }));
        Assert.Equal([tokyo], await IdsAsync(new MailQuery { Recipient = "@partner" }));
        Assert.Equal([], await IdsAsync(new MailQuery { Sender = "hanako" }));
        Assert.Equal([other], await IdsAsync(new MailQuery { Sender = "SALES@" }));
        Assert.Equal([], await IdsAsync(new MailQuery { Subject = "sales" }));
    }

    [Fact]
    public async Task A_row_tells_where_the_mail_stands_after_every_step()
    {
        var mail = Mail.New(Time);
        var accepted = await Store.AcceptAsync(mail);
        Assert.Equal(MailState.Inspecting, Assert.Single((await SearchAsync(new MailQuery())).Rows).State);

        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0)) with { Findings = [Mail.Finding()] });
        var row = Assert.Single((await SearchAsync(new MailQuery { State = MailState.Held })).Rows);
        Assert.Equal((mail.Id, PolicyAction.Hold, 1, "person0@example.net"), (row.Id, row.Action, row.Recipients, row.FirstRecipient));
        Assert.Equal([RuleNames.VisibleRecipients], row.Rules);

        var held = Assert.Single(await Store.HeldAsync(None));
        await Store.DecideAsync(held.Decide(DecisionKind.Release));
        Assert.Equal([mail.Id], await IdsAsync(new MailQuery { State = MailState.OnTheWay }));

        await Store.EndAsync(Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)), Outcome.Delivered);
        Assert.Equal([mail.Id], await IdsAsync(new MailQuery { State = MailState.Delivered }));
        Assert.Equal([], await IdsAsync(new MailQuery { State = MailState.Held }));
    }

    [Fact]
    public async Task Every_recipient_of_a_mail_to_very_many_is_found()
    {
        var (id, _) = await MailAsync("sender@example.com", "news", [.. Enumerable.Range(0, 20_000).Select(i => $"reader{i:d5}@list{i % 7}.example")]);
        await MailAsync("sender@example.com", "other", ["reader@other.example"]);

        foreach (var one in (int[])[0, 3, 77, 5_000, 12_345, 19_999])
        {
            Assert.Equal([id], await IdsAsync(new MailQuery { Recipient = $"reader{one:d5}@list{one % 7}.example" }));
        }

        Assert.Equal([], await IdsAsync(new MailQuery { Recipient = "reader20000" }));
        Assert.Equal([id], await IdsAsync(new MailQuery { Text = "reader19999 NEWS" }));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'; DROP TABLE mail; --")]
    [InlineData("\"")]
    [InlineData("* OR NEAR( AND NOT")]
    [InlineData("a\0b\n\r\t")]
    [InlineData("\ud800")]
    [InlineData("💥 \u202e ｶﾞ")]
    public async Task No_query_is_an_error_or_means_anything_but_its_letters(string text)
    {
        await MailAsync("sender@example.com", "plain subject", ["a@example.net"]);
        var page = await SearchAsync(new MailQuery { Text = text, Sender = text, Recipient = text, Subject = text, Rule = text, OnlySenders = [text, "@" + text] });
        Assert.Equal([], page.Rows);

        var (id, _) = await MailAsync("sender@example.com", $"with <{text}> in it", ["a@example.net"]);
        if (text.Trim(' ', '\ud800').Length > 0)
        {
            Assert.Equal([id], await IdsAsync(new MailQuery { Subject = text }));
        }
    }

    [Fact]
    public async Task A_role_kept_to_its_senders_sees_no_other_mail()
    {
        var (a, _) = await MailAsync("anna@sales.example.com", "one", ["x@example.net"]);
        var (b, _) = await MailAsync("bert@sales.example.com", "two", ["x@example.net"]);
        var (c, _) = await MailAsync("anna@example.com", "three", ["bert@sales.example.com"]);

        Assert.Equal([a], await IdsAsync(new MailQuery { OnlySenders = ["ANNA@sales.example.com"] }));
        Assert.Equal([b, a], await IdsAsync(new MailQuery { OnlySenders = ["@sales.example.com"] }));
        Assert.Equal([c], await IdsAsync(new MailQuery { OnlySenders = ["@example.com", "nobody@example.com"] }));
        Assert.Equal([], await IdsAsync(new MailQuery { OnlySenders = ["@com", "@les.example.com", "@", "anna"] }));
    }

    [Fact]
    public async Task The_gateways_own_mail_is_shown_only_when_asked_for()
    {
        await Store.AcceptAsync(Mail.New(Time, origin: SubmissionOrigin.Gateway), null, default, None);
        Assert.Equal([], await IdsAsync(new MailQuery()));
        Assert.Single((await SearchAsync(new MailQuery { WithOwn = true })).Rows);
    }

    [Fact]
    public async Task Without_patience_the_page_says_so_and_going_on_finds_everything()
    {
        var needle = await MailAsync("sender@example.com", "needle", ["a@example.net"]);
        for (var i = 0; i < 40 * 256; i++)
        {
            await Store.AcceptAsync(Mail.New(Time), null, default, None);
        }

        await Index.CatchUpAsync(null, None);
        var page = await Index.SearchAsync(new MailQuery { Text = "needle", Patience = TimeSpan.Zero }, None);
        Assert.True(page.Partial);
        Assert.Empty(page.Rows);
        while (page.Next is { } next)
        {
            page = await Index.SearchAsync(new MailQuery { Text = "needle", Patience = TimeSpan.Zero, After = next }, None);
        }

        Assert.Equal(needle.Id, Assert.Single(page.Rows).Id);
        Assert.False(page.Partial);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(201, null)]
    [InlineData(50, "")]
    [InlineData(50, "-1")]
    [InlineData(50, "1 OR 1=1")]
    public async Task A_page_size_or_continuation_that_is_none_of_ours_is_refused(int max, string? after) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Index.SearchAsync(new MailQuery { Max = max, After = after }, None));
}
