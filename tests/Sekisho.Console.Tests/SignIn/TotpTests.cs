using System.Text;
using Sekisho.Pages.SignIn;

namespace Sekisho.Pages.Tests.SignIn;

public sealed class TotpTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long seconds, string code)
        => Assert.Equal(code, Totp.Code(s_secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int steps, bool fits)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = Totp.StepOf(now) + steps;
        Assert.Equal(fits ? step : null, Totp.Match(s_secret, Totp.Code(s_secret, step), now));
    }

    [Theory]
    [InlineData("005 924", true)]
    [InlineData("００５９２４", true)]
    [InlineData("5924", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("0059240059240059240059240059", false)]
    public void Blanks_and_wide_digits_are_digits(string? typed, bool fits)
        => Assert.Equal(fits, Totp.Match(s_secret, typed, DateTimeOffset.FromUnixTimeSeconds(1234567890)) is not null);

    /// <summary>RFC 4648, section 10, without the padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_standard(string text, string encoded) => Assert.Equal(encoded, Totp.Base32(Encoding.ASCII.GetBytes(text)));
}
