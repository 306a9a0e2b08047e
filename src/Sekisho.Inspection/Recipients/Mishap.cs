namespace Sekisho.Inspection;

/// <summary>
/// How much strangers in To and Cc look like an accident and not like one person bringing two together, which is ordinary business. Accidents come from lists and from the address book:
/// they have many people, or people each of whom is known to us by himself. Whoever is written to for the first time, beside one other, was typed in by hand on purpose.
/// </summary>
internal static class Mishap
{
    /// <summary>Score from which it looks like an accident.</summary>
    public const int Likely = 500;

    /// <summary>Mails after which it says something that nobody here has written to a person yet.</summary>
    private const int KnowsItsPeople = 300;

    public static bool IsLikely(StrangerView view) => Score(view) >= Likely;

    /// <summary>0 where nobody sees a stranger, to 1,000.</summary>
    public static int Score(StrangerView view) => view switch
    {
        { Shows: false } => 0,
        { Groups: >= 10 } => 1000,
        { Groups: >= 5 } and not { Joins: true } => 900,

        // Somebody hidden who sees strangers: nobody introduces people to each other in Bcc.
        _ when view.Groups > view.VisibleGroups => 800,
        { History: < KnowsItsPeople } => 700,
        { Joins: true } => 300 + (view.Groups * 20),
        { KnownGroups: >= 2 } => 600 + (view.Groups * 20),

        // Private persons have no business with each other by way of us: applicants, customers, members.
        { PrivateGroups: >= 2 } => 550 + (view.Groups * 20),
        { Groups: 4 } => view.Continues ? 400 : 520,
        { Groups: 3 } => view.Continues ? 300 : 400,
        _ => view.Continues ? 100 : 200,
    };
}
