using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class SkeletonTests
{
    [Theory]
    [InlineData("аcme", "acme")]
    [InlineData("αcme", "acme")]
    [InlineData("ａｃｍｅ", "acme")]
    [InlineData("acrne", "acme")]
    [InlineData("vvest", "west")]
    [InlineData("g00gle", "google")]
    [InlineData("paypa1", "paypal")]
    [InlineData("Acmé", "acme")]
    public void What_looks_alike_has_one_skeleton(string drawn, string meant) => Assert.Equal(Skeleton.Of(meant), Skeleton.Of(drawn));

    [Theory]
    [InlineData("acme", "acne")]
    [InlineData("suzuki", "suzuka")]
    public void What_looks_different_has_two(string a, string b) => Assert.NotEqual(Skeleton.Of(a), Skeleton.Of(b));

    [Theory]
    [InlineData("аcme.example", true)]
    [InlineData("яндекс.example", false)]
    [InlineData("日本語acme.example", false)]
    [InlineData("acmé.example", false)]
    public void Letters_of_two_scripts_in_one_label_are_seen(string domain, bool mixed) => Assert.Equal(mixed, Skeleton.MixesScripts(domain));

    [Fact]
    public void A_domain_in_A_labels_is_read_as_people_see_it()
    {
        Assert.True(EmailAddress.TryParse("x@аcme.example", out var address));

        Assert.StartsWith("xn--", address.Domain, StringComparison.Ordinal);
        Assert.Equal("аcme.example", Skeleton.Seen(address.Domain));
        Assert.Equal("xn--\u0001.example", Skeleton.Seen("xn--\u0001.example"));
    }
}
