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
    public const int KnowsItsPeople = 300;

    public static bool IsLikely(StrangerView view) => Score(view) >= Likely;

    /// <summary>0 where nobody sees a stranger, to 1,000.</summary>
    public static int Score(StrangerView view) => view switch
    {
        { Shows: false } => 0,
        { Groups: >= 10 } => 1000,
        { Groups: >= 5 } and not { Joins: true } => 900 + Within(view, 100, ((view.Groups - 5) * 10) + (view.Continues ? 0 : 20)),

        // Somebody hidden who sees strangers: nobody introduces people to each other in Bcc.
        _ when view.Groups > view.VisibleGroups => 800 + Within(view, 100),
        { History: < KnowsItsPeople } => 700,
        { Joins: true } => 300 + (view.Groups * 20) + Within(view, 20),
        { KnownGroups: >= 2 } => 600 + (view.Groups * 20) + Within(view, 20),

        // Private persons have no business with each other by way of us: applicants, customers, members.
        { PrivateGroups: >= 2 } => 550 + (view.Groups * 20) + Within(view, 20),
        { Groups: 4 } => view.Continues ? 400 + Within(view, 100) : 520 + Within(view, 30),
        { Groups: 3 } => (view.Continues ? 300 : 400) + Within(view, 100),
        _ => (view.Continues ? 100 : 200) + Within(view, 100),
    };

    /// <summary>
    /// The order among mails that look alike otherwise, or an alarm budget could only ask about all of them or none: nearer to an accident are those with a correspondent of ours or a private person
    /// among the strangers, and more people. Less than <paramref name="room"/>.
    /// </summary>
    private static int Within(StrangerView view, int room, int more = 0)
        => Math.Min(room - 1, more + (room / 8 * (Math.Min(view.KnownGroups, 2) + Math.Min(view.PrivateGroups, 2))) + Math.Clamp(view.Addresses - view.Groups, 0, 9));
}
