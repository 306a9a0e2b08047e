namespace Sekisho.Inspection;

/// <summary>
/// An inspection that needs nothing more but history: everything that can be seen on the mail itself was looked at. Many mails may be begun side by side and finished one after the other,
/// each with the history it had then. Holds the mail's facts until it is dropped; for one thread at a time.
/// </summary>
public sealed class PendingInspection
{
    private readonly RuleOrder _rules;
    private readonly InspectionContext? _context;
    private readonly LateHistory _history = new();
    private readonly Outcome[] _outcomes = [];
    private readonly bool _outside;
    private bool _finished;

    /// <summary>Nothing is to be asked: nobody outside gets it, or its facts could not be read.</summary>
    internal PendingInspection(MessageFacts facts, IReadOnlyList<Finding> findings)
    {
        (Facts, _rules, Told) = (facts, RuleOrder.None, findings);
    }

    /// <summary>Asks the rules that need no history, and prepares what the others will need.</summary>
    internal PendingInspection(RuleOrder rules, MessageFacts facts, bool outside, InspectionInput input, IOrganisation organisation, RuleSettings settings, InspectionServices services, CancellationToken cancel)
    {
        Facts = facts;
        (_rules, _outside) = (rules, outside);
        _outcomes = new Outcome[rules.Rules.Length];
        _context = new InspectionContext
        {
            Input = input,
            Facts = facts,
            Organisation = organisation,
            Correspondence = _history,
            Recent = _history,
            Settings = settings,
            Services = services,
        };
        Ask(withHistory: false, cancel);
        if (_outside)
        {
            _context.Analysis.Prepare(cancel);
        }
    }

    /// <summary>What was read from the message.</summary>
    public MessageFacts Facts { get; }

    private IReadOnlyList<Finding> Told { get; } = [];

    /// <summary>
    /// Asks the rules that need history and gives the whole result; never throws but <see cref="InvalidOperationException"/> for a second call. Running out of time is a finding, as in
    /// <see cref="InspectionEngine.Inspect"/>.
    /// </summary>
    public InspectionResult Finish(ICorrespondence correspondence, IRecentMail recent, CancellationToken cancel)
    {
        if (_finished)
        {
            throw new InvalidOperationException("this inspection is finished");
        }

        _finished = true;
        if (_context is null)
        {
            return new InspectionResult(Told, Facts, null);
        }

        _history.Begin(correspondence, recent);
        Ask(withHistory: true, cancel);
        return new InspectionResult(Findings(), Facts, _outside ? NoteOf(_context, cancel) : null) { Scores = _context.Scores };
    }

    /// <summary>A check that failed: everybody outside is concerned.</summary>
    internal static Finding Failed(IReadOnlyList<EnvelopeRecipient> recipients, List<string> rules, Exception error)
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

    private void Ask(bool withHistory, CancellationToken cancel)
    {
        for (var i = 0; i < _rules.Rules.Length; i++)
        {
            if (_rules.AskHistory[i] == withHistory)
            {
                _outcomes[i] = Ask(_rules.Rules[i], _context!, cancel);
            }
        }
    }

    private static Outcome Ask(IInspector inspector, InspectionContext context, CancellationToken cancel)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            List<Finding>? findings = null;
            foreach (var finding in inspector.Inspect(context, cancel))
            {
                (findings ??= []).Add(Tidy(finding));
            }

            return new Outcome(findings, null);
        }
        catch (OperationCanceledException error)
        {
            return new Outcome(null, error);
        }
        catch (Exception error)
        {
            return new Outcome([Failed(context.Facts.Recipients, [inspector.Rule], error)], null);
        }
    }

    private List<Finding> Findings()
    {
        var findings = new List<Finding>();
        List<string>? unfinished = null;
        Exception? timeout = null;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            if (_outcomes[i].Findings is { } some)
            {
                findings.AddRange(some);
            }

            if (_outcomes[i].Late is { } late)
            {
                (unfinished ??= []).Add(_rules.Rules[i].Rule);
                timeout = late;
            }
        }

        if (timeout is not null)
        {
            findings.Add(Failed(Facts.Recipients, unfinished!, timeout));
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

    private static Finding Tidy(Finding finding)
        => finding with { Evidence = [.. finding.Evidence.Take(Wording.MaxLines).Select(Wording.Safe)] };

    private readonly record struct Outcome(List<Finding>? Findings, OperationCanceledException? Late);

    /// <summary>History that is there from a moment on. Asked before, it throws: a rule that needs history and does not say so becomes a finding, never a mail judged as if nobody knew anybody.</summary>
    private sealed class LateHistory : ICorrespondence, IRecentMail
    {
        private ICorrespondence? _correspondence;
        private IRecentMail? _recent;

        private ICorrespondence Correspondence => _correspondence ?? throw Early();

        public void Begin(ICorrespondence correspondence, IRecentMail recent) => (_correspondence, _recent) = (correspondence, recent);

        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => Correspondence.GatheringsOf(addressKeys);

        public CorrespondenceView Look(CorrespondenceQuestion question) => Correspondence.Look(question);

        public IReadOnlyList<Contact> Alike(AlikeQuestion question) => Correspondence.Alike(question);

        public IReadOnlyDictionary<string, int> RoundsOf(IReadOnlyCollection<string> keys) => Correspondence.RoundsOf(keys);

        public ScoreCurve Curve(string rule) => Correspondence.Curve(rule);

        public RecentMailAnswer Note(RecentMailNote note) => (_recent ?? throw Early()).Note(note);

        private static InvalidOperationException Early() => new($"history is for an {nameof(IHistoryInspector)} alone");
    }
}
