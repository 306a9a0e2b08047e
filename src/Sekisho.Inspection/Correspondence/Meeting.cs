namespace Sekisho.Inspection;

/// <summary>A gathering as it is counted: the people of the question who were in it are bits, by their place in the question.</summary>
internal readonly record struct Meeting(int Size, long Times, long LastAt, bool WithSender, ulong People)
{
    /// <summary>The same of gatherings that were told; people beyond those a question is about are in none.</summary>
    public static Meeting[] Of(IReadOnlyList<Gathering> gatherings)
    {
        var meetings = new Meeting[gatherings.Count];
        for (var i = 0; i < meetings.Length; i++)
        {
            var gathering = gatherings[i];
            var people = 0UL;
            foreach (var person in gathering.People)
            {
                people |= person < CorrespondenceQuestion.MaxPeople ? 1UL << person : 0;
            }

            meetings[i] = new Meeting(gathering.Size, gathering.Times, gathering.LastAt.UtcTicks, gathering.WithSender, people);
        }

        return meetings;
    }
}

/// <summary>The part of a <see cref="CorrespondenceView"/> that costs most and is needed least. Throws <see cref="InvalidOperationException"/> when the history has changed since.</summary>
internal interface ILateCompany
{
    /// <inheritdoc cref="CorrespondenceView.Gatherings"/>
    IReadOnlyList<Gathering> Gatherings { get; }

    /// <inheritdoc cref="CorrespondenceView.Meetings"/>
    IReadOnlyList<Meeting> Meetings { get; }

    /// <inheritdoc cref="CorrespondenceView.Companions"/>
    IReadOnlyList<Companion> Companions { get; }
}
