using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class OrganisationTests
{
    private static EmailAddress A(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("a@EXAMPLE.Com", true)]
    [InlineData("a@evil-example.com", false)]
    [InlineData("a@example.com.evil.test", false)]
    [InlineData("a@mail.example.com", false)]
    [InlineData("a@xexample.com", false)]
    [InlineData("a@example.co", false)]
    [InlineData("a@sub.branch.example", true)]
    [InlineData("a@deep.sub.branch.example", true)]
    [InlineData("a@branch.example", false)]
    [InlineData("a@evilbranch.example", false)]
    [InlineData("a@日本.example", true)]
    [InlineData("a@xn--wgv71a.example", true)]
    [InlineData("\"x@example.com\"@other.example", false)]
    public void Inside_IsExactOrAnExplicitWildcard(string address, bool inside)
        => Assert.Equal(inside, new Organisation([" Example.COM. ", "*.branch.example", "日本.example"]).IsInside(A(address)));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("*.")]
    public void WhatIsNoDomain_IsRefused(string domain) => Assert.Throws<ArgumentException>(() => new Organisation([domain]));

    [Fact]
    public void WithoutDomains_TheSendersOwnIsInside()
    {
        var organisation = new Organisation([]);
        Assert.False(organisation.HasDomains);
        Assert.True(organisation.ForSender("a@sender.example").IsInside(A("b@sender.example")));
        Assert.False(organisation.ForSender("a@sender.example").IsInside(A("b@other.example")));
        Assert.False(organisation.ForSender("a@sender.example").IsInside(A("b@mail.sender.example")));
        Assert.False(organisation.ForSender("invented@gmail.com").IsInside(A("invented@gmail.com")));
        Assert.False(organisation.ForSender("").IsInside(A("b@sender.example")));
        Assert.False(organisation.ForSender("no address").IsInside(A("b@sender.example")));
        Assert.False(organisation.IsInside(A("b@sender.example")));
    }

    [Fact]
    public void WithDomains_TheSenderDoesNotMatter()
    {
        var organisation = new Organisation(["home.example"]);
        Assert.Same(organisation, organisation.ForSender("a@sender.example"));
        Assert.False(organisation.ForSender("a@sender.example").IsInside(A("a@sender.example")));
    }

    [Theory]
    [InlineData("a@example.com", "example.com")]
    [InlineData("a@mail.tokyo.example.com", "example.com")]
    [InlineData("a@example.co.jp", "example.co.jp")]
    [InlineData("a@sales.example.co.jp", "example.co.jp")]
    [InlineData("a@x.y.example.or.jp", "example.or.jp")]
    [InlineData("a@dept.example.ac.jp", "example.ac.jp")]
    [InlineData("a@example.jp", "example.jp")]
    [InlineData("a@mail.example.jp", "example.jp")]
    [InlineData("a@co.jp", "co.jp")]
    [InlineData("a@example.tokyo.jp", "example.tokyo.jp")]
    [InlineData("a@school.shinjuku.tokyo.jp", "school.shinjuku.tokyo.jp")]
    [InlineData("a@mail.school.shinjuku.tokyo.jp", "school.shinjuku.tokyo.jp")]
    [InlineData("a@pref.osaka.jp", "pref.osaka.jp")]
    [InlineData("a@section.pref.osaka.jp", "pref.osaka.jp")]
    [InlineData("a@pref.osaka.lg.jp", "pref.osaka.lg.jp")]
    [InlineData("a@city.osaka.lg.jp", "city.osaka.lg.jp")]
    [InlineData("a@section.city.osaka.lg.jp", "city.osaka.lg.jp")]
    [InlineData("a@town.oi.fukui.lg.jp", "town.oi.fukui.lg.jp")]
    [InlineData("a@vill.b.fukui.lg.jp", "vill.b.fukui.lg.jp")]
    [InlineData("a@example.co.uk", "example.co.uk")]
    [InlineData("a@mail.example.com.au", "example.com.au")]
    [InlineData("a@example.gov.sg", "example.gov.sg")]
    [InlineData("a@tenant.onmicrosoft.com", "tenant.onmicrosoft.com")]
    [InlineData("a@shop.sakura.ne.jp", "shop.sakura.ne.jp")]
    [InlineData("a@www.shop.sakura.ne.jp", "shop.sakura.ne.jp")]
    [InlineData("a@mail.company.example", "company.example")]
    [InlineData("a@mail.company.test", "company.test")]
    [InlineData("a@[192.0.2.1]", "[192.0.2.1]")]
    [InlineData("a@a.b.c.d.e.f.g.h.example.com", "example.com")]
    [InlineData("Invented@Gmail.com", "invented@gmail.com")]
    [InlineData("invented@aqua.ocn.ne.jp", "invented@aqua.ocn.ne.jp")]
    [InlineData("invented@t.vodafone.ne.jp", "invented@t.vodafone.ne.jp")]
    [InlineData("invented@tees.ne.jp", "invented@tees.ne.jp")]
    [InlineData("invented@mx1.some-catv.ne.jp", "invented@mx1.some-catv.ne.jp")]
    [InlineData("invented@mindspring.com", "invented@mindspring.com")]
    public void TheOrganisation_IsTheRegisteredNameOrTheWebmailUser(string address, string organisation)
        => Assert.Equal(organisation, new Organisation([]).OrganisationOf(A(address)));

    [Theory]
    [InlineData("gmail.com", true)]
    [InlineData("GMAIL.COM.", true)]
    [InlineData("yahoo.co.jp", true)]
    [InlineData("docomo.ne.jp", true)]
    [InlineData("i.softbank.jp", true)]
    [InlineData("yahoo.fr", true)]
    [InlineData("hotmail.co.uk", true)]
    [InlineData("au.com", true)]
    [InlineData("shop.au.com", false)]
    [InlineData("notgmail.com", false)]
    [InlineData("gmail.com.example", false)]
    [InlineData("yahoo.example.com", false)]
    [InlineData("yahoo.company", false)]
    [InlineData("example.ne.jp", false)]
    [InlineData("", false)]
    public void Freemail_IsKnownByItsDomain(string domain, bool freemail) => Assert.Equal(freemail, Organisation.IsFreemail(domain));

    [Fact]
    public void PartnersCountAsOne_WithTheirSubdomains()
    {
        var organisation = new Organisation(["home.example"], [["One.example", "two.example"], ["three.example", "*.four.example"], []]);
        var one = organisation.OrganisationOf(A("a@one.example"));
        Assert.Equal(one, organisation.OrganisationOf(A("b@sub.two.example")));
        Assert.NotEqual(one, organisation.OrganisationOf(A("c@three.example")));
        Assert.Equal(organisation.OrganisationOf(A("c@three.example")), organisation.OrganisationOf(A("d@x.four.example")));
        Assert.NotEqual(one, organisation.OrganisationOf(A("c@evil-one.example")));
        Assert.Equal(one, organisation.ForSender("x@y.example") is var same ? same.OrganisationOf(A("a@two.example")) : "");
    }

    [Fact]
    public void ADomainOfManyDots_IsReadFast()
    {
        Assert.Equal("b.example", RegistrableDomains.Of(string.Concat(Enumerable.Repeat("a.", 100_000)) + "b.example"));
        Assert.Equal("", RegistrableDomains.Of(""));
        Assert.Equal("", RegistrableDomains.Of("."));
    }
}
