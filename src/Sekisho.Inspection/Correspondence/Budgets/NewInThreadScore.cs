namespace Sekisho.Inspection;

/// <summary>
/// How strange it is that somebody joins a thread, by what <see cref="NewInThread"/> knows anyway. One who comes alone into a small circle that goes on is stranger than several, or than a mail passed on
/// to somebody else, which is done on purpose; and the less he is known here, the stranger.
/// </summary>
internal static class NewInThreadScore
{
    private static readonly double[] _together = [0.7, 0.7, -2, -2.6, -3.2];

    /// <param name="context">The mail.</param>
    /// <param name="added">Who joins.</param>
    /// <param name="conversation">What they join.</param>
    /// <param name="staying">People of it whom the mail reaches too.</param>
    /// <param name="view">What is known of everybody.</param>
    public static int Of(InspectionContext context, IReadOnlyList<Person> added, Conversation conversation, int staying, CorrespondenceView view)
        => Bits.ToScore(_together[Math.Min(added.Count, _together.Length - 1)]
            + (staying > 0 ? 1 : -2.5)
            + (0.3 * Bits.Of(conversation.Mails))
            - (0.5 * (Bits.Of(conversation.People.Count) - 2))
            - (0.4 * Bits.Of(context.Facts.Recipients.Count(r => r.Inside)))
            + added.Max(p => Foreign(p, view)));

    private static double Foreign(Person person, CorrespondenceView view)
    {
        if (view.Contacts.GetValueOrDefault(person.Key) is { Mails: > 0 } contact)
        {
            return 1.5 - (0.4 * Bits.Of(contact.BySender));
        }

        return person.Organisation == person.Key ? 1.8 : 2.8 - (0.35 * Bits.Of(view.Contacts.GetValueOrDefault(ICorrespondence.OrganisationKey(person.Organisation))?.Mails ?? 0));
    }
}
