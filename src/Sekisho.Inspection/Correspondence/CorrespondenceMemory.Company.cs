using System.Numerics;

namespace Sekisho.Inspection;

/// <content>Who was together with the people of a mail, worked out when it is read.</content>
public sealed partial class CorrespondenceMemory
{
    private const int MaxCompanions = 16;

    private long _changes;

    /// <summary>Ids looked for one after the other up to so many; beyond, by halves.</summary>
    private static bool IsMember(Circle circle, int id)
        => circle.Members.Length <= CorrespondenceQuestion.MaxCompany ? circle.Members.AsSpan().Contains(id) : Array.BinarySearch(circle.Members, id) >= 0;

    private sealed class LateCompany(CorrespondenceMemory memory, List<Someone> people, List<int> places, Someone? sender, long at) : ILateCompany
    {
        private readonly long _changes = memory._changes;
        private List<Circle>? _circles;
        private Meeting[]? _meetings;
        private Gathering[]? _gatherings;
        private List<Companion>? _companions;

        public IReadOnlyList<Meeting> Meetings
        {
            get
            {
                lock (memory._lock)
                {
                    return _meetings ??= Meet();
                }
            }
        }

        public IReadOnlyList<Gathering> Gatherings
        {
            get
            {
                lock (memory._lock)
                {
                    return _gatherings ??= Tell();
                }
            }
        }

        public IReadOnlyList<Companion> Companions
        {
            get
            {
                lock (memory._lock)
                {
                    return _companions ??= MostFrequent();
                }
            }
        }

        private void Check()
        {
            if (_changes != memory._changes)
            {
                throw new InvalidOperationException("more was learnt since this was asked");
            }
        }

        /// <summary>The gatherings, and who of the people was in each. Most people's are all among them; of one with very many, each is asked for him.</summary>
        private Meeting[] Meet()
        {
            Check();
            var question = ++memory._question;
            var circles = _circles = new List<Circle>();
            var present = new List<ulong>();
            for (var p = 0; p < people.Count; p++)
            {
                var few = people[p].Circles.Count <= MaxGatherings;
                var bit = few ? 1UL << places[p] : 0;
                foreach (var circle in few ? people[p].Circles : Latest(people[p]))
                {
                    if (circle.Met.Question != question)
                    {
                        circle.Met = (question, circles.Count);
                        circles.Add(circle);
                        present.Add(bit);
                    }
                    else
                    {
                        present[circle.Met.Place] |= bit;
                    }
                }
            }

            for (var p = 0; p < people.Count; p++)
            {
                for (var i = 0; people[p].Circles.Count > MaxGatherings && i < circles.Count; i++)
                {
                    present[i] |= IsMember(circles[i], people[p].Id) ? 1UL << places[p] : 0;
                }
            }

            var meetings = new Meeting[circles.Count];
            for (var i = 0; i < meetings.Length; i++)
            {
                meetings[i] = new Meeting(circles[i].Size, circles[i].Times, circles[i].Last, sender is not null && IsMember(circles[i], sender.Id), present[i]);
            }

            return meetings;
        }

        private Gathering[] Tell()
        {
            var meetings = _meetings ??= Meet();
            var gatherings = new Gathering[meetings.Length];
            var keys = new (long Last, long Id)[meetings.Length];
            for (var i = 0; i < gatherings.Length; i++)
            {
                var (circle, left) = (_circles![i], meetings[i].People);
                var present = new int[BitOperations.PopCount(left)];
                for (var p = 0; p < present.Length; p++, left &= left - 1)
                {
                    present[p] = BitOperations.TrailingZeroCount(left);
                }

                gatherings[i] = new Gathering(circle.Id, circle.Size, circle.Times, Moment(circle.Last), meetings[i].WithSender, present);
                keys[i] = (-circle.Last, -circle.Id);
            }

            Array.Sort(keys, gatherings);
            return gatherings;
        }

        /// <summary>The few most frequent of those who were there and are not of the question, without sorting the crowd.</summary>
        private List<Companion> MostFrequent()
        {
            Check();
            _meetings ??= Meet();
            var question = ++memory._question;
            if (sender is not null)
            {
                sender.Met = (question, -1);
            }

            foreach (var one in people)
            {
                one.Met = (question, -1);
            }

            var most = new List<Someone>(MaxCompanions + 1);
            foreach (var one in Crowd(question))
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

            return most.ConvertAll(one => new Companion(memory.ContactOf(one, sender, at), one.Together));

            static int Compare(Someone a, Someone b) => a.Together != b.Together ? b.Together.CompareTo(a.Together) : string.CompareOrdinal(a.Key, b.Key);
        }

        private List<Someone> Crowd(long question)
        {
            var crowd = new List<Someone>();
            foreach (var circle in _circles!)
            {
                if (circle.Size > CorrespondenceQuestion.MaxCompany)
                {
                    continue;
                }

                foreach (var member in circle.Members)
                {
                    var one = memory._everybody[member];
                    if (one.IsOrganisation || (one.Met.Question == question && one.Met.Index < 0))
                    {
                        continue;
                    }

                    if (one.Met.Question != question)
                    {
                        one.Met = (question, 0);
                        one.Together = 0;
                        crowd.Add(one);
                    }

                    one.Together += circle.Times;
                }
            }

            return crowd;
        }
    }
}
