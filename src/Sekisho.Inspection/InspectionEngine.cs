using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Reads the facts once and asks every rule. A rule that throws or runs out of time becomes an <c>uninspectable</c> finding for all outside recipients (law 7).</summary>
public sealed class InspectionEngine
{
    private readonly IReadOnlyList<IInspector> _inspectors;
    private readonly InspectionServices _services;

    /// <summary>An engine of the given rules.</summary>
    public InspectionEngine(IReadOnlyList<IInspector> inspectors, InspectionServices? services = null)
        => (_inspectors, _services) = ([.. inspectors], services ?? InspectionServices.None);

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
        new CompanyMismatch(),
        new ForeignRecords(),
        new Malware(),
        new Uninspectable(),
    ], services);

    /// <summary>
    /// Looks at one message. Never throws: a cancelled token is time running out, and every rule not finished by then is an <c>uninspectable</c>
    /// finding. Whoever cancels for another reason (a shutdown) throws the result away. Mail that nobody outside gets is not asked of any rule and its text is
    /// not read; a post to a configured list is, since a list may have members outside.
    /// </summary>
    public InspectionResult Inspect(InspectionInput input, IOrganisation organisation, ICorrespondence correspondence, IRecentMail recent, RuleSettings settings, CancellationToken cancel)
    {
        IReadOnlyList<EnvelopeRecipient> recipients;
        MessageFacts facts;
        try
        {
            recipients = FactsReader.Recipients(input, organisation);
        }
        catch (Exception)
        {
            recipients = [.. input.Recipients.Select(r => new EnvelopeRecipient(r, null, false, r.ToLowerInvariant()))];
        }

        var outside = recipients.Any(r => !r.Inside);
        var toList = !outside && settings.Lists.Count > 0;
        using var lease = ExpansionGate.Shared.Open(cancel);
        try
        {
            facts = FactsReader.Read(input, recipients, organisation, outside || toList ? _services : null, lease, cancel);
        }
        catch (Exception error)
        {
            facts = new MessageFacts { Message = input.Message, Recipients = recipients };
            return new InspectionResult(outside ? [Failed(recipients, ["facts"], error)] : [], facts, null);
        }

        if (!outside && !toList)
        {
            return new InspectionResult([], facts, null);
        }

        var context = new InspectionContext
        {
            Input = input,
            Facts = facts,
            Organisation = organisation,
            Correspondence = correspondence,
            Recent = recent,
            Settings = settings,
            Services = _services,
        };
        return new InspectionResult(Ask(context, outside, cancel), facts, outside ? NoteOf(context, cancel) : null) { Scores = context.Scores };
    }

    private List<Finding> Ask(InspectionContext context, bool outside, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var unfinished = new List<string>();
        Exception? timeout = null;
        foreach (var inspector in _inspectors)
        {
            if (!outside && inspector is not IInsideInspector)
            {
                continue;
            }

            try
            {
                cancel.ThrowIfCancellationRequested();
                findings.AddRange(inspector.Inspect(context, cancel).Select(Tidy).ToList());
            }
            catch (OperationCanceledException error)
            {
                unfinished.Add(inspector.Rule);
                timeout = error;
            }
            catch (Exception error)
            {
                findings.Add(Failed(context.Facts.Recipients, [inspector.Rule], error));
            }
        }

        if (timeout is not null)
        {
            findings.Add(Failed(context.Facts.Recipients, unfinished, timeout));
        }

        return findings;
    }

    /// <summary>The note is made though no rule asked for it: the next mail's duplicate is measured against it.</summary>
    private static RecentMailNote? NoteOf(InspectionContext context, CancellationToken cancel)
    {
        try
        {
            context.Analysis.Recent(cancel);
        }
        catch (Exception)
        {
            // The rule that needs it has said so; without one there is nothing to lose.
        }

        return context.Analysis.MadeNote;
    }

    private static Finding Failed(IReadOnlyList<EnvelopeRecipient> recipients, List<string> rules, Exception error)
    {
        var late = error is OperationCanceledException;
        var outside = recipients.Where(r => !r.Inside).Select(r => r.Key).Distinct(StringComparer.Ordinal).ToList();
        return new Finding
        {
            Rule = RuleNames.Uninspectable,
            Severity = Severity.High,
            Summary = late
                ? new Summary("The mail could not be looked through in time.", "時間内にメールを確認できませんでした。")
                : new Summary("The mail could not be checked because of an error in the checking itself.", "確認処理でエラーが起きたため、メールを確認できませんでした。"),
            Evidence = [.. rules.Take(Wording.MaxLines - 1), late ? "time limit" : Wording.Safe(error.GetType().Name)],
            Recipients = outside.Count > 0 ? outside : [.. recipients.Select(r => r.Key).Distinct(StringComparer.Ordinal)],
            Measures = new Dictionary<string, long> { [late ? "late" : "failed"] = rules.Count },
        };
    }

    private static Finding Tidy(Finding finding)
        => finding with { Evidence = [.. finding.Evidence.Take(Wording.MaxLines).Select(Wording.Safe)] };
}

/// <summary>A rule that also looks at mail nobody outside gets directly.</summary>
internal interface IInsideInspector : IInspector;
