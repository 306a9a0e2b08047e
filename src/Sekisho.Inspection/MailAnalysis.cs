using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What several rules derive from the same facts, worked out once per message and only when a rule asks.</summary>
internal sealed class MailAnalysis(InspectionContext context)
{
    private StrangerView? _headerStrangers;
    private IReadOnlySet<string>? _ownAddresses;
    private ForeignAddresses? _foreign;
    private RecentMailNote? _draft;
    private RecentMailNote? _note;
    private (AddressSet Own, AddressSet Quoted)? _written;
    private RecentMailAnswer? _recent;
    private (List<(FoundAddress? Found, Person Person)> Own, List<(FoundAddress? Found, Person Person)> InQuotes)? _news;
    private AddressSet? _inSubject;
    private bool? _looksContinued;
    private PeopleFound? _people;
    private GreetingCheck? _greeting;
    private CorrespondenceView? _correspondence;
    private IReadOnlyList<QuotedMail>? _quotedMails;
    private string? _quotedNews;
    private IReadOnlyList<Lookalike>? _lookalikesFound;

    /// <summary>Distinct outside envelope recipients.</summary>
    public IReadOnlyList<Person> Outside => field ??=
        [.. context.Facts.Outside.Select(r => new Person(r.Key, r.Organisation)).DistinctBy(p => p.Key)];

    /// <summary>Distinct outside addresses in the recipient fields, without the author's own.</summary>
    public IReadOnlyList<VisibleAddress> VisibleOutside => field ??=
        [.. context.Facts.Visible.Where(v => !v.Inside && !context.Facts.AuthorKeys.Contains(v.Address.Key)).DistinctBy(v => v.Address.Key)];

    /// <summary>The same people.</summary>
    private IReadOnlyList<Person> VisiblePeople => field ??= [.. VisibleOutside.Select(v => new Person(v.Address.Key, v.Organisation))];

    /// <summary>Outside recipients whom the question is about, without the author's own.</summary>
    public List<Person> Strange => field ??= [.. Outside.Where(p => Asked.Contains(p.Key) && !context.Facts.AuthorKeys.Contains(p.Key))];

    /// <summary>True for a mail that continues a thread.</summary>
    public bool IsReply => context.Facts.References.Count > 0;

    /// <summary>True for a mail that refers to another, quotes something or is marked as an answer.</summary>
    public bool LooksContinued => _looksContinued ??= IsReply || !string.IsNullOrWhiteSpace(context.Facts.QuotedText) || Topic.IsContinued(context.Facts.Subject);

    /// <summary>True for a mail that continues a thread or quotes one that others wrote.</summary>
    public bool Continues(CancellationToken cancel) => IsReply || QuotedMails(cancel).Any(IsByOthers);

    /// <summary>Who would see strangers in the header.</summary>
    public StrangerView HeaderStrangers(CancellationToken cancel) => _headerStrangers ??=
        StrangerGroups.Find(VisiblePeople, Outside, context, cancel);

    /// <summary>Those of the outside recipients who are the sender himself; worked out once.</summary>
    public IReadOnlySet<string> OwnAddresses(CancellationToken cancel) => _ownAddresses ??= Sekisho.Inspection.OwnAddresses.Of(context, Outside, Correspondence(cancel));

    /// <summary>What is known about everybody on this mail; asked once.</summary>
    public CorrespondenceView Correspondence(CancellationToken cancel)
    {
        if (_correspondence is null)
        {
            cancel.ThrowIfCancellationRequested();
            _correspondence = Question is { } question ? context.Correspondence.Look(question) : CorrespondenceView.Nothing;
        }

        return _correspondence;
    }

    /// <summary>What is asked about this mail, null where nobody writes it: outside people first, each followed by his organisation, then our own.</summary>
    public CorrespondenceQuestion? Question => field ??= CorrespondenceQuestions.Of(context);

    /// <summary>Keys that question is about.</summary>
    public IReadOnlySet<string> Asked => field ??= Question?.People.ToHashSet(StringComparer.Ordinal) ?? [];

    /// <summary>Who is on the mail and whom it names.</summary>
    public BelongingDraft Belonging => field ??= BelongingDraft.Of(context);

    /// <summary>Whose addresses could be slips.</summary>
    public LookalikeDraft Lookalikes => field ??= LookalikeDraft.Of(context);

    /// <summary>Which of them are, by all that is known.</summary>
    public IReadOnlyList<Lookalike> LookalikesFound(CancellationToken cancel) => _lookalikesFound ??= new LookalikeSearch(context, cancel).Find();

    /// <summary>Outside addresses in the text that are news to somebody who gets it.</summary>
    public ForeignAddresses Foreign(CancellationToken cancel) => _foreign ??= ForeignAddresses.Find(context, cancel);

    /// <summary>Addresses in the author's own text, and in what he quotes.</summary>
    public (AddressSet Own, AddressSet Quoted) Written(CancellationToken cancel)
    {
        if (_written is { } known)
        {
            return known;
        }

        var (own, quoted) = (new AddressSet(), new AddressSet());
        if (AddressScanner.MayHold(context.Facts.FullText))
        {
            AddressScanner.Collect(context.Facts.OwnText, own, cancel);
            AddressScanner.Collect(context.Facts.QuotedText, quoted, cancel);
        }

        _written = (own, quoted);
        return (own, quoted);
    }

    /// <summary>What of the text may be news to somebody who sees the recipient fields.</summary>
    public (List<(FoundAddress? Found, Person Person)> Own, List<(FoundAddress? Found, Person Person)> InQuotes) News(CancellationToken cancel)
    {
        if (_news is null)
        {
            var own = Written(cancel).Own;
            _news = ForeignAddresses.Candidates(context, own, NewlyQuoted(cancel), ForeignAddresses.SeenByAll(context));
        }

        return _news.Value;
    }

    /// <summary>Addresses in the subject.</summary>
    public AddressSet InSubject(CancellationToken cancel) => _inSubject ??= AddressesInSubject.Read(context.Facts, cancel);

    /// <summary>The mails quoted with their header.</summary>
    public IReadOnlyList<QuotedMail> QuotedMails(CancellationToken cancel) => _quotedMails ??= Sekisho.Inspection.QuotedMails.Read(context.Facts.QuotedText, cancel, _written?.Quoted);

    /// <summary>What is quoted and not everybody outside has had.</summary>
    public string QuotedNews(CancellationToken cancel) => _quotedNews ??= AnsweredThread.NewsOf(context, cancel);

    /// <summary>Addresses in it.</summary>
    public AddressSet NewlyQuoted(CancellationToken cancel)
    {
        var all = Written(cancel).Quoted;
        if (all.All.Count == 0 || QuotedNews(cancel) is var news && news.Length == context.Facts.QuotedText.Length)
        {
            return all;
        }

        var rest = new AddressSet();
        AddressScanner.Collect(news, rest, cancel);
        return rest;
    }

    /// <summary>True for a quoted mail that somebody outside wrote who is not on this mail's own side.</summary>
    public bool IsByOthers(QuotedMail mail) => mail.Author.Any(a => !IsInside(a) && !context.Facts.AuthorKeys.Contains(a.Key));

    /// <summary>What was noted as sent lately; null for the null sender, and where nothing goes outside.</summary>
    public RecentMailNote? Note(CancellationToken cancel)
        => _note ??= Draft(cancel) is { } draft ? draft with { ForeignAddresses = [.. Foreign(cancel).All.Select(a => a.Key)] } : null;

    /// <summary>The note without the addresses that are news to somebody, which only history can tell.</summary>
    private RecentMailNote? Draft(CancellationToken cancel)
    {
        if (_draft is null && context.Facts.Sender is { } sender && Outside.Count > 0)
        {
            var files = ContentFingerprint.OfFiles(context.Facts, cancel);
            var carriesFile = context.Facts.HasAttachment && !IsReply;
            _draft = new RecentMailNote(
                context.Input.Id ?? ContentFingerprint.OfInput(context.Input),
                sender.Key,
                ContentFingerprint.OfContent(context.Facts, files),
                ContentFingerprint.OfTemplate(sender.Key, context.Facts.Subject),
                [.. Outside.Select(p => p.Key)],
                [],
                carriesFile)
            {
                At = context.Input.ReceivedAt,
                LetterKey = carriesFile ? ContentFingerprint.OfLetter(context.Facts) : "",
                FileKey = carriesFile ? files : "",
                Greeting = Greeting(cancel).Fit switch { NameFit.Fits => RecentMailNote.GreetingFits, NameFit.Differs => RecentMailNote.GreetingDiffers, _ => "" },
            };
        }

        return _draft;
    }

    /// <summary>Works out what the rules that need history will ask for, as far as it needs none. What fails here fails again where a rule asks for it, and is a finding there.</summary>
    public void Prepare(CancellationToken cancel)
    {
        try
        {
            var (own, quoted) = Written(cancel);
            if (own.All.Count + quoted.All.Count > 0)
            {
                News(cancel);
            }

            QuotedMails(cancel);
            QuotedNews(cancel);
            Draft(cancel);
            InSubject(cancel);
            _headerStrangers = StrangerGroups.WithoutHistory(VisiblePeople, Outside);
            _ = AllKeys;
            _ = Strange;
            _ = LooksContinued;
            if (UnlikelyRecipient.MayHaveCompany(context))
            {
                Belonging.LookForAll();
            }

            _ = Lookalikes;
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>Whom the mail greets, and whether it goes to him.</summary>
    public GreetingCheck Greeting(CancellationToken cancel) => _greeting ??= GreetingCheck.Of(context, cancel);

    /// <summary>Everything personal in the text and the files.</summary>
    public PeopleFound People(CancellationToken cancel) => _people ??= PeopleReader.Read(context.Facts, QuotedNews(cancel), cancel);

    /// <summary>What stood in the memory of recent mail; asked once.</summary>
    public RecentMailAnswer? Recent(CancellationToken cancel)
        => _recent ??= Note(cancel) is { } note ? context.Recent.Note(note) : null;

    /// <summary>The note as far as it was made, for the gateway to store.</summary>
    public RecentMailNote? MadeNote => _recent is null ? null : _note;

    /// <summary>Those of the outside recipients who are among these keys, in the envelope's order.</summary>
    public IReadOnlyList<string> KeysOf(IReadOnlySet<string> keys) => [.. Outside.Where(p => keys.Contains(p.Key)).Select(p => p.Key)];

    /// <summary>Keys of all outside recipients.</summary>
    public IReadOnlyList<string> AllKeys => field ??= [.. Outside.Select(p => p.Key)];

    /// <summary>True for an address of the organisation, also one too broken to parse.</summary>
    public bool IsInside(FoundAddress found) => Parsed(found) is { } address && context.Organisation.IsInside(address);

    /// <summary>The organisation of an address found in text.</summary>
    public string OrganisationOf(FoundAddress found) => Parsed(found) is { } address
        ? found.Address is null && Organisation.IsFreemail(found.Domain) ? found.Key : context.Organisation.OrganisationOf(address)
        : found.Key;

    private static EmailAddress? Parsed(FoundAddress found)
        => found.Address ?? (EmailAddress.TryParse($"x@{found.Domain}", out var stand) ? stand : null);
}
