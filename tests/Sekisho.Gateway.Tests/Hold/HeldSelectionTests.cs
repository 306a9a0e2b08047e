using Sekisho.Gateway.Hold;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Hold;

/// <summary>Law 4: a decision moves the mail that was named, and no other.</summary>
public sealed class HeldSelectionTests
{
    private static readonly HeldDelivery[] s_held = [Held(5, "01m7zqtp77aaaa"), Held(7, "01m7zqtp77bbbb"), Held(9, "01m7zqtp77bbbb")];

    [Theory]
    [InlineData("5", new long[] { 5 })]
    [InlineData("01m7zqtp77bbbb", new long[] { 7, 9 })]
    [InlineData("01M7ZQTP77A", new long[] { 5 })]
    [InlineData("01m7zqtp77b", new long[] { 7, 9 })]
    [InlineData("6", new long[] { })]
    [InlineData("-5", new long[] { })]
    [InlineData("01m", new long[] { })]
    [InlineData("", new long[] { })]
    public void A_name_selects_what_waits_of_one_mail(string id, long[] ids)
    {
        Assert.True(HeldSelection.TryFind(s_held, id, out var found));
        Assert.Equal(ids, found.Select(h => h.Id));
    }

    [Fact]
    public void A_beginning_that_several_mails_share_selects_none_of_them()
        => Assert.False(HeldSelection.TryFind(s_held, "01m7zqtp77", out _));

    private static HeldDelivery Held(long id, string submission) => new()
    {
        Id = id,
        Submission = submission,
        Sender = "me@inside.example",
        Subject = "x",
        Recipients = ["a@a.example"],
        Action = PolicyAction.Hold,
        Rules = [],
        Since = default,
        Approvers = [],
        DecisionDigest = "",
        MessageDigest = "",
        Findings = [],
    };
}
