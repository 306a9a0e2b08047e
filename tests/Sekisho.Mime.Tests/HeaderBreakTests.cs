namespace Sekisho.Mime.Tests;

public sealed class HeaderBreakTests
{
    [Theory]
    [InlineData("From: x@example.com\nSubject: s\nDate: d\nTo: a@example.com,\n\nb@example.com, c@example.org\n\nDear all\n")]
    [InlineData("From: x@example.com\nSubject: s\nDate: d\nBcc: a@example.com, \"Yamada\n\n Taro\" <b@example.com>\ntext\n")]
    [InlineData("From: x@example.com\nSubject: s\nDate: d\nBcc: a@example.com, Taro <b@\n\nexample.com>, c@example.org\n")]
    [InlineData("From: x@example.com\nSubject: s\nDate: d\nCc: a@example.com, bo\n\nb@example.com, c@example.org\n")]
    [InlineData("From: x@example.com\nTo: a@example.com\n\n, b@example.com, c@example.org\nSubject: s\nMIME-Version: 1.0\n\nDear all\n")]
    [InlineData("From: x@example.com\nBcc: a@example.com\n\nb@example.com, c@example.org\n d@example.net\nSubject: s\nDate: d\n\nDear all\n")]
    [InlineData("To: a@example.com\nFrom: x@example.com\n\n山田 <b@example.com>,\n佐藤 <c@example.com>\nSubject: s\n\nDear all\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: a@example.com\n\n, b@example.com\n\nDear all\n")]
    [InlineData("From: x@example.com\nTo: a@example.com\n\nSubject: s\nDate: d\n\nDear all\n")]
    [InlineData("From: x@example.com\nDate: d\n\nb@example.com, c@example.org\nSubject: s\n\nDear all\n")]
    [InlineData("From: x@example.com\nTo: a@example.com\n\nb@example.com\nc@example.org\n\nDear all\n")]
    public void A_header_torn_inside_its_recipients_is_found(string text)
        => Assert.Contains(Sample.Message(text).Defects, d => d.Kind == MimeDefectKind.HeaderEndsInsideAddresses);

    [Theory]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: a@example.com\n\na@example.com, b@example.com, c@example.com\n\nthese are the ones\n")]
    [InlineData("To: a@example.com\nFrom: x@example.com\nDate: d\nSubject: s\n\nFrom: y@example.com\nTo: b@example.com, c@example.com\nSubject: old\n\nquoted\n")]
    [InlineData("From: x@example.com\nTo: a@example.com\n\nPlease write to b@example.com, or to c@example.com\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: a@example.com\n\nDear all, as announced\n")]
    [InlineData("From: x@example.com\nTo: a@example.com\n\nhello\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: Friends: a@example.com;\n\nhello\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: undisclosed-recipients:;\n\nhello\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: a@example.com,\n b@example.com\n\n")]
    [InlineData("To: a@example.com,\nFrom: x@example.com\nDate: d\nSubject: s\n\nhello\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\nTo: a@example.com\nMIME-Version: 1.0\n\na@example.com, b@example.com\nSubject: old\n\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\n\n\"John Smith\" <j@example.net> on 12/04/2000 07:09:55 AM\nTo: x@example.com\ncc: \nSubject: old\n\nquoted\n")]
    [InlineData("From: x@example.com\nDate: d\nSubject: s\n\nj@example.net wrote, on Tuesday\nTo: x@example.com\n\nquoted\n")]
    public void An_ordinary_mail_is_left_alone(string text)
        => Assert.DoesNotContain(Sample.Message(text).Defects, d => d.Kind == MimeDefectKind.HeaderEndsInsideAddresses);
}
