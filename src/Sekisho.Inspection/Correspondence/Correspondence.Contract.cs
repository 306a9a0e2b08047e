using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// What is known of who writes with whom; read-only, answers are of the moment the inspection began. Kept as gatherings (a set of people seen together on one mail,
/// counted and dated), never as pairs of outside people. Keys are <see cref="EmailAddress.Key"/>; the people of an outside organisation that is not freemail
/// are also remembered as one person, <see cref="OrganisationKey"/>.
/// </summary>
public interface ICorrespondence
{
    /// <summary>
    /// For each address the gatherings (opaque ids) it was seen in. Two addresses of the question that were together in a gathering share an id: of an address with very
    /// many gatherings only the latest are told, and those it shares with the others. Addresses never seen are absent.
    /// </summary>
    IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys);

    /// <summary>Everything known about the people of one mail, in one reading.</summary>
    CorrespondenceView Look(CorrespondenceQuestion question) => CorrespondenceView.Nothing;

    /// <summary>People and organisations written to before whose address could be meant instead of this one; at most <paramref name="question"/>.Most, best known first.</summary>
    IReadOnlyList<Contact> Alike(AlikeQuestion question) => [];

    /// <summary>
    /// For each key the gatherings of three and more, of its latest, that each brought it together with an outside organisation new to it, counted from the oldest of them up to
    /// <see cref="MaxRounds"/>. One big gathering counts once, a list (<see cref="CorrespondenceQuestion.MaxCompany"/>) not at all; an organisation's own people do not count, nor do freemail
    /// people, who are no organisation. Keys never so seen are absent.
    /// </summary>
    IReadOnlyDictionary<string, int> RoundsOf(IReadOnlyCollection<string> keys) => new Dictionary<string, int>();

    /// <summary>More rounds than this are not counted.</summary>
    const int MaxRounds = 8;

    /// <summary>How often this organisation's own past mail scored as high under a rule.</summary>
    ScoreCurve Curve(string rule) => ScoreCurve.Empty;

    /// <summary>The key under which an outside organisation's people are remembered together: <c>@</c> and its organisation key (<see cref="IOrganisation.OrganisationOf"/>).</summary>
    static string OrganisationKey(string organisation) => "@" + organisation;
}

/// <summary>The people of one mail, and what it continues.</summary>
/// <param name="Sender">Key of the one who writes.</param>
/// <param name="People">Keys of everybody else on it, distinct: recipients of the envelope and visible addresses, inside and outside. Beyond <see cref="MaxPeople"/> only the first are looked at.</param>
/// <param name="At">The mail's moment; weights are decayed to it.</param>
public sealed record CorrespondenceQuestion(string Sender, IReadOnlyList<string> People, DateTimeOffset At)
{
    /// <summary>People looked at in one question.</summary>
    public const int MaxPeople = 64;

    /// <summary>People in a gathering above which it names no companions: a list that everybody is on says nothing about who belongs to whom.</summary>
    public const int MaxCompany = 64;

    /// <summary>Message-IDs (without brackets) it answers or refers to.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The subject without <c>Re:</c>, <c>Fw:</c> and the like, folded; empty where it says too little to tell a thread by.</summary>
    public string Topic { get; init; } = "";

    /// <summary>
    /// The answer is read before anything more is learnt: gatherings and companions, which most mails are judged without, may then be worked out when they are first read.
    /// </summary>
    internal bool ReadAtOnce { get; init; }
}

/// <summary>What is known about the people of one mail.</summary>
public sealed record CorrespondenceView
{
    /// <summary>Nobody is known.</summary>
    public static CorrespondenceView Nothing { get; } = new();

    /// <summary>Mails learnt from, of the whole organisation.</summary>
    public long Mails { get; init; }

    /// <summary>Mails learnt from this sender.</summary>
    public long SenderMails { get; init; }

    /// <summary>By key: who of the question was on a mail before. Strangers are absent.</summary>
    public IReadOnlyDictionary<string, Contact> Contacts { get; init; } = new Dictionary<string, Contact>();

    /// <summary>Gatherings that at least one of the people was in, latest first, bounded per person.</summary>
    public IReadOnlyList<Gathering> Gatherings { get => field ?? Later?.Gatherings ?? []; init; }

    /// <summary>The thread the mail continues; null where none is known.</summary>
    public KnownThread? Thread { get; init; }

    /// <summary>People who were often with the people of this mail but are not on it, most often first, at most 16: whom the sender may have meant.</summary>
    public IReadOnlyList<Companion> Companions { get => field ?? Later?.Companions ?? []; init; }

    /// <summary>The gatherings, in no order, as they are counted.</summary>
    internal IReadOnlyList<Meeting> Meetings => Later?.Meetings ?? Meeting.Of(Gatherings);

    /// <summary>Tells gatherings and companions when they are first asked for; null where they were told at once.</summary>
    internal ILateCompany? Later { get; init; }
}

/// <summary>Somebody who was on a mail before.</summary>
/// <param name="Key">His address's key, or an organisation's.</param>
/// <param name="FirstAt">First mail.</param>
/// <param name="LastAt">Latest mail.</param>
/// <param name="Mails">Mails he was a recipient of, from anybody.</param>
public sealed record Contact(string Key, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Mails)
{
    /// <summary>Mails to him from the sender of the question.</summary>
    public long BySender { get; init; }

    /// <summary>The sender's latest mail to him; null when there was none.</summary>
    public DateTimeOffset? LastBySender { get; init; }

    /// <summary>Mails to him from the sender, each halved for every <see cref="HalfLife"/> that has passed since.</summary>
    public double WeightBySender { get; init; }

    /// <summary>The same from anybody.</summary>
    public double Weight { get; init; }

    /// <summary>Mails he wrote to somebody here, where incoming mail is seen (observe, archives).</summary>
    public long Written { get; init; }

    /// <summary>Display names used for the address, most used first, at most 4.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>After which a mail counts half.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(90);
}

/// <summary>A set of people seen together.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Size">How many, the writer and those not of the question included; organisations' keys not.</param>
/// <param name="Times">Mails to exactly this set.</param>
/// <param name="LastAt">The latest.</param>
/// <param name="WithSender">The sender of the question is one of them.</param>
/// <param name="People">Indices into the question's people who are of it, ascending.</param>
public sealed record Gathering(long Id, int Size, long Times, DateTimeOffset LastAt, bool WithSender, IReadOnlyList<int> People);

/// <summary>Mails of one thread: those a mail refers to, or else those of the same topic and sender.</summary>
/// <param name="Mails">Known ones.</param>
/// <param name="ByReference">True when found by Message-ID, false by topic.</param>
/// <param name="People">By key, on how many of them he was (as writer or recipient).</param>
public sealed record KnownThread(long Mails, bool ByReference, IReadOnlyDictionary<string, int> People);

/// <summary>Somebody often seen with the people of a mail.</summary>
/// <param name="Contact">Who.</param>
/// <param name="Together">Mails (gatherings times their count, of those looked at) with at least one of them.</param>
public sealed record Companion(Contact Contact, long Together);

/// <summary>Whom could be meant instead.</summary>
/// <param name="Sender">Key of the one who writes: his own contacts come first.</param>
/// <param name="Address">The address in question.</param>
/// <param name="At">The mail's moment.</param>
public sealed record AlikeQuestion(string Sender, EmailAddress Address, DateTimeOffset At)
{
    /// <summary>The display name given with the address; empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Answers wanted, at most 64.</summary>
    public int Most { get; init; } = 16;

    /// <summary>Who was written to less often need not be told, where that leaves room for nobody else.</summary>
    public long Least { get; init; }
}

/// <summary>What one mail teaches. A mail that was itself a finding teaches nothing; sending it as is does.</summary>
/// <param name="Sender">Key of the one who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="People">Everybody who got it, and outside authors' names; distinct keys.</param>
public sealed record LearntMail(string Sender, DateTimeOffset At, IReadOnlyList<LearntPerson> People)
{
    /// <summary>Its Message-ID without brackets, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>As in <see cref="CorrespondenceQuestion.References"/>.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>As in <see cref="CorrespondenceQuestion.Topic"/>.</summary>
    public string Topic { get; init; } = "";

    /// <summary>The display name of the sender; empty for none.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The sender's organisation key where he is outside (incoming mail); null for one of ours.</summary>
    public string? SenderOrganisation { get; init; }
}

/// <summary>One who got a mail.</summary>
/// <param name="Key">His address's key.</param>
/// <param name="Organisation">His organisation key; null inside.</param>
/// <param name="Visible">True when the others could see him: then he is of the gathering. False for a blind or individual copy.</param>
/// <param name="Name">The display name used; empty for none.</param>
public sealed record LearntPerson(string Key, string? Organisation, bool Visible, string Name = "");

/// <summary>
/// How a rule's score (0 to 1,000, the higher the stranger) is spread over an organisation's own outgoing mail: from it a threshold follows that keeps an alarm budget.
/// Counts stand in 101 bins of ten.
/// </summary>
public sealed record ScoreCurve(IReadOnlyList<long> Bins)
{
    /// <summary>Mails below which an organisation's own curve says too little.</summary>
    public const long Enough = 1000;

    /// <summary>No mail was scored yet.</summary>
    public static ScoreCurve Empty { get; } = new(new long[101]);

    /// <summary>Mails counted.</summary>
    public long Mails => From(0);

    /// <summary>The names under which curves are kept: the rules that weigh, and after them what of their budgets was spent.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. RuleNames.Weighing, .. RuleNames.Weighing.Select(SpentName)];

    /// <summary>The name under which it is counted how many mails were within which alarm budget of a rule; the budget times ten stands for a score.</summary>
    public static string SpentName(string rule) => rule + "/alarms";

    /// <summary>The bin of a score.</summary>
    public static int BinOf(int score) => Math.Clamp(score, 0, 1000) / 10;

    /// <summary>
    /// Alarms per 1,000 mails if every mail with at least this score raised one, rounded up; null when too few mails are known. Scores of one bin count as equal: a budget takes all of them or none.
    /// </summary>
    public int? AlarmsPerThousand(int score)
    {
        var mails = Mails;
        return mails < Enough ? null : (int)Math.Ceiling(1000.0 * From(BinOf(score)) / mails);
    }

    /// <summary>Mails counted in a bin or above it.</summary>
    internal long From(int bin)
    {
        var mails = 0L;
        if (Bins is long[] bins)
        {
            for (var i = bin; i < bins.Length; i++)
            {
                mails += bins[i];
            }

            return mails;
        }

        return Bins.Skip(bin).Sum();
    }
}
