namespace Sekisho.Inspection.Tests;

public sealed class LikenessTests
{
    private static DomainSlip? Domains(string typed, string meant) => DomainLikeness.Compare(DomainParts.Of(typed), DomainParts.Of(meant));

    [Theory]
    [InlineData("acmee-trading.co.jp", "acme-trading.co.jp", "Domain", true)]
    [InlineData("yamada-shoij.co.jp", "yamada-shoji.co.jp", "Domain", true)]
    [InlineData("aceme.com", "acme.com", "Domain", false)]
    [InlineData("acme.con", "acme.com", "Tld", true)]
    [InlineData("acme.cm", "acme.com", "Tld", true)]
    [InlineData("acme.co", "acme.com", "Tld", true)]
    [InlineData("acme.cojp", "acme.co.jp", "Tld", true)]
    [InlineData("acmeco.jp", "acme.co.jp", "Tld", true)]
    [InlineData("acme.co.jp.com", "acme.co.jp", "Tld", true)]
    [InlineData("acme.com.evil.example", "acme.com", "Tld", true)]
    [InlineData("acme.com", "acme.co.jp", "Tld", false)]
    [InlineData("acme.jp", "acme.co.jp", "Tld", false)]
    [InlineData("midori.ne.jp", "midori.or.jp", "Tld", false)]
    [InlineData("midori.co.uk", "midori.com", "Tld", false)]
    [InlineData("acrne.com", "acme.com", "Homoglyph", true)]
    [InlineData("xn--cme-5cd.com", "acme.com", "Homoglyph", true)]
    public void Domains_resemble_each_other(string typed, string meant, string kind, bool strong)
    {
        var slip = Domains(typed, meant)!.Value;

        Assert.Equal((kind, strong), (slip.Kind.ToString(), slip.Strong));
        Assert.True(slip.Distance >= 1);
    }

    [Theory]
    [InlineData("acme.com", "acme.com")]
    [InlineData("mail.acme.com", "acme.com")]
    [InlineData("hp.com", "bp.com")]
    [InlineData("k00001-acme.example", "k00002-acme.example")]
    [InlineData("acme.de", "acme.dk")]
    [InlineData("acme.edu", "acme.dk")]
    [InlineData("midori.com", "aoba.com")]
    [InlineData("localhost", "acme.com")]
    [InlineData("city.oita.lg.jp", "city.ota.lg.jp")]
    [InlineData("city.izumo.shimane.jp", "city.izumi.osaka.jp")]
    [InlineData("pref.shiga.lg.jp", "pref.saga.lg.jp")]
    [InlineData("aoba-j.ed.jp", "aoba-h.ed.jp")]
    [InlineData("ftenergy.com", "epenergy.com")]
    public void Or_do_not(string typed, string meant) => Assert.Null(Domains(typed, meant));

    [Theory]
    [InlineData("suzuli", "suzuki", true)]
    [InlineData("szuuki", "suzuki", true)]
    [InlineData("ichiro.suzki", "ichiro.suzuki", true)]
    [InlineData("ichiro_suzuki", "ichiro.suzuki", true)]
    [InlineData("ichirosuzuki", "ichiro.suzuki", true)]
    [InlineData("t0moko", "tomoko", true)]
    [InlineData("saitoh", "saito", false)]
    [InlineData("hanada", "hamada", false)]
    [InlineData("t.hanada", "t.hamada", false)]
    public void Local_parts_resemble_each_other_and_a_name_of_its_own_is_probably_another_person(string typed, string meant, bool strong)
        => Assert.Equal(strong, LocalLikeness.Compare(typed, meant)!.Value.Strong);

    [Theory]
    [InlineData("member1", "member2")]
    [InlineData("customer001", "customer002")]
    [InlineData("suzuki1980", "suzuki1908")]
    [InlineData("suzuki1", "suzuki")]
    [InlineData("j.smith", "k.smith")]
    [InlineData("smith.j", "smith.k")]
    [InlineData("jsmith", "ksmith")]
    [InlineData("j.r.smith", "j.smith")]
    [InlineData("kato", "sato")]
    [InlineData("x1", "x2")]
    [InlineData("room10", "room11")]
    public void Members_of_a_series_and_other_initials_do_not(string typed, string meant) => Assert.Null(LocalLikeness.Compare(typed, meant));
}
