using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class KanaSlipTests
{
    private static string Domain(string domain)
    {
        Assert.True(EmailAddress.TryParse("x@" + domain, out var address));
        return address.Domain;
    }

    [Theory]
    [InlineData("gまいl.こm", "gmail.com")]
    [InlineData("やほお.cお.jp", "yahoo.co.jp")]
    [InlineData("えぁmpぇ.cお.jp", "example.co.jp")]
    [InlineData("acめ.cお.jp", "acme.co.jp")]
    [InlineData("acめ.こ.jp", "acme.co.jp")]
    [InlineData("しょうわ-corp.こm", "shouwa-corp.com")]
    public void WhatTheKeysWouldHaveWritten_IsRead(string typed, string meant) => Assert.Equal(meant, KanaSlip.Typed(Domain(typed)));

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("にほんご.jp")]
    [InlineData("日本語.jp")]
    [InlineData("お名前.com")]
    [InlineData("東京tower.jp")]
    [InlineData("аcme.example")]
    public void OtherDomains_AreNone(string domain) => Assert.Null(KanaSlip.Typed(Domain(domain)));
}
