namespace Sekisho.Inspection;

/// <content>What is known of the people of a mail.</content>
public sealed partial class CorrespondenceMemory
{
    private const int MaxCompanions = 16;

    private const int MaxNames = 4;

    private readonly List<Circle> _found = [];
    private readonly List<Someone> _company = [];
    private readonly HashSet<int> _organisations = [];
    private long _question;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
    {
        lock (_lock)
        {
            var found = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
            var asked = addressKeys.Where(_people.ContainsKey).Distinct(StringComparer.Ordinal).Select(k => _people[k]).Where(one => one.Circles.Count > 0).ToList();
            HashSet<long>? shared = null;
            foreach (var one in asked)
            {
                if (one.Circles.Count <= MaxGatherings)
                {
                    found[one.Key] = one.Circles.ConvertAll(c => c.Id);
                    continue;
                }

                shared ??= SharedBy(asked);
                var told = Latest(one).Select(c => c.Id).ToHashSet();
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

            var contacts = new Dictionary<string, Contact>(StringComparer.Ordinal);
            var people = new List<Someone>();
            var count = Math.Min(question.People.Count, CorrespondenceQuestion.MaxPeople);
            for (var i = 0; i < count; i++)
            {
                if (_people.TryGetValue(question.People[i], out var one) && one.Met.Question != _question)
                {
                    one.Met = (_question, i);
                    people.Add(one);
                    contacts.Add(one.Key, ContactOf(one, sender, at));
                }
            }

            Find(people);
            return new CorrespondenceView
            {
                Mails = _mails,
                SenderMails = sender?.Written ?? 0,
                Contacts = contacts,
                Gatherings = Tell(people, sender),
                Companions = Companions(sender, at),
                Thread = FindThread(question, sender, people, at),
            };
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
        _organisations.Clear();
        _organisations.Add(one.Id);
        var rounds = 0;
        foreach (var circle in one.Circles.Count <= MaxGatherings ? one.Circles : (List<Circle>)[.. Latest(one).OrderBy(c => c.Id)])
        {
            var isNew = false;
            foreach (var member in circle.Size is > 2 and <= CorrespondenceQuestion.MaxCompany ? circle.Members : [])
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

    private static List<Circle> Latest(Someone one)
    {
        var latest = new List<Circle>(one.Circles);
        latest.Sort(LatestFirst);
        latest.RemoveRange(MaxGatherings, latest.Count - MaxGatherings);
        return latest;
    }

    private static int LatestFirst(Circle a, Circle b) => a.Last != b.Last ? b.Last.CompareTo(a.Last) : b.Id.CompareTo(a.Id);

    private Contact ContactOf(Someone one, Someone? sender, long at)
    {
        var received = one.Received;
        var habit = sender is not null && _habits.TryGetValue((sender.Id, one.Id), out var known) ? known : default;
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

    /// <summary>The gatherings of these people, latest first.</summary>
    private void Find(List<Someone> people)
    {
        _found.Clear();
        foreach (var one in people)
        {
            foreach (var circle in one.Circles.Count <= MaxGatherings ? one.Circles : Latest(one))
            {
                if (circle.Met != _question)
                {
                    circle.Met = _question;
                    _found.Add(circle);
                }
            }
        }

        _found.Sort(LatestFirst);
    }

    /// <summary>The found gatherings as answered, and on the way who else was in them.</summary>
    private Gathering[] Tell(List<Someone> people, Someone? sender)
    {
        _company.Clear();
        var gatherings = new Gathering[_found.Count];
        var present = new List<int>();
        for (var i = 0; i < gatherings.Length; i++)
        {
            var circle = _found[i];
            present.Clear();
            var withSender = false;
            if (circle.Size > CorrespondenceQuestion.MaxCompany)
            {
                withSender = sender is not null && Array.BinarySearch(circle.Members, sender.Id) >= 0;
                present.AddRange(people.Where(one => Array.BinarySearch(circle.Members, one.Id) >= 0).Select(one => one.Met.Index));
            }
            else
            {
                foreach (var member in circle.Members)
                {
                    var one = _everybody[member];
                    if (one == sender)
                    {
                        withSender = true;
                    }
                    else if (one.Met.Question == _question && one.Met.Index >= 0)
                    {
                        present.Add(one.Met.Index);
                    }
                    else if (!one.IsOrganisation)
                    {
                        Accompany(one, circle.Times);
                    }
                }
            }

            present.Sort();
            gatherings[i] = new Gathering(circle.Id, circle.Size, circle.Times, Moment(circle.Last), withSender, present.ToArray());
        }

        return gatherings;
    }

    private void Accompany(Someone one, long times)
    {
        if (one.Met.Question != _question)
        {
            one.Met = (_question, -1);
            one.Together = 0;
            _company.Add(one);
        }

        one.Together += times;
    }

    private List<Companion> Companions(Someone? sender, long at)
    {
        // The few most frequent, without sorting the crowd.
        var most = new List<Someone>(MaxCompanions + 1);
        foreach (var one in _company)
        {
            if (most.Count == MaxCompanions && Compare(most[^1], one) < 0)
            {
                continue;
            }

            var place = most.Count;
            while (place > 0 && Compare(one, most[place - 1]) < 0)
            {
                place--;
            }

            most.Insert(place, one);
            if (most.Count > MaxCompanions)
            {
                most.RemoveAt(MaxCompanions);
            }
        }

        return most.ConvertAll(one => new Companion(ContactOf(one, sender, at), one.Together));

        static int Compare(Someone a, Someone b) => a.Together != b.Together ? b.Together.CompareTo(a.Together) : string.CompareOrdinal(a.Key, b.Key);
    }
}
