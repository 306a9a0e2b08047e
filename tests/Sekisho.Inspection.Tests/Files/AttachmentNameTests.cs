using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class AttachmentNameTests
{
    private static Finding? See(string pattern, params string[] paths)
    {
        var message = MimeMessage.Parse(Look.Bytes(Look.Plain("x")));
        var address = EmailAddress.TryParse("taro@client.example", out var parsed) ? parsed : null;
        var context = new InspectionContext
        {
            Input = new InspectionInput { Message = message, MailFrom = "sender@home.example", Recipients = ["taro@client.example"], ReceivedAt = Look.Noon },
            Facts = new MessageFacts
            {
                Message = message,
                Recipients = [new EnvelopeRecipient("taro@client.example", address, false, "client.example")],
                Files = [.. paths.Select(p => new InspectedFile { Name = p[(p.LastIndexOf('/') + 1)..], Path = p, Kind = FileKind.Unknown, Size = 1 })],
            },
            Organisation = new Organisation(["home.example"]),
            Correspondence = new Gatherings(),
            Recent = new RecentMail(),
            Settings = new RuleSettings { FileNames = [new("mine", [pattern])] },
        };
        return new AttachmentName().Inspect(context, CancellationToken.None).SingleOrDefault();
    }

    [Theory]
    [InlineData("*ACME*", "見積_ＡＣＭＥ_2026.pdf")]
    [InlineData("*acme*", "ACME.xlsx")]
    [InlineData("*ACME*", "papers.zip/acme/list.xlsx")]
    [InlineData("*ｱｸﾒ*", "アクメ様.docx")]
    [InlineData("price list.pdf", "Price  List.pdf")]
    [InlineData("*.csv", "a.zip/b.csv")]
    [InlineData("*見積*2026*", "御見積書(2026年4月).pdf")]
    [InlineData("**a**", "xay")]
    public void A_name_that_fits_is_found(string pattern, string path)
    {
        var finding = See(pattern, "other.txt", path);

        Assert.Equal((1, 1), (finding!.Measures["files"], finding.Measures["list-mine"]));
        Assert.Contains("mine: ", finding.Evidence[0], StringComparison.Ordinal);
        Assert.Equal(["taro@client.example"], finding.Recipients);
    }

    [Theory]
    [InlineData("*ACME*", "acm.e.pdf")]
    [InlineData("ACME", "acme.pdf")]
    [InlineData("*.csv", "list.csv.pdf")]
    [InlineData("a*b", "xaxb")]
    [InlineData("?.pdf", "a.pdf")]
    [InlineData("*見積*2026*", "2026見積.pdf")]
    public void Another_is_not(string pattern, string path) => Assert.Null(See(pattern, path));

    [Fact]
    public void Without_lists_or_files_nothing_is_said()
    {
        Assert.Null(See("*a*"));
        Assert.Null(new Look().Finding("attachment-name", Look.Plain("x")));
    }

    [Fact]
    public void Stars_cost_no_more_than_pattern_times_name()
        => Assert.Null(See(string.Concat(Enumerable.Repeat("*a", 100)) + "*b", new string('a', 200_000)));

    [Fact]
    public void A_file_of_the_mail_itself_is_seen_by_its_name_alone()
    {
        var mail = "From: sender@home.example\nTo: taro@client.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\n"
            + "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''%E3%82%A2%E3%82%AF%E3%83%A1.bin\n\nx\n--b--\n";

        var finding = new Look { Settings = new() { FileNames = [new("mine", ["アクメ*"])] } }.Finding("attachment-name", mail);

        Assert.Equal("mine: アクメ.bin", finding!.Evidence[0]);
    }
}
