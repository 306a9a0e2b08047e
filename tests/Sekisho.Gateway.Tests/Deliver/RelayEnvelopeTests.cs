using Sekisho.Gateway.Deliver;

namespace Sekisho.Gateway.Tests.Deliver;

public sealed class RelayEnvelopeTests
{
    /// <summary>Announced with every mail, needed by few: a relay without SMTPUTF8 took none of them.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Smtputf8_is_asked_for_where_the_mail_needs_it(bool eightBit, bool asked)
    {
        await using var bench = await Workbench.CreateAsync();
        var submission = (await bench.AcceptAsync("From: me@inside.example\r\n\r\nhello\r\n", "a@a.example")).Submission with { SmtpUtf8 = true, EightBit = eightBit };
        Assert.Equal(asked, RelayOutgoing.MailFrom(submission).SmtpUtf8);
    }
}
