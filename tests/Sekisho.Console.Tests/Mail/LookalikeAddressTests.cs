using Sekisho.Pages.Mails;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>Addresses that deceive the eye are told from honest ones.</summary>
public sealed class LookalikeAddressTests
{
    private static readonly LookalikeAddress s_of = new(["inside.example", "partner.example"]);

    [Theory]
    [InlineData("a@ins1de.example")]
    [InlineData("a@inslde.example")]
    [InlineData("a@insde.example")]
    [InlineData("a@isnide.example")]
    [InlineData("a@gmial.com")]
    [InlineData("a@gmai1.com")]
    [InlineData("a@xn--gmil-5cd.com")]
    [InlineData("аdmin@one.example")]
    [InlineData("a\u200Bb@one.example")]
    [InlineData("a\u202Eb@one.example")]
    public void Deceiving(string address) => Assert.NotNull(s_of.Of(address));

    [Theory]
    [InlineData("a@one.example")]
    [InlineData("a@gmail.com")]
    [InlineData("a@partner.example")]
    [InlineData("a@sub.partner.example")]
    [InlineData("田中@例え.jp")]
    [InlineData("a@xn--r8jz45g.jp")]
    [InlineData("a@yahoo.com")]
    public void Honest(string address) => Assert.Null(s_of.Of(address));
}
