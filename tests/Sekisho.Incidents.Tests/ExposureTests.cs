using System.IO.Compression;
using System.Text;
using Sekisho.Incidents;
using Sekisho.Mime;

namespace Sekisho.Incidents.Tests;

public sealed class ExposureTests
{
    private static readonly Cast s_cast = Cast.Create("planted", 6, AudienceMix.Consumers);

    [Theory]
    [InlineData("To: {0}\r\n\r\nx\r\n")]
    [InlineData("Cc: someone@else.example,\r\n {0}\r\n\r\nx\r\n")]
    [InlineData("Bcc: {0}\r\n\r\nx\r\n")]
    [InlineData("X-Anything: <{0}>\r\n\r\nx\r\n")]
    [InlineData("Subject: a\r\n\r\nlist:{0};\r\n")]
    [InlineData("Subject: a\r\n\r\n{0}")]
    [InlineData("Subject: a\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\u001b$B%F\u001b(B{0}\r\n")]
    [InlineData("Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nTo: {0}\r\n\r\nx\r\n--b--\r\n")]
    public void A_planted_address_is_found_wherever_it_stands(string template)
        => Assert.Equal([2], Found(string.Format(null, template, s_cast.People[2].Address)));

    [Theory]
    [InlineData("=?UTF-8?B?{0}?=")]
    [InlineData("=?ISO-2022-JP?B?{0}?=")]
    public void An_address_in_an_encoded_word_is_found(string word)
    {
        var encoded = string.Format(null, word, Convert.ToBase64String(Encoding.ASCII.GetBytes(s_cast.People[3].Address)));
        Assert.Equal([3], Found($"Subject: {encoded}\r\n\r\nx\r\n"));
    }

    [Fact]
    public void Addresses_and_records_in_base64_and_quoted_printable_bodies_are_found()
    {
        var list = string.Join("\r\n", s_cast.People.Select((p, i) => i % 2 == 0 ? p.Address : p.Record));
        var base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(list), Base64FormattingOptions.InsertLineBreaks);
        Assert.Equal(6, Found($"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n").Count);
        var quoted = list.Replace("@", "=40", StringComparison.Ordinal).Replace("rec-", "re=\r\nc-", StringComparison.Ordinal);
        Assert.Equal(6, Found($"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}\r\n").Count);
    }

    [Fact]
    public void A_row_in_a_file_of_a_zip_container_is_found()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/sharedStrings.xml").Open();
            entry.Write(Encoding.UTF8.GetBytes($"<t>山田</t><t>{s_cast.People[5].Record}</t>"));
        }

        var body = Convert.ToBase64String(memory.ToArray(), Base64FormattingOptions.InsertLineBreaks);
        Assert.Equal([5], Found($"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n"));
    }

    [Fact]
    public void Text_in_utf_16_is_found()
    {
        var body = Convert.ToBase64String(Encoding.Unicode.GetBytes($"名簿 {s_cast.People[1].Address} {s_cast.People[4].Record}"));
        Assert.Equal([1, 4], Found($"Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n"));
    }

    [Fact]
    public void Strangers_to_the_cast_are_not_found()
        => Assert.Empty(Found("To: info@planted.example, reader00009-planted@gmail.com, @, a@, @b\r\n\r\nrec-000000-000001 rec-\r\n"));

    [Fact]
    public void An_individual_copy_exposes_nobody_and_a_shared_one_everybody_in_it()
    {
        var (one, other) = (s_cast.People[0].Address, s_cast.People[1].Address);
        var tally = new ExposureTally(s_cast);
        tally.Add(Message($"To: {one}\r\n\r\nx\r\n"), [one], _ => true, mustNotLeave: false, originalBody: null);
        Assert.Equal((0, 0), (tally.Exposed, tally.Strays));
        tally.Add(Message($"To: {one}, {other}\r\n\r\nx\r\n"), [one], _ => true, mustNotLeave: false, originalBody: null);
        Assert.Equal(1, tally.Exposed);
        tally.Add(Message($"To: {one}, {other}\r\n\r\nx\r\n"), [one, other], _ => true, mustNotLeave: false, originalBody: null);
        Assert.Equal(2, tally.Exposed);
        Assert.Equal(0, tally.Strays);
    }

    [Fact]
    public void Colleagues_may_see_everybody()
    {
        var tally = new ExposureTally(s_cast);
        tally.Add(Message($"To: {s_cast.People[0].Address}, {s_cast.People[1].Address}\r\n\r\nx\r\n"), [s_cast.Own("info")], _ => true, mustNotLeave: true, originalBody: null);
        Assert.Equal((0, 0, 0), (tally.Exposed, tally.Strays, tally.Forbidden));
    }

    [Fact]
    public void A_copy_outside_its_envelope_and_one_that_must_not_leave_are_counted()
    {
        var tally = new ExposureTally(s_cast);
        var to = s_cast.People[0].Address;
        tally.Add(Message("Subject: a\r\n\r\nx\r\n"), [to], a => a != to, mustNotLeave: false, originalBody: null);
        Assert.Equal(1, tally.Strays);
        tally.Add(Message("Subject: a\r\n\r\nx\r\n"), [to], _ => true, mustNotLeave: true, originalBody: null);
        Assert.Equal((1, 1, 0), (tally.Strays, tally.Forbidden, tally.Exposed));
    }

    [Fact]
    public void A_copy_with_another_body_is_noticed()
    {
        var tally = new ExposureTally(s_cast);
        var to = s_cast.People[0].Address;
        var original = ExposureTally.BodyDigest(Message("Subject: a\r\n\r\nthe body\r\n").Span);
        tally.Add(Message($"To: {to}\r\n\r\nthe body\r\n"), [to], _ => true, mustNotLeave: false, original);
        Assert.Equal(0, tally.Altered);
        tally.Add(Message($"To: {to}\r\n\r\nthe bodY\r\n"), [to], _ => true, mustNotLeave: false, original);
        Assert.Equal(1, tally.Altered);
    }

    // The mutation: where a gateway lets a re-enactment pass as it came, the count is the incident's own figure.
    [Theory]
    [InlineData("2006-06-12-sega-toys", 12_639)]
    [InlineData("2007-01-12-mitsui-bussan-futures", 2)]
    [InlineData("2005-12-23-koide-camera", 16_280)]
    [InlineData("2005-07-11-jec", 178)]
    [InlineData("2005-11-28-chubu-electric-newsletter", 6)]
    [InlineData("2005-08-16-dot-commodity", 13)]
    [InlineData("2006-04-12-itmedia", 1_801)]
    [InlineData("2006-01-23-the-r", 719)]
    [InlineData("2006-07-27-gameon", 3_880)]
    [InlineData("2006-10-12-careerbrain", 5_872)]
    [InlineData("2018-05-18-kanagawa-bank", 11_941)]
    [InlineData("2007-01-10-chiba-univ-hospital", 417)]
    [InlineData("2021-10-26-aist", 326)]
    [InlineData("2007-01-16-cybertrust", 10)]
    public void A_gateway_that_lets_everything_pass_is_found_out(string id, int exposed)
    {
        foreach (var variant in Reenactment.For(Catalogue.Embedded.Find(id)!).Variants)
        {
            var tally = new ExposureTally(variant.Cast);
            foreach (var mail in variant.Messages)
            {
                tally.Add(mail.Build(), mail.Recipients, _ => true, mail.MustNotLeave, originalBody: null);
            }

            Assert.Equal(exposed, tally.Exposed);
        }
    }

    private static ReadOnlyMemory<byte> Message(string text) => Encoding.UTF8.GetBytes(text);

    private static List<int> Found(string message) => [.. new ExposureScanner(s_cast).PeopleIn(Message(message)).Order()];
}
