using System.Collections.ObjectModel;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What is handed in: the envelope and the moment. The envelope is the only source of who gets mail.</summary>
public sealed record InspectionInput
{
    /// <summary>The message.</summary>
    public required MimeMessage Message { get; init; }

    /// <summary>MAIL FROM; empty for the null sender.</summary>
    public required string MailFrom { get; init; }

    /// <summary>RCPT TOs in order, as given.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The authenticated user, or null.</summary>
    public string? User { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The submission's id, under which the message is noted as sent lately; null: a digest of message, envelope and moment takes its place.</summary>
    public string? Id { get; init; }
}

/// <summary>Who belongs to the organisation. Exact or explicit-subdomain match only: <c>example.com</c> does not cover <c>evil-example.com</c>, nor <c>mail.example.com</c> unless listed as <c>*.example.com</c>.</summary>
public interface IOrganisation
{
    /// <summary>True for an address of the organisation's own domains.</summary>
    bool IsInside(EmailAddress address);

    /// <summary>True when the organisation's domains are known; false when the sender's own domain had to stand in for them.</summary>
    bool HasDomains => true;

    /// <summary>The organisation's own domains as lower-case A-labels, those with everything below them too (without the wildcard).</summary>
    IReadOnlyCollection<string> Domains => [];

    /// <summary>Domains of partners, the same.</summary>
    IReadOnlyCollection<string> PartnerDomains => [];

    /// <summary>The key of the organisation an address belongs to: its registrable domain; for freemail the whole address.</summary>
    string OrganisationOf(EmailAddress address);
}

/// <summary>What was sent lately; asked and told in one step, so that of two copies arriving together one is the second.</summary>
public interface IRecentMail
{
    /// <summary>
    /// Notes one message and answers what stood there before it within the window the implementation keeps (10 minutes).
    /// Asking again for the same <paramref name="note"/>.Id gives the same answer.
    /// </summary>
    RecentMailAnswer Note(RecentMailNote note);
}

/// <summary>One message as the recent-mail memory sees it.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Sender">Key of the sender.</param>
/// <param name="ContentKey">Fingerprint of what a recipient reads: subject and body text, attachments' bytes; not Message-ID, Date, trace.</param>
/// <param name="TemplateKey">Fingerprint of the kind of mail: subject with digits taken out. Same sender and template = same run.</param>
/// <param name="OutsideRecipients">Keys of outside envelope recipients.</param>
/// <param name="ForeignAddresses">Keys of outside addresses in the text that belong to none of the recipients.</param>
/// <param name="HasAttachment">True when there is a file.</param>
public sealed record RecentMailNote(string Id, string Sender, string ContentKey, string TemplateKey,
    IReadOnlyList<string> OutsideRecipients, IReadOnlyList<string> ForeignAddresses, bool HasAttachment)
{
    /// <summary>When the message was received; the memory's only clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Fingerprint of the letter around the files: subject, text and file names, digits in the latter two taken out. Empty: the template stands in.</summary>
    public string LetterKey { get; init; } = "";

    /// <summary>Fingerprint of the files' bytes. Empty: the content stands in.</summary>
    public string FileKey { get; init; } = "";

    /// <summary>Whether the person greeted is the recipient, where that can be told (<see cref="GreetingFits"/>, <see cref="GreetingDiffers"/>); else empty.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>The greeted person is the recipient.</summary>
    public const string GreetingFits = "fits";

    /// <summary>The greeted person is none of the recipients.</summary>
    public const string GreetingDiffers = "differs";
}

/// <summary>What stood there before.</summary>
/// <param name="SameContentTo">Recipients among the note's that got the same content from the same sender.</param>
/// <param name="SameTemplateTo">Recipients among the note's that got the same letter (same sender, subject and text) with another file.</param>
/// <param name="RunMessages">Messages of the same run before this one.</param>
/// <param name="RunForeignAddresses">Distinct foreign addresses in the run, this message's included.</param>
public sealed record RecentMailAnswer(IReadOnlyList<string> SameContentTo, IReadOnlyList<string> SameTemplateTo, int RunMessages, int RunForeignAddresses)
{
    /// <summary>True when somebody got two different files in this run, by this message or by one before it.</summary>
    public bool RunCrossed { get; init; }

    /// <summary>Among the last eight greetings of this run that could be checked, this message's included: those that fit their recipient.</summary>
    public int RunGreetingsFit { get; init; }

    /// <summary>The same: those that greet somebody else.</summary>
    public int RunGreetingsDiffer { get; init; }
}

/// <summary>Settings of rules that need words or lists of their own, from the policy.</summary>
public sealed record RuleSettings
{
    /// <summary>One list of words for the <c>keyword</c> rule.</summary>
    public sealed record KeywordList(string Name, IReadOnlyList<string> Words, bool InSubject = true, bool InBody = true);

    /// <summary>One list of file-name patterns for the <c>attachment-name</c> rule; a <c>*</c> stands for anything.</summary>
    public sealed record FileNameList(string Name, IReadOnlyList<string> Patterns);

    /// <summary>A company's names and the domains (<c>example.com</c>, <c>*.example.com</c>) of its people, for the <c>company-mismatch</c> rule.</summary>
    public sealed record Company(IReadOnlyList<string> Names, IReadOnlyList<string> Domains);

    /// <summary>File-name lists; the finding's evidence names the list and the file.</summary>
    public IReadOnlyList<FileNameList> FileNames { get; init; } = [];

    /// <summary>Companies whose name and domains belong together.</summary>
    public IReadOnlyList<Company> Companies { get; init; } = [];

    /// <summary>Word lists; the finding's evidence names the list.</summary>
    public IReadOnlyList<KeywordList> Keywords { get; init; } = [];

    /// <summary>Senders (address or <c>@domain</c>) allowed to mail many outside recipients; empty = everybody.</summary>
    public IReadOnlyList<string> MassMailers { get; init; } = [];

    /// <summary>Outside recipients from which <see cref="MassMailers"/> counts.</summary>
    public int MassMailFrom { get; init; } = 50;

    /// <summary>Distribution-list addresses and who may post to them (address or <c>@domain</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>Everything a rule may look at. Pure: no clock, disk or network.</summary>
public sealed class InspectionContext
{
    /// <summary>What was handed in.</summary>
    public required InspectionInput Input { get; init; }

    /// <summary>What was read from the message, made once.</summary>
    public required MessageFacts Facts { get; init; }

    /// <summary>Who is inside.</summary>
    public required IOrganisation Organisation { get; init; }

    /// <summary>Who knows whom.</summary>
    public required ICorrespondence Correspondence { get; init; }

    /// <summary>What was sent lately.</summary>
    public required IRecentMail Recent { get; init; }

    /// <summary>Words and lists.</summary>
    public required RuleSettings Settings { get; init; }

    /// <summary>Programs and scanners outside this room.</summary>
    public InspectionServices Services { get; init; } = InspectionServices.None;

    /// <summary>What rules that weigh rather than see gave this mail, by rule (and <see cref="ScoreCurve.SpentName"/>), 0 to 1,000: kept for their alarm budgets whether or not they found anything.</summary>
    internal Dictionary<string, int> Scores { get; } = [];

    /// <summary>What several rules derive from the facts, worked out on first use.</summary>
    internal MailAnalysis Analysis => field ??= new MailAnalysis(this);
}

/// <summary>One rule. Stateless; one instance serves all threads.</summary>
public interface IInspector
{
    /// <summary>Its name, one of <see cref="RuleNames"/>.</summary>
    string Rule { get; }

    /// <summary>What it sees. May throw: the engine turns that into an <c>uninspectable</c> finding (law 7).</summary>
    IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel);
}

/// <summary>The result of looking: the findings, and facts the gateway stores and learns from.</summary>
/// <param name="Findings">In the order of the rules.</param>
/// <param name="Facts">What was read.</param>
/// <param name="Recent">What was noted as sent lately, to be stored with the submission (null for the null sender).</param>
public sealed record InspectionResult(IReadOnlyList<Finding> Findings, MessageFacts Facts, RecentMailNote? Recent)
{
    /// <summary>Scores of the rules that weigh, by rule, 0 to 1,000 (see <see cref="ScoreCurve"/>).</summary>
    public IReadOnlyDictionary<string, int> Scores { get; init; } = ReadOnlyDictionary<string, int>.Empty;
}
