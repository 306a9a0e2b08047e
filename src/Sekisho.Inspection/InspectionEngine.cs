using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Reads the facts once and asks every rule. A rule that throws or runs out of time becomes an <c>uninspectable</c> finding for all outside recipients (law 7).</summary>
public sealed class InspectionEngine
{
    private readonly RuleOrder _rules;
    private readonly RuleOrder _insideRules;
    private readonly InspectionServices _services;

    /// <summary>An engine of the given rules.</summary>
    public InspectionEngine(IReadOnlyList<IInspector> inspectors, InspectionServices? services = null)
        => (_rules, _insideRules, _services) = (new RuleOrder(inspectors), new RuleOrder(inspectors.OfType<IInsideInspector>()), services ?? InspectionServices.None);

    /// <summary>Its rules, in the order of the findings.</summary>
    public IReadOnlyList<IInspector> Rules => _rules.Rules;

    /// <summary>An engine with every rule of this room.</summary>
    public static InspectionEngine CreateDefault(InspectionServices? services = null) => new(
    [
        new VisibleRecipients(),
        new AddressesInBody(),
        new AddressesInSubject(),
        new HeaderInjection(),
        new CalendarAttendees(),
        new DuplicateSend(),
        new ListPosting(),
        new RecalledMessage(),
        new SenderNotAuthorised(),
        new Keyword(),
        new CardNumber(),
        new MyNumber(),
        new Credentials(),
        new PersonalData(),
        new InternalOnly(),
        new ForgottenAttachment(),
        new AttachmentName(),
        new GreetingMismatch(),
        new UnlikelyRecipient(),
        new CompanyMismatch(),
        new ForeignRecords(),
        new LookalikeRecipient(),
        new FirstTimeRecipient(),
        new NewInThread(),
        new Malware(),
        new Uninspectable(),
    ], services);

    /// <summary>
    /// Looks at one message. Never throws: a cancelled token is time running out, and every rule not finished by then is an <c>uninspectable</c>
    /// finding. Whoever cancels for another reason (a shutdown) throws the result away. Mail that nobody outside gets is not asked of any rule and its text is
    /// not read; a post to a configured list is, since a list may have members outside.
    /// </summary>
    public InspectionResult Inspect(InspectionInput input, IOrganisation organisation, ICorrespondence correspondence, IRecentMail recent, RuleSettings settings, CancellationToken cancel)
        => Begin(input, organisation, settings, cancel).Finish(correspondence, recent, cancel);

    /// <summary>The part of <see cref="Inspect"/> that needs no history, which is nearly all of the work: messages may be begun on any thread and in any order. Never throws.</summary>
    public PendingInspection Begin(InspectionInput input, IOrganisation organisation, RuleSettings settings, CancellationToken cancel)
    {
        IReadOnlyList<EnvelopeRecipient> recipients;
        try
        {
            recipients = FactsReader.Recipients(input, organisation);
        }
        catch (Exception)
        {
            recipients = [.. input.Recipients.Select(r => new EnvelopeRecipient(r, null, false, r.ToLowerInvariant()))];
        }

        var outside = recipients.Any(r => !r.Inside);
        var asked = outside || settings.Lists.Count > 0;
        using var lease = ExpansionGate.Shared.Open(cancel);
        MessageFacts facts;
        try
        {
            facts = FactsReader.Read(input, recipients, organisation, asked ? _services : null, lease, cancel);
        }
        catch (Exception error)
        {
            facts = new MessageFacts { Message = input.Message, Recipients = recipients };
            return new PendingInspection(facts, outside ? [PendingInspection.Failed(recipients, ["facts"], error)] : []);
        }

        return asked ? new PendingInspection(outside ? _rules : _insideRules, facts, outside, input, organisation, settings, _services, cancel) : new PendingInspection(facts, []);
    }
}

/// <summary>Rules in the order of their findings, and which of them ask the history.</summary>
internal sealed class RuleOrder(IEnumerable<IInspector> rules)
{
    /// <summary>No rule at all.</summary>
    public static RuleOrder None { get; } = new([]);

    public IInspector[] Rules { get; } = [.. rules];

    public bool[] AskHistory => field ??= Array.ConvertAll(Rules, r => r is IHistoryInspector);
}

/// <summary>A rule that also looks at mail nobody outside gets directly.</summary>
internal interface IInsideInspector : IInspector;

/// <summary>A rule that asks <see cref="InspectionContext.Correspondence"/> or <see cref="InspectionContext.Recent"/>, itself or through what several rules derive from them. No other may.</summary>
public interface IHistoryInspector : IInspector;
