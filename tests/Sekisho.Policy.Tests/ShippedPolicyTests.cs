namespace Sekisho.Policy.Tests;

public sealed class ShippedPolicyTests
{
    [Fact]
    public void The_canonical_text_reads_back_to_the_same_version()
    {
        var again = PolicySet.FromCanonicalText(PolicySet.Shipped.CanonicalText);

        Assert.Equal(PolicySet.Shipped.Version, again.Version);
        Assert.Equal(PolicySet.Shipped.CanonicalText, again.CanonicalText);
        Assert.Matches("^[0-9a-f]{16}$", again.Version);
    }

    [Fact]
    public void An_empty_file_gives_the_defaults()
    {
        var config = SekishoConfig.Parse("", "sekisho.yaml", out var errors);

        Assert.Empty(errors);
        Assert.Equal(PolicySet.Shipped.Version, config!.Policy.Version);
        Assert.Equal(SekishoConfig.Default.Listeners, config.Listeners);
    }
}
