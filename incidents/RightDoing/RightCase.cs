namespace Sekisho.Incidents;

/// <summary>Ordinary mail that nobody should be asked about, often a real mistake's mail done right.</summary>
/// <param name="Id">Family and number, e.g. <c>payslip-03</c>.</param>
/// <param name="Family">What kind of mail it is.</param>
/// <param name="Mirrors">The incident whose mail this is, done right; empty where there is none.</param>
/// <param name="Messages">The submissions in order; a run has many.</param>
public sealed record RightCase(string Id, string Family, string Mirrors, IReadOnlyList<ReenactedMessage> Messages)
{
    /// <summary>Mails that went before and that the sender let go as they were: whoever stands in one is acquainted. Empty where nobody needs to be.</summary>
    public IReadOnlyList<ReenactedMessage> Before { get; init; } = [];
}

/// <summary>All right-doing cases. They depend on nothing but this code: the same bytes each time.</summary>
public static class RightDoing
{
    private static readonly Lazy<IReadOnlyList<RightCase>> s_all = new(() =>
        [.. OwnData.Cases(), .. Announcements.Cases(), .. PublicLists.Cases(), .. OfficeMail.Cases(), .. Threads.Cases(), .. Technical.Cases(), .. Runs.Cases()]);

    /// <summary>How many of them a policy may stop and still be called one that hardly ever interrupts.</summary>
    public const int Tolerated = 2;

    /// <summary>Every case, family by family.</summary>
    public static IReadOnlyList<RightCase> Cases => s_all.Value;
}
