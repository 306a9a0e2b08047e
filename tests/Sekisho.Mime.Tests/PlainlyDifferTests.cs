namespace Sekisho.Mime.Tests;

/// <summary>The quick look must never say of one address that it is two.</summary>
public sealed class PlainlyDifferTests
{
    private static readonly string[] s_written =
    [
        "a@example.com", "A@Example.COM", "a@example.com.", "a@example.com\u3002", " a@example.com", "\"a\"@example.com", "\"A\"@example.com", "a@\uFF45xample.com", "b@example.com", "a@example.org",
        "a+x@example.com", "\u00E9@example.com", "e\u0301@example.com", "a@\u4F8B\u3048.jp", "a@xn--r8jz45g.jp", "A@XN--R8JZ45G.JP", "\u212A@example.com", "k@example.com", "a@b@example.com",
        "a@[192.0.2.1]", "a@", "@a", "", "administrator", "a.@example.com", ".a@example.com", "a@ex_ample.com", "a@-example.com", "a@ex..ample.com", "a@EX..ample.com",
    ];

    [Fact]
    public void WhatPlainlyDiffersIsNeverTheSameAddress()
    {
        var told = 0;
        foreach (var a in s_written)
        {
            foreach (var b in s_written)
            {
                if (EmailAddress.PlainlyDiffer(a, b))
                {
                    told++;
                    Assert.False(EmailAddress.TryParse(a, out var first) && EmailAddress.TryParse(b, out var second) && first.Equals(second), $"{a} and {b} are one address");
                    Assert.False(string.Equals(a, b, StringComparison.OrdinalIgnoreCase));
                }
            }
        }

        Assert.True(told > 100);
    }

    [Theory]
    [InlineData("a@example.com", "b@example.com", true)]
    [InlineData("a@example.com", "a@example.org", true)]
    [InlineData("a+x@example.com", "a@example.com", true)]
    [InlineData("a@example.com", "A@EXAMPLE.com", false)]
    [InlineData("\"b\"@example.com", "a@example.com", false)]
    public void ItTellsWhatIsWrittenPlainly(string a, string b, bool differ) => Assert.Equal(differ, EmailAddress.PlainlyDiffer(a, b));
}
