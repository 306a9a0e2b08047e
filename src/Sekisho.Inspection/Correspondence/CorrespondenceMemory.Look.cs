namespace Sekisho.Inspection;

/// <content>What is known of the people of a mail.</content>
public sealed partial class CorrespondenceMemory
{
    private const int MaxNames = 4;

    private readonly HashSet<int> _organisations = [];
    private long _question;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
    {
        lock (_lock)
        {
            var found = new Dictionary<string, IReadOnlyList<long>>(addressKeys.Count, StringComparer.Ordinal);
            var asked = new List<Someone>(addressKeys.Count);
            _question++;
            foreach (var key in addressKeys)
            {
                if (_people.TryGetValue(key, out var one) && one.Circles.Count > 0 && one.Met.Question != _question)
                {
                    one.Met = (_question, -1);
                    asked.Add(one);
                }
            }

            HashSet<long>? shared = null;
            foreach (var one in asked)
            {
                if (one.Circles.Count <= MaxGatherings)
                {
                    found.Add(one.Key, one.CircleIds());
                    continue;
                }

                shared ??= SharedBy(asked);
                var told = Latest(one).ConvertAll(c => c.Id).ToHashSet();
                told.UnionWith(one.Circles.Select(c => c.Id).Where(shared.Contains));
                found[one.Key] = [.. told.Order()];
            }

            return found;
        }
    }

    /// <inheritdoc/>
    public CorrespondenceView Look(CorrespondenceQuestion question)
    {
        lock (_lock)
        {
            var at = question.At.UtcTicks;
            _question++;
            var sender = _people.GetValueOrDefault(question.Sender);
            if (sender is not null)
            {
                sender.Met = (_question, -1);
            }

            var count = Math.Min(question.People.Count, CorrespondenceQuestion.MaxPeople);
            var contacts = new Dictionary<string, Contact>(count, StringComparer.Ordinal);
            var people = new List<Someone>(count);
            var places = new List<int>(count);
            for (var i = 0; i < count; i++)
            {
                if (_people.TryGetValue(question.People[i], out var one) && one.Met.Question != _question)
                {
                    one.Met = (_question, i);
                    people.Add(one);
                    places.Add(i);
                    contacts.Add(one.Key, ContactOf(one, sender, at));
                }
            }

            var company = new LateCompany(this, people, places, sender, at);
            var view = new CorrespondenceView
            {
                Mails = _mails,
                SenderMails = sender?.Written ?? 0,
                Contacts = contacts,
                Thread = FindThread(question, sender, people, at),
                Later = company,
            };
            return question.ReadAtOnce ? view : view with { Gatherings = company.Gatherings, Companions = company.Companions, Later = null };
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> RoundsOf(IReadOnlyCollection<string> keys)
    {
        lock (_lock)
        {
            var rounds = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var key in keys)
            {
                if (_people.TryGetValue(key, out var one) && RoundsOf(one) is > 0 and var count)
                {
                    rounds[key] = count;
                }
            }

            return rounds;
        }
    }

    /// <summary>His gatherings that each brought an organisation the ones before had not, counted no further than is told.</summary>
    private int RoundsOf(Someone one)
    {
        if (one.Circles.Count > MaxGatherings)
        {
            var latest = Latest(one);
            latest.Sort((a, b) => a.Id.CompareTo(b.Id));
            return RoundsOf(one, latest);
        }

        // Who was in a gathering stays the same: as long as there is no new one, what was counted holds.
        if (one.Rounds.Of != one.Circles.Count)
        {
            one.Rounds = (one.Circles.Count, RoundsOf(one, one.Circles));
        }

        return one.Rounds.Count;
    }

    private int RoundsOf(Someone one, List<Circle> circles)
    {
        _organisations.Clear();
        _organisations.Add(one.Id);
        var rounds = 0;
        foreach (var circle in circles)
        {
            if (circle.Size is <= 2 or > CorrespondenceQuestion.MaxCompany)
            {
                continue;
            }

            var isNew = false;
            foreach (var member in circle.Members)
            {
                isNew |= _everybody[member].IsOrganisation && _organisations.Add(member);
            }

            rounds += isNew ? 1 : 0;
            if (rounds == ICorrespondence.MaxRounds)
            {
                break;
            }
        }

        return rounds;
    }

    private static HashSet<long> SharedBy(List<Someone> asked)
    {
        var seen = new HashSet<long>();
        var shared = new HashSet<long>();
        foreach (var circle in asked.SelectMany(one => one.Circles))
        {
            if (!seen.Add(circle.Id))
            {
                shared.Add(circle.Id);
            }
        }

        return shared;
    }

    /// <summary>His latest gatherings, as many as are looked at, in no order.</summary>
    private static List<Circle> Latest(Someone one)
    {
        // Gatherings only ever become later: those before the least of the last time are out for good, and few more than are wanted remain.
        var latest = new List<Circle>(MaxGatherings * 2);
        foreach (var circle in one.Circles)
        {
            if (circle.Last > one.LeastLast || (circle.Last == one.LeastLast && circle.Id >= one.LeastId))
            {
                latest.Add(circle);
            }
        }

        latest.Sort(LatestFirst);
        latest.RemoveRange(MaxGatherings, latest.Count - MaxGatherings);
        (one.LeastLast, one.LeastId) = (latest[^1].Last, latest[^1].Id);
        return latest;
    }

    private static int LatestFirst(Circle a, Circle b) => a.Last != b.Last ? b.Last.CompareTo(a.Last) : b.Id.CompareTo(a.Id);

    private Contact ContactOf(Someone one, Someone? sender, long at)
        => ContactOf(one, sender is not null && _habits.TryGetValue((sender.Id, one.Id), out var known) ? known : default, at);

    private static Contact ContactOf(Someone one, Habit habit, long at)
    {
        var received = one.Received;
        return new Contact(one.Key, Moment(one.First), Moment(one.Last), received.Mails)
        {
            BySender = habit.Mails,
            LastBySender = habit.Mails > 0 ? Moment(habit.Last) : null,
            WeightBySender = habit.WeightAt(at),
            Weight = received.WeightAt(at),
            Written = one.Written,
            Names = one.Names(MaxNames),
        };
    }

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);
}
