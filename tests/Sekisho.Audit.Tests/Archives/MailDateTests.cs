using System.Globalization;
using System.Text;
using Sekisho.Audit.Archives;

namespace Sekisho.Audit.Tests.Archives;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("Mon, 6 Jul 2020 10:00:00 +0900", "2020-07-06T10:00:00+09:00")]
    [InlineData("6 Jul 2020 10:00 +0900", "2020-07-06T10:00:00+09:00")]
    [InlineData("Mon,6 Jul 2020 10:00:00+0900", "2020-07-06T10:00:00+09:00")]
    [InlineData("Mon, 06 Jul 2020 10:00:00 +0900 (JST)", "2020-07-06T10:00:00+09:00")]
    [InlineData("(what) Mon, 06 (a (b) c) Jul\r\n 2020 10:00:00 +0900", "2020-07-06T10:00:00+09:00")]
    [InlineData("Fri, 21 Nov 97 09:55:06 EST", "1997-11-21T09:55:06-05:00")]
    [InlineData("21 Nov 03 09:55 GMT", "2003-11-21T09:55:00+00:00")]
    [InlineData("21 Nov 103 09:55 PDT", "2003-11-21T09:55:00-07:00")]
    [InlineData("Friday, 21-Nov-97 09:55:06 GMT", "1997-11-21T09:55:06+00:00")]
    [InlineData("Fri Nov 21 09:55:06 1997", "1997-11-21T09:55:06+00:00")]
    [InlineData("Fri Nov 21 09:55:06 JST 1997", "1997-11-21T09:55:06+09:00")]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0000", "1997-11-21T09:55:06+00:00")]
    [InlineData("Fri, 21 Nov 1997 09:55:06 A", "1997-11-21T09:55:06+00:00")]
    [InlineData("Fri, 21 Nov 1997 09:55:60 +0000", "1997-11-21T09:55:59+00:00")]
    [InlineData("Fri, 21 Nov 1997 9:5:6 +0530", "1997-11-21T09:05:06+05:30")]
    [InlineData("Fri, 21 Nov 1997 09:55:06 PM -0800", "1997-11-21T21:55:06-08:00")]
    [InlineData("Fri, 21 November 1997 09:55:06 GMT+0900", "1997-11-21T09:55:06+09:00")]
    [InlineData("Fri, 21 Nov 1997 09:55:06 +9900", "1997-11-21T09:55:06+00:00")]
    [InlineData("1997-11-21T09:55:06+09:00", "1997-11-21T09:55:06+09:00")]
    [InlineData("1997-11-21T09:55:06.123Z", "1997-11-21T09:55:06+00:00")]
    [InlineData("1997-11-21 09:55:06 +0900", "1997-11-21T09:55:06+09:00")]
    [InlineData("Fri, 21 Nov 1997 09:55:06 Tokyo Standard Time", "1997-11-21T09:55:06+00:00")]
    [InlineData("Sat, 29 Feb 2020 00:00:00 +0900", "2020-02-29T00:00:00+09:00")]
    public void Dates_of_every_form_are_read(string text, string expected)
    {
        Assert.True(MailDate.TryParse(Encoding.ASCII.GetBytes(text), out var at));
        Assert.Equal(expected, at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("Mon, 31 Jun 2020 10:00:00 +0900")]
    [InlineData("Sat, 29 Feb 2021 00:00:00 +0900")]
    [InlineData("Mon, 6 Jul 2020 25:00:00 +0900")]
    [InlineData("Mon, 6 Jul 2020 10:61:00 +0900")]
    [InlineData("Mon, 6 Jul 99999 10:00:00 +0900")]
    [InlineData("6 7 2020 10:00:00")]
    [InlineData("06/07/2020 10:00:00")]
    [InlineData("Jul Jul 6 2020 10:00")]
    [InlineData("Mon, 6 Jul 0000 10:00:00 +0900")]
    [InlineData("(((((")]
    public void What_is_no_date_is_none(string text) => Assert.False(MailDate.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Random_bytes_are_read_or_not_but_never_throw()
    {
        var random = new Random(20200706);
        var words = new[] { "Mon", ",", " ", "6", "Jul", "2020", "10:00:00", "+0900", "(", ")", "-", ":", "T", "\r\n", "99", "AM", "0", "\\", "GMT+", "\u00ff", "9999", "1-Jan-", "+", "2020-07-06" };
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)]));
            _ = MailDate.TryParse(Mails.Bytes(text), out _);
            _ = Separator.TryRead(Mails.Bytes("From " + text), out _);
        }
    }
}
