using System.Globalization;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Storage.Tests.Correspondence;

/// <summary>The same history in a store's file and in memory: whatever mail is judged by it, the rules find the same, also about people of more gatherings than are told.</summary>
public sealed class SameVerdictsTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Organisation s_home = new(["home.example"]);

    private static readonly string[] s_staff = [.. Enumerable.Range(0, 4).Select(i => $"clerk{i}@home.example")];

    private static readonly string[] s_words = "akagi bridge copper dairy eastwood fujimi granite harbour island jupiter kestrel lantern meadow northern orchard polaris quarry riverside sunrise tachibana umbrella violet winter yamato".Split(' ');

    /// <summary>Two people of each of some firms, private people, and two who stand in copy to everybody.</summary>
    private static readonly string[] s_others = [.. s_words.SelectMany(w => (string[])[$"{w[..3]}.buyer@{w}.example", $"desk@{w}.example", $"{w[1..]}.{w[..2]}@gmail.com"]), "staff@agency.example", "helper.busy@gmail.com"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AStoreAndAMemory_JudgeAlike(int seed)
    {
        var random = new Random(seed);
        using var book = new StoredBook(AddressForm.Plain);
        var memory = new CorrespondenceMemory();
        var mails = Enumerable.Range(0, 900).Select(i => Lesson(random, i)).ToList();
        mails.ForEach(memory.Learn);
        book.Learn(mails);
        var engine = InspectionEngine.CreateDefault();
        for (var i = 0; i < 250; i++)
        {
            var input = Draft(random, i);
            Assert.Equal(Judge(engine, input, memory), Judge(engine, input, book));
        }
    }

    private static LearntMail Lesson(Random random, int number)
    {
        // The two busy ones stand on every other mail, so that they have more gatherings than are told.
        var people = Some(random, random.Next(10) < 7 ? 1 : random.Next(2, 6));
        people.AddRange(random.Next(4) switch { 0 => ["staff@agency.example"], 1 => ["helper.busy@gmail.com"], _ => (string[])[] });
        var sender = s_staff[random.Next(s_staff.Length)];
        return new LearntMail(sender, s_noon.AddHours(number - 1000), [.. people.Append(s_staff[random.Next(s_staff.Length)]).Where(p => p != sender).Distinct().Select(Person)])
        {
            MessageId = $"{number}@home.example",
            References = random.Next(3) == 0 ? [$"{random.Next(number + 1)}@home.example"] : [],
            Topic = $"matter of the year {random.Next(200)}",
        };
    }

    private static InspectionInput Draft(Random random, int number)
    {
        var to = Some(random, random.Next(1, random.Next(5) == 0 ? 12 : 5));
        to.AddRange(random.Next(3) == 0 ? ["staff@agency.example"] : []);
        if (random.Next(3) == 0)
        {
            to[0] = Slip(random, to[0]);
        }

        to = [.. to.Distinct()];
        var shown = random.Next(6) == 0 ? to[..1] : to;
        var answers = random.Next(2) == 0 ? $"References: <{random.Next(900)}@home.example>\r\n" : "";
        var text = $"Please see below.\r\n{(random.Next(4) == 0 ? string.Join("\r\n", Some(random, 7)) : "")}\r\n";
        var sender = s_staff[random.Next(s_staff.Length)];
        var mail = $"From: {sender}\r\nTo: {string.Join(",\r\n ", shown)}\r\n{answers}Subject: Re: matter of the year {random.Next(200)}\r\n\r\n{text}";
        return new InspectionInput
        {
            Id = number.ToString(CultureInfo.InvariantCulture), Message = MimeMessage.Parse(Encoding.UTF8.GetBytes(mail)), MailFrom = sender, Recipients = [.. to, s_staff[random.Next(s_staff.Length)]], ReceivedAt = s_noon.AddHours(number),
        };
    }

    private static List<string> Some(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => s_others[random.Next(s_others.Length)]).Distinct()];

    private static string Slip(Random random, string address)
    {
        var at = random.Next(1, address.Length - 9);
        return address[at] == '@' || address[at - 1] == '@' ? address : random.Next(3) switch { 0 => address.Remove(at, 1), 1 => address.Insert(at, address[at].ToString()), _ => address[..(at - 1)] + address[at] + address[at - 1] + address[(at + 1)..] };
    }

    private static LearntPerson Person(string key)
    {
        Assert.True(EmailAddress.TryParse(key, out var address));
        return new LearntPerson(address.Key, s_home.IsInside(address) ? null : s_home.OrganisationOf(address), Visible: true);
    }

    private static string Judge(InspectionEngine engine, InspectionInput input, ICorrespondence correspondence)
    {
        var findings = engine.Inspect(input, s_home, correspondence, new RecentMail(), new RuleSettings(), CancellationToken.None).Findings;
        return string.Join('\n', findings.Select(f => $"{f.Rule} {f.Severity} {string.Join(' ', f.Recipients)} {string.Join(' ', f.Measures.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}"))}"));
    }
}
