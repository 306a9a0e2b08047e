using System.Text;
using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Intake;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;

namespace Sekisho.Gateway.Tests.Inspect;

/// <summary>Which mail teaches who writes with whom, and what.</summary>
public sealed class LearningTests
{
    private static readonly DateTimeOffset _noon = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Organisation _organisation = new(["inside.example"]);

    private static readonly string[] _to = ["a@a.example", "b@b.example", "boss@inside.example"];

    private static LearntMail? Learn(Severity? found, params PolicyAction[] actions)
    {
        const string mail = "From: me@inside.example\r\nTo: a@a.example, b@b.example, boss@inside.example\r\nSubject: x\r\n\r\nhello\r\n";
        var facts = new MessageFacts
        {
            Message = MimeMessage.Parse(Encoding.UTF8.GetBytes(mail)),
            Sender = Address("me@inside.example"),
            Recipients = [.. _to.Select(r => EnvelopeRecipient.Of(r, _organisation))],
            Visible = [.. _to.Select(r => new VisibleAddress(Address(r), "", "To", _organisation.IsInside(Address(r)), _organisation.OrganisationOf(Address(r))))],
        };
        Finding[] findings = found is { } severity ? [new Finding { Rule = RuleNames.Keyword, Severity = severity, Summary = new Summary("en", "ja") }] : [];
        return Planner.LearntFrom(facts, findings, [.. _to.Select((r, i) => new Verdict(r, actions[Math.Min(i, actions.Length - 1)], [], TimeSpan.Zero, null, [], false))], _organisation, _noon);
    }

    private static EmailAddress Address(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    [Theory]
    [InlineData(null)]
    [InlineData(Severity.Info)]
    [InlineData(Severity.Low)]
    public void A_mail_with_nothing_but_notes_teaches_who_saw_whom(Severity? found)
    {
        var lesson = Learn(found, PolicyAction.Deliver)!;
        Assert.Equal(("me@inside.example", _noon), (lesson.Sender, lesson.At));
        Assert.Equal(_to, lesson.People.Select(p => p.Key));
        Assert.All(lesson.People, p => Assert.True(p.Visible));
    }

    [Fact]
    public void A_mail_that_was_a_finding_teaches_nothing() => Assert.Null(Learn(Severity.Medium, PolicyAction.Deliver));

    [Theory]
    [InlineData(PolicyAction.Hold)]
    [InlineData(PolicyAction.Approve)]
    [InlineData(PolicyAction.Refuse)]
    public void A_mail_that_not_everybody_got_teaches_nothing(PolicyAction stopped) => Assert.Null(Learn(null, PolicyAction.Deliver, stopped, PolicyAction.Deliver));

    [Fact]
    public void Copies_of_their_own_teach_who_is_written_to_and_nobody_to_know_another()
    {
        var lesson = Learn(Severity.Low, PolicyAction.Individual, PolicyAction.Individual, PolicyAction.Deliver)!;
        Assert.Equal([false, false, true], lesson.People.Select(p => p.Visible));
        Assert.Null(Learn(Severity.High, PolicyAction.Individual, PolicyAction.Individual, PolicyAction.Deliver));
    }

    [Fact]
    public void An_observed_mail_teaches_its_writer_too()
    {
        var lesson = Observe("From: \"Anna\" <a@a.example>\r\nTo: me@inside.example\r\nCc: b@b.example\r\n\r\n")!;
        Assert.Equal(("a@a.example", "a.example", "Anna"), (lesson.Sender, lesson.SenderOrganisation, lesson.SenderName));
        Assert.Equal(["me@inside.example", "b@b.example"], lesson.People.Select(p => p.Key));
        Assert.Equal(_noon, lesson.At);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void An_observed_mail_to_many_organisations_teaches_nothing(int organisations, bool teaches)
    {
        var to = string.Join(", ", Enumerable.Range(0, organisations).Select(i => $"p{i}@company{i}.example"));
        Assert.Equal(teaches, Observe($"From: me@inside.example\r\nTo: {to}\r\n\r\n") is not null);
    }

    [Theory]
    [InlineData("From: me@inside.example\r\nTo: a@a.example, boss@inside.example\r\n\r\n", true)]
    [InlineData("From: me@inside.example\r\nTo: boss@inside.example\r\n\r\n", false)]
    [InlineData("From: a@a.example\r\nTo: b@b.example\r\n\r\n", false)]
    public void Our_own_mail_to_outside_is_the_gateways_to_learn_from(string mail, bool ours) => Assert.Equal(ours, ObserveSink.IsOurs(Observe(mail)!));

    [Fact]
    public void An_observed_mail_without_a_writer_or_a_reader_teaches_nothing()
    {
        Assert.Null(Observe("To: a@a.example, b@b.example\r\n\r\n"));
        Assert.Null(Observe("From: me@inside.example\r\n\r\n"));
    }

    private static LearntMail? Observe(string mail) => ObserveSink.LessonOf(MimeMessage.Parse(Encoding.UTF8.GetBytes(mail)), _organisation, _noon);
}
