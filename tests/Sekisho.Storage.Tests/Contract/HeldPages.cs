namespace Sekisho.Storage.Tests.Contract;

/// <summary>What waits, a page at a time, however much it is.</summary>
public abstract class HeldPages<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task Pages_show_all_that_fits_once_oldest_first_and_whole()
    {
        for (var i = 0; i < 25; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(i % 3));
            await Store.HoldAsync(Mail.New(Time, recipients: 2, from: i % 2 == 0 ? "anna@example.com" : "bert@example.com"), i % 5 == 0 ? DeliveryState.Approval : DeliveryState.Held);
        }

        var expected = (await Store.HeldAsync(None)).Where(held => held.Sender == "anna@example.com").ToList();
        var found = new List<HeldDelivery>();
        string? after = null;
        do
        {
            var page = await Store.HeldPageAsync(held => held.Sender == "anna@example.com", after, 4, None);
            Assert.Equal(13, page.Total);
            Assert.True(page.Rows.Count <= 4);
            found.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equivalent(expected, found, strict: true);
        Assert.Equal(expected.Select(held => held.Id), found.Select(held => held.Id));
    }

    [Fact]
    public async Task Several_lists_are_paged_in_one_pass_each_as_if_alone()
    {
        for (var i = 0; i < 12; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Store.HoldAsync(Mail.New(Time, from: (i % 3) switch { 0 => "anna@example.com", 1 => "bert@example.com", _ => "nobody@example.com" }));
        }

        static int? ListOf(HeldDelivery held) => held.Sender switch { "anna@example.com" => 0, "bert@example.com" => 1, _ => null };
        var first = await Store.HeldPageAsync(held => held.Sender == "bert@example.com", null, 2, None);
        var looked = 0;
        var pages = await Store.HeldPagesAsync(held => { looked++; return ListOf(held); }, [null, first.Next], 2, None);
        Assert.Equal(12, looked);
        Assert.Equivalent(await Store.HeldPageAsync(held => ListOf(held) == 0, null, 2, None), pages[0], strict: true);
        Assert.Equivalent(await Store.HeldPageAsync(held => ListOf(held) == 1, first.Next, 2, None), pages[1], strict: true);
        Assert.Equal([2, 2], pages.Select(page => page.Rows.Count));
        Assert.Equal([4L, 4L], pages.Select(page => page.Total));
    }

    [Fact]
    public async Task The_outline_tells_whose_it_is_and_who_may_decide()
    {
        var mail = Mail.New(Time, recipients: 2) with { User = "user@example.com" };
        var terms = new ApprovalTerms(2, TimeSpan.FromHours(3), AtDeadline.Escalate, ["chef@example.com"]);
        var waits = Mail.Plan(DeliveryState.Approval, 0) with { Approvers = ["a@example.com", "b@example.com"], Terms = terms };
        await Store.InspectAsync(await Store.AcceptAsync(mail), Mail.Record(waits, Mail.Plan(DeliveryState.Held, 1) with { NotBefore = Time.Now + Mail.Minute }) with { Authors = ["author@example.com"] });
        var whole = await Store.HeldAsync(None);
        Assert.Equal(terms.Within, whole.Single(held => held.Action == Sekisho.Policy.PolicyAction.Approve).Terms.Within);

        var outlines = await Store.HeldOutlinesAsync(None);
        Assert.Equivalent(whole.Select(held => held with { Recipients = [], Ordinals = [], Findings = [], DecisionDigest = "", MessageDigest = "" }), outlines, strict: true);
        var shown = new List<HeldDelivery>();
        await Store.HeldPageAsync(held => { shown.Add(held); return true; }, null, 1, None);
        Assert.Equivalent(outlines, shown, strict: true);
    }

    [Fact]
    public async Task What_waits_of_one_submission_is_found_by_its_name()
    {
        var mail = Mail.New(Time, recipients: 3);
        await Store.InspectAsync(await Store.AcceptAsync(mail), Mail.Record(Mail.Plan(DeliveryState.Held, 0), Mail.Plan(DeliveryState.Ready, 1), Mail.Plan(DeliveryState.Approval, 2)));
        await Store.HoldAsync(Mail.New(Time));
        Assert.Equivalent((await Store.HeldAsync(None)).Where(held => held.Submission == mail.Id), await Store.HeldOfAsync(mail.Id, None), strict: true);
        Assert.Empty(await Store.HeldOfAsync("no such submission", None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.x")]
    [InlineData("1.1 OR 1")]
    public async Task A_continuation_that_is_none_of_ours_is_refused(string after) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.HeldPageAsync(_ => true, after, 10, None));
}
