namespace Sekisho.Pages.Tests.Law4;

/// <summary>Who tries. Everybody a house has, and the same people with every power the house can give.</summary>
public enum Who
{
    /// <summary>Envelope sender.</summary>
    Sender,

    /// <summary>The authenticated user who handed it in.</summary>
    Submitter,

    /// <summary>Stands in From and is neither.</summary>
    Author,

    /// <summary>Stands in the Sender field.</summary>
    FieldSender,

    /// <summary>The sender under a tagged address that is named as approver.</summary>
    TaggedSender,

    Approver,
    DeputyInDates,
    DeputyOutOfDates,

    /// <summary>Stands in for the deputy.</summary>
    DeputysDeputy,

    /// <summary>Stands in for the sender, who is named as approver too.</summary>
    SendersDeputy,

    /// <summary>Stands in for the approver because the sender entered it.</summary>
    DeputyBySender,
    Colleague,
    Outsider,
    Auditor,
    PrivacyOfficer,
    Administrator,

    /// <summary>Calls himself what the command line on the machine itself is called.</summary>
    CallsHimselfAdministrator,

    /// <summary>Calls himself a timer.</summary>
    CallsHimselfTimer,
    Nobody,
}

/// <summary>What waits, or no longer does.</summary>
public enum Waiting
{
    Held,
    Approval,
    Refused,
    Done,
}

/// <summary>The people of the house under test and the rules they are held to, written by hand from the law, not from the program.</summary>
internal static class People
{
    public const string Yaml = """
        organization:
          domains: [inside.example]
          approvers: [office@inside.example]
        notify: { enabled: false }
        users:
          - { address: admin@inside.example, roles: [administrator] }
          - { address: auditor@inside.example, roles: [auditor] }
          - { address: privacy@inside.example, roles: [privacy-officer] }
          - { address: armed-me@inside.example, roles: [administrator, approver] }
          - { address: armed-clerk@inside.example, roles: [administrator, approver] }
          - { address: armed-author@inside.example, roles: [administrator, approver] }
          - { address: armed-field@inside.example, roles: [administrator, approver] }
        """;

    /// <summary>The address he has. Armed: those whose own mail it is are administrators, named approvers and deputies of the approver besides.</summary>
    public static string AddressOf(Who who, bool armed) => who switch
    {
        Who.Sender => Own("me", armed),
        Who.Submitter => Own("clerk", armed),
        Who.Author => Own("author", armed),
        Who.FieldSender => Own("field", armed),
        Who.TaggedSender => armed ? "armed-me+x@inside.example" : "me+x@inside.example",
        Who.Approver => "boss@inside.example",
        Who.DeputyInDates => "deputy@inside.example",
        Who.DeputyOutOfDates => "late@inside.example",
        Who.DeputysDeputy => "chain@inside.example",
        Who.SendersDeputy => "friend@inside.example",
        Who.DeputyBySender => Own("ally", armed),
        Who.Colleague => "colleague@inside.example",
        Who.Outsider => "a@one.example",
        Who.Auditor => "auditor@inside.example",
        Who.PrivacyOfficer => "privacy@inside.example",
        Who.Administrator => "admin@inside.example",
        Who.CallsHimselfAdministrator => "administrator",
        Who.CallsHimselfTimer => "timer",
        _ => "",
    };

    /// <summary>Law 4 and part 3 of what approval is, as a table of words: what he may do with what waits so. Whatever is not here is refused.</summary>
    public static string May(Who who, bool armed, Waiting waiting) => (waiting, who) switch
    {
        (Waiting.Done, _) => "",

        // Held: its sender's own decision, whoever of the two handed it in; an administrator may too.
        (Waiting.Held, Who.Sender or Who.Submitter or Who.Administrator) => "release release-individually cancel",
        (Waiting.Held, Who.Author or Who.FieldSender) => armed ? "release release-individually cancel" : "",

        // Awaiting approval: never by those whose own mail it is, whatever else they are; they can take it back.
        (Waiting.Approval, Who.Sender or Who.Submitter) => "cancel",
        (Waiting.Approval, Who.Author or Who.FieldSender) => armed ? "cancel" : "",
        (Waiting.Approval, Who.Approver or Who.DeputyInDates) => "approve reject",
        (Waiting.Approval, Who.Administrator) => "approve reject cancel",

        // Refused: an administrator removes it; nobody lets it go.
        (Waiting.Refused, Who.Administrator) => "cancel",
        (Waiting.Refused, Who.Sender or Who.Submitter or Who.Author or Who.FieldSender) => armed ? "cancel" : "",
        _ => "",
    };

    private static string Own(string name, bool armed) => $"{(armed ? "armed-" : "")}{name}@inside.example";
}
