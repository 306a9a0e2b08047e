namespace Sekisho.Inspection.Tests;

public sealed class CalendarAttendeesTests
{
    private const string Rule = RuleNames.CalendarAttendees;

    private static string Invitation(string lines, string type = "text/calendar; method=REQUEST; charset=utf-8", string disposition = "")
        => "From: sender@home.example\nTo: taro@client.example\nSubject: Meeting\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nPlease come.\n--b\n"
            + $"Content-Type: {type}\n{disposition}\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:040000008200E00074C5B7101A82E008@other.example\n"
            + $"ORGANIZER;CN=Sender:mailto:sender@home.example\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n--b--\n";

    private static readonly string[] _two = ["taro@client.example", "hanako@other.example"];

    private static Finding? See(string mail, params string[] to) => new Look { To = to.Length > 0 ? to : _two }.Finding(Rule, mail);

    [Theory]
    [InlineData("ATTENDEE;CN=Taro:mailto:taro@client.example\nATTENDEE:MAILTO:hanako@other.example")]
    [InlineData("ATTENDEE;CN=\"Taro; mailto:x, y\";ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ta\n ro@client.exa\n mple\nATTENDEE:mailto:hanako@other.example")]
    [InlineData("attendee:mailto:taro%40client.example\nAttendee:mailto:hanako@other.example")]
    [InlineData("ATTENDEE;EMAIL=taro@client.example:urn:uuid:1\nATTENDEE;CN=hanako@other.example:invalid:nomail")]
    [InlineData("ATTENDEE;DELEGATED-TO=\"mailto:hanako@other.example\":mailto:taro@client.example")]
    public void OutsideStrangersAmongTheAttendees_AreCounted(string lines)
    {
        var finding = See(Invitation(lines))!;
        Assert.Equal(2, finding.Measures["groups"]);
        Assert.Equal(2, finding.Measures["addresses"]);
        Assert.Equal(_two, finding.Recipients);
    }

    [Theory]
    [InlineData("application/octet-stream; name=\"invite.ics\"", "Content-Disposition: attachment; filename=invite.ics\n")]
    [InlineData("application/ics", "Content-Disposition: attachment\n")]
    [InlineData("text/calendar", "")]
    public void AnAttachedInvitation_IsOneToo(string type, string disposition)
        => Assert.NotNull(See(Invitation("ATTENDEE:mailto:taro@client.example\nATTENDEE:mailto:hanako@other.example", type, disposition)));

    [Fact]
    public void SeparateInvitations_ShowNobody() => Assert.Null(See(Invitation("ATTENDEE:mailto:taro@client.example"), "taro@client.example"));

    [Fact]
    public void ColleaguesOfOneCompany_AreNoStrangers()
        => Assert.Null(See(Invitation("ATTENDEE:mailto:taro@client.example\nATTENDEE:mailto:jiro@client.example\nATTENDEE:mailto:a@home.example"),
            "taro@client.example", "jiro@client.example"));

    [Fact]
    public void ManyGuests_AreCritical()
    {
        var people = Look.People(40);
        var finding = See(Invitation(string.Join('\n', people.Select(p => $"ATTENDEE:mailto:{p}"))), people)!;
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal("The invitation shows 40 outside attendees' addresses to people who do not know them. Send one invitation to each instead.", finding.Summary.En);
    }

    [Fact]
    public void TheGuestList_IsNotCountedAsTextAgain_ButTheDescriptionIs()
    {
        var mail = Invitation("ATTENDEE:mailto:taro@client.example\nATTENDEE:mailto:hanako@other.example\nDESCRIPTION:Ask kumi@fourth.example\\nor jiro@fif\n th.example");
        var finding = new Look { To = _two }.Finding(RuleNames.AddressesInBody, mail)!;
        Assert.Equal(["kumi@fourth.example", "jiro@fifth.example"], finding.Evidence);
    }
}
