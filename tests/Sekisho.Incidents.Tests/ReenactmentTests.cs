using System.Security.Cryptography;
using System.Text;
using Sekisho.Incidents;
using Sekisho.Mime;

namespace Sekisho.Incidents.Tests;

public sealed class ReenactmentTests
{
    public static TheoryData<string> Ids => [.. Catalogue.Embedded.Incidents.Select(i => i.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_incident_is_re_enacted_at_the_size_of_its_record(string id)
    {
        var incident = Catalogue.Embedded.Find(id)!;
        var replay = incident.Replay;
        var reenactment = Reenactment.For(incident);
        Assert.NotEmpty(reenactment.Variants);
        foreach (var variant in reenactment.Variants)
        {
            var messages = variant.Messages.Where(m => m.Role != MessageRole.Clean).ToList();
            if (replay.Messages is { } count)
            {
                Assert.Equal(count, messages.Count);
            }
            else
            {
                Assert.NotEmpty(variant.Assumed);
            }

            var outside = messages.SelectMany(m => m.Recipients).Distinct().ToList();
            if (incident.Recipients is { } recipients && incident.Mechanism != Mechanisms.DoubleStart)
            {
                // Of the confirmations the record counts the wrong recipients only: the buyers come on top.
                var expected = id == "2006-06-28-nankai-broadcasting" ? recipients + replay.ToCount!.Value : recipients;
                Assert.Equal(expected, outside.Count);
            }

            if (replay.BccCount is > 0 and var bcc && replay.ToCount is null)
            {
                Assert.Equal(bcc, outside.Count);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_the_text_the_subject_and_the_header_show_is_what_the_record_says(string id)
    {
        var incident = Catalogue.Embedded.Find(id)!;
        var replay = incident.Replay;
        foreach (var variant in Reenactment.For(incident).Variants)
        {
            if (incident.Mechanism == Mechanisms.SystemMisrouting)
            {
                continue;
            }

            var scanner = new ExposureScanner(variant.Cast);
            var shown = new HashSet<int>();
            // One list of 130 kB in 3,326 mails need not be read each time.
            foreach (var mail in variant.Messages.Where(m => m.Role != MessageRole.Clean).Take(id == "2005-10-17-jbook" ? 5 : int.MaxValue))
            {
                shown.UnionWith(scanner.PeopleIn(mail.Build()));
            }

            var figure = incident.Mechanism switch
            {
                Mechanisms.VisibleTo or Mechanisms.VisibleCc or Mechanisms.VisibleUnspecified
                    => (replay.ToCount ?? 0) + (replay.CcCount ?? 0) is > 0 and var n ? n - (id == "2021-10-26-aist" ? 86 : 0) : (int?)null,
                // The envelope's addresses stand in the broken Bcc field, the spilled ones in the text.
                // A break inside an address leaves it in two pieces.
                Mechanisms.HeaderBreak => replay.BccCount + replay.AddressesInBody - (id == "2007-01-18-unitika-tsusho" && variant.Name == "blank line" ? 1 : 0),
                Mechanisms.AddressesInBody when id == "2006-04-12-itmedia" => replay.AddressesInBody + replay.ToCount,
                Mechanisms.AddressesInBody when id == "2005-10-17-jbook" => replay.AddressesInBody,
                Mechanisms.AddressesInBody => replay.AddressesInBody,
                Mechanisms.AddressesInSubject => replay.AddressesInSubject,
                Mechanisms.ListOpen => replay.Messages,
                _ => null,
            };
            if (figure is { } expected)
            {
                Assert.Equal(expected, shown.Count);
            }
            else if (replay.Attachment.Rows is { } rows && incident.Mechanism != Mechanisms.DoubleStart)
            {
                Assert.True(shown.Count >= rows, $"{variant.Name}: {shown.Count} of {rows} rows were found");
            }
        }
    }

    [Fact]
    public void The_same_record_gives_the_same_bytes_and_others_give_other_addresses()
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var incident in Catalogue.Embedded.Incidents)
        {
            var first = Reenactment.For(incident);
            var second = Reenactment.For(incident);
            foreach (var (a, b) in first.Variants.Zip(second.Variants))
            {
                Assert.Equal(Digest(a), Digest(b));
                foreach (var address in a.Messages.SelectMany(m => m.Recipients.Append(m.MailFrom)).Distinct())
                {
                    var owner = $"{incident.Id} {a.Name}";
                    if (!seen.TryAdd(address, owner))
                    {
                        Assert.Equal(owner, seen[address]);
                    }
                }
            }
        }

        static string Digest(ReenactmentVariant variant)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var mail in variant.Messages.Take(20))
            {
                hash.AppendData(Encoding.ASCII.GetBytes($"{mail.MailFrom}|{string.Join(',', mail.Recipients)}|"));
                hash.AppendData(mail.Build());
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    [Fact]
    public void No_address_can_be_a_real_persons()
    {
        foreach (var variant in Catalogue.Embedded.Incidents.SelectMany(i => Reenactment.For(i).Variants))
        {
            Assert.All(variant.Cast.People, p => Assert.True(
                p.Address.EndsWith(".example", StringComparison.Ordinal) || p.Address.StartsWith($"reader{p.Index + 1:D5}-{variant.Cast.Slug}@", StringComparison.Ordinal), p.Address));
            Assert.All(variant.Messages.SelectMany(m => m.Recipients.Append(m.MailFrom)).Distinct().Take(1000),
                a => Assert.True(a.EndsWith(".example", StringComparison.Ordinal) || a.StartsWith("reader", StringComparison.Ordinal), a));
        }
    }

    [Fact]
    public void The_slug_is_read_back_from_every_kind_of_address()
    {
        var cast = Cast.Create("2006-06-12-sega-toys-b", 200, AudienceMix.Business, inside: 3);
        Assert.All(cast.People, p => Assert.Equal(cast.Slug, Cast.SlugOf(p.Address)));
        Assert.Equal(cast.Slug, Cast.SlugOf(cast.Own("info")));
        Assert.Null(Cast.SlugOf("somebody@gmail.com"));
        Assert.Null(Cast.SlugOf("nobody"));
        Assert.Null(Cast.SlugOf("a@b.c.example"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_message_is_proper_mail_unless_its_break_is_the_incident(string id)
    {
        var incident = Catalogue.Embedded.Find(id)!;
        foreach (var variant in Reenactment.For(incident).Variants)
        {
            foreach (var mail in variant.Messages.Take(3))
            {
                var bytes = mail.Build();
                Assert.Equal(-1, bytes.AsSpan().IndexOf("\n\n"u8));
                Assert.True(bytes.AsSpan().EndsWith("\r\n"u8));
                var message = MimeMessage.Parse(bytes);
                var broken = mail.Role == MessageRole.Faulty && (incident.Mechanism == Mechanisms.HeaderBreak || id == "2005-07-19-konica-minolta-sensing");
                if (broken)
                {
                    Assert.NotEmpty(message.Defects);
                    continue;
                }

                Assert.Empty(message.Defects);
                Assert.NotNull(message.Headers.First("From"));
                Assert.NotNull(message.Headers.First("Date"));
                Assert.Contains(message.Headers.First("Subject")!.Decoded, c => c > 0x7F || char.IsLetter(c));
                Assert.Single(message.Headers.Addresses("From").Mailboxes, m => m.Address is not null);
                Assert.Null(message.Headers.First("Bcc"));
            }
        }
    }

    [Fact]
    public void The_visible_field_is_the_one_the_record_names_and_holds_the_names_it_asks_for()
    {
        var variant = Assert.Single(Reenactment.For(Catalogue.Embedded.Find("2005-12-02-jns")!).Variants);
        var message = MimeMessage.Parse(Assert.Single(variant.Messages).Build());
        var to = message.Headers.Addresses("To").Mailboxes;
        Assert.Equal(405, to.Count);
        Assert.All(to.Zip(variant.Cast.People), pair => Assert.Equal($"{pair.Second.Name} / U{pair.Second.Index + 10000}", pair.First.DisplayName));
        Assert.Equal(variant.Cast.People.Select(p => p.Address), to.Select(m => m.Address!.Key));

        var cc = Assert.Single(Reenactment.For(Catalogue.Embedded.Find("2006-06-12-sega-toys")!).Variants);
        Assert.Equal([MessageRole.Faulty, MessageRole.Recall], cc.Messages.Select(m => m.Role));
        Assert.All(cc.Messages, m => Assert.Equal(12_639, MimeMessage.Parse(m.Build()).Headers.Addresses("Cc").Mailboxes.Count));
    }

    [Fact]
    public void Both_fields_are_tried_where_the_source_names_none()
    {
        var variants = Reenactment.For(Catalogue.Embedded.Find("2007-01-12-mitsui-bussan-futures")!).Variants;
        Assert.Equal(["To", "Cc"], variants.Select(v => v.Name));
        foreach (var variant in variants)
        {
            var message = MimeMessage.Parse(Assert.Single(variant.Messages).Build());
            var people = variant.Cast.People.Select(p => p.Address).Order();
            Assert.Equal(people, message.Headers.Addresses(variant.Name).Mailboxes.Select(m => m.Address!.Key).Order());
            Assert.Equal(2, variant.Cast.People.Select(p => p.Address).Distinct().Count());
        }
    }

    [Fact]
    public void The_institutes_own_staff_stand_among_the_visible()
    {
        var variant = Assert.Single(Reenactment.For(Catalogue.Embedded.Find("2021-10-26-aist")!).Variants);
        var mail = Assert.Single(variant.Messages);
        Assert.Equal(86, mail.Recipients.Count(r => r.EndsWith("@" + variant.Cast.OwnDomain, StringComparison.Ordinal)));
        Assert.Equal(412, mail.Recipients.Count);
    }

    [Fact]
    public void Two_runs_at_once_send_thirteen_papers_to_the_wrong_customers()
    {
        foreach (var variant in Reenactment.For(Catalogue.Embedded.Find("2005-08-16-dot-commodity")!).Variants)
        {
            var scanner = new ExposureScanner(variant.Cast);
            var papers = new HashSet<int>();
            foreach (var mail in variant.Messages)
            {
                var to = Assert.Single(mail.Recipients);
                var inside = scanner.PeopleIn(mail.Build());
                var others = inside.Where(i => variant.Cast.People[i].Address != to).ToList();
                Assert.Equal(mail.Role == MessageRole.Faulty ? 1 : 0, others.Count);
                papers.UnionWith(others);
            }

            Assert.Equal(13, papers.Count);
        }
    }

    [Fact]
    public void Readers_get_up_to_eighteen_foreign_addresses_and_most_get_one()
    {
        var variant = Assert.Single(Reenactment.For(Catalogue.Embedded.Find("2006-04-12-itmedia")!).Variants);
        var scanner = new ExposureScanner(variant.Cast);
        var sizes = variant.Messages.Select(m => scanner.PeopleIn(m.Build()).Count - 1).ToList();
        Assert.Equal(1_626, sizes.Count);
        Assert.Equal(1_801, sizes.Sum());
        Assert.Equal(18, sizes.Max());
        Assert.Equal(1, sizes.Min());
        Assert.True(sizes.Count(s => s == 1) > 1_400);
    }

    [Fact]
    public void Card_numbers_pass_their_check_digit()
        => Assert.All(Enumerable.Range(0, 200).Select(Rows.TestCard), card =>
        {
            Assert.Equal(16, card.Length);
            var sum = card.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : (c - '0') * 2 is > 9 and var d ? d - 9 : (c - '0') * 2).Sum();
            Assert.Equal(0, sum % 10);
        });
}
