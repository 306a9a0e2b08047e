using System.Text;
using Sekisho.Gateway.Deliver;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Deliver;

/// <summary>Who was struck off stands in no header that leaves, the others stand as they were written, and the body is untouched.</summary>
public sealed class StruckRecipientsTests
{
    private const string Body = "\r\nDear b@b.example,\r\nX-To: b@b.example\r\n";

    [Theory]
    [InlineData("To: b@b.example, a@a.example", "To: a@a.example")]
    [InlineData("To: a@a.example, b@b.example", "To: a@a.example")]
    [InlineData("To: a@a.example, B <B@B.example>, \"C, D\" <c@c.example>", "To: a@a.example, \"C, D\" <c@c.example>")]
    [InlineData("To: a@a.example,\r\n b@b.example,\r\n c@c.example", "To: a@a.example, c@c.example")]
    [InlineData("To: b@b.example, b@b.example, a@a.example", "To: a@a.example")]
    [InlineData("To: =?utf-8?B?5bGx55Sw?= <a@a.example>, =?utf-8?B?5L2Q6Jek?= <b@b.example>", "To: =?utf-8?B?5bGx55Sw?= <a@a.example>")]
    [InlineData("To: friends: a@a.example, b@b.example;, c@c.example", "To: friends: a@a.example;, c@c.example")]
    [InlineData("To: friends: b@b.example; , c@c.example", "To: friends: ; , c@c.example")]
    [InlineData("To: a@a.example (comment), b@b.example (, he)", "To: a@a.example (comment)")]
    [InlineData("To: \"b@b.example\" <a@a.example>", "To: a@a.example")]
    [InlineData("To: a@a.example (not b@b.example)", "To: a@a.example")]
    [InlineData("To: a@a.example\r\nCc: b@b.example", "To: a@a.example")]
    [InlineData("To: b@b.example\r\nCc: a@a.example", "To: undisclosed-recipients:;\r\nCc: a@a.example")]
    [InlineData("To: b@b.example\r\nTo: a@a.example", "To: a@a.example")]
    [InlineData("To: b@b.example\r\nTo: b@b.example", "To: undisclosed-recipients:;")]
    [InlineData("To: a@a.example\r\nReply-To: me@inside.example, b@b.example", "To: a@a.example\r\nReply-To: me@inside.example")]
    [InlineData("To: a@a.example\r\nMail-Followup-To: b@b.example\r\nX-Original-To: b@b.example", "To: a@a.example")]
    [InlineData("To: a@a.example, bb@b.example,  b@b.example.test", "To: a@a.example, bb@b.example,  b@b.example.test")]
    [InlineData("to:a@a.example,b@b.example", "to: a@a.example")]
    public void Only_he_goes(string header, string expected)
        => Assert.Equal($"From: me@inside.example\r\n{expected}\r\nSubject: x\r\n{Body}", Copy($"From: me@inside.example\r\n{header}\r\nSubject: x\r\n{Body}", ["a@a.example", "b@b.example"], ["b@b.example"]));

    [Fact]
    public void Without_anybody_struck_off_nothing_changes()
    {
        const string mail = "To:   a@a.example ,\r\n\tb@b.example\r\n" + Body;
        Assert.Equal(mail, Copy(mail, ["a@a.example", "b@b.example"], []));
        Assert.Equal(mail, Copy(mail, ["a@a.example", "b@b.example"], ["c@c.example"]));
    }

    [Fact]
    public void A_broken_entry_that_names_him_goes_too()
    {
        var copy = Copy("To: a@a.example, b@b.example junk <\r\nSubject: x\r\n" + Body, ["a@a.example", "b@b.example"], ["b@b.example"]);
        Assert.DoesNotContain("b@b.example", copy[..copy.IndexOf("\r\n\r\n", StringComparison.Ordinal)]);
        Assert.Contains("a@a.example", copy);
    }

    [Fact]
    public void A_colleague_who_was_struck_off_stands_in_no_individual_copy()
    {
        var mail = "From: me@inside.example\r\nTo: a@a.example, team@inside.example\r\nCc: b@b.example, boss@inside.example\r\nReply-To: boss@inside.example\r\n" + Body;
        var copy = Copy(mail, ["a@a.example", "b@b.example", "team@inside.example", "boss@inside.example"], ["boss@inside.example"], CopyKind.Individual);
        Assert.DoesNotContain("boss@", copy);
        Assert.Contains("Cc: team@inside.example\r\n", copy);
        Assert.Contains("To: a@a.example\r\n", copy);
    }

    /// <summary>Whatever stands in the field: he cannot be read in what leaves, and everybody else can.</summary>
    [Fact]
    public void However_it_is_written_he_is_gone_and_the_others_stay()
    {
        var random = new Random(17);
        string[] forms = ["{0}", "<{0}>", "Name <{0}>", "\"Na, me\" <{0}>", "=?utf-8?Q?N=C3=A4me?= <{0}>", "{0} (com, ment)", "\r\n {0}", "  {0}  ", "N. <{0}>"];
        for (var round = 0; round < 500; round++)
        {
            var people = Enumerable.Range(0, random.Next(1, 7)).Select(_ => $"p{random.Next(5)}@x.example").ToList();
            var entries = people.ConvertAll(p => string.Format(System.Globalization.CultureInfo.InvariantCulture, forms[random.Next(forms.Length)], p));
            var group = random.Next(4) == 0 ? random.Next(1, entries.Count + 1) : 0;
            var value = group > 0 ? $"g: {string.Join(',', entries.Take(group))};{(group < entries.Count ? ", " + string.Join(", ", entries.Skip(group)) : "")}" : string.Join(", ", entries);
            var copy = Copy($"To: {value}\r\nSubject: x\r\n{Body}", [.. people.Distinct()], ["p0@x.example"]);
            var left = MimeMessage.Parse(Encoding.UTF8.GetBytes(copy)).Headers.Addresses("To").Mailboxes.Select(m => m.Address!.Key);
            Assert.Equal(people.Where(p => p != "p0@x.example"), left);
            Assert.EndsWith(Body, copy);
        }
    }

    private static string Copy(string mail, string[] envelope, string[] removed, CopyKind kind = CopyKind.Original)
    {
        var maker = new CopyMaker(MimeMessage.Parse(Encoding.UTF8.GetBytes(mail)), new Organisation(["inside.example"], []), envelope, keepInside: true, eightBit: false, trace: null, removed);
        var text = new StringBuilder();
        foreach (var segment in maker.For(kind, new StoredRecipient(0, envelope[0], null, null)).Segments())
        {
            text.Append(Encoding.UTF8.GetString(segment.Span));
        }

        return text.ToString();
    }
}
