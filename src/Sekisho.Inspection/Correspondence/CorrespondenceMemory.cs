using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>
/// The correspondence in this process's memory, for archives, benches and tests: the same answers as from a store. Bounded: past its limits those unseen for longest are forgotten, and
/// counted. What it answers follows from what it was taught, in that order, alone. Thread-safe.
/// </summary>
public sealed partial class CorrespondenceMemory : ICorrespondence
{
    /// <summary>Of an address's gatherings, those looked at: the latest.</summary>
    private const int MaxGatherings = 256;

    /// <summary>Marks of a lesson: one who is of the gathering, one who got the mail.</summary>
    private const int Together = 1;

    private const int Reached = 2;

    private readonly Lock _lock = new();
    private readonly List<Someone> _together = [];
    private readonly List<Someone> _got = [];
    private readonly int _maxPeople;
    private readonly long _maxMembers;
    private readonly Dictionary<string, ScoreCurve> _curves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Someone> _houses = new(StringComparer.Ordinal);
    private Dictionary<string, Someone> _people = new(StringComparer.Ordinal);
    private Dictionary<ulong, Circle> _circles = [];
    private Dictionary<(int From, int To), Habit> _habits = [];
    private List<Someone> _everybody = [];
    private AlikeIndex _alike = new();
    private long _circleIds;
    private long _members;
    private long _mails;

    /// <summary>
    /// An empty memory of at most <paramref name="maxPeople"/> addresses (organisations count like one) and <paramref name="maxMembers"/> places in gatherings; a full one takes about 0.4 GB.
    /// Throws <see cref="ArgumentOutOfRangeException"/> for fewer than ten of either.
    /// </summary>
    public CorrespondenceMemory(int maxPeople = 500_000, long maxMembers = 10_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPeople, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMembers, 10);
        (_maxPeople, _maxMembers) = (maxPeople, maxMembers);
    }

    /// <summary>Addresses and organisations known.</summary>
    public int People
    {
        get
        {
            lock (_lock)
            {
                return _everybody.Count;
            }
        }
    }

    /// <summary>Mails learnt from.</summary>
    public long Mails
    {
        get
        {
            lock (_lock)
            {
                return _mails;
            }
        }
    }

    /// <summary>Addresses, gatherings and threads that had to be forgotten because a limit was reached; what <see cref="Forget"/> was asked for is not counted.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Learns from one mail. In any order of dates; weights decay from the later to the earlier.</summary>
    public void Learn(LearntMail mail)
    {
        lock (_lock)
        {
            var at = mail.At.UtcTicks;
            var sender = Known(mail.Sender, at);
            sender.Written++;
            sender.Name(mail.SenderName, _alike);
            _mails++;
            _changes++;

            _together.Clear();
            _got.Clear();
            sender.Mark(_mails, Together);
            _together.Add(sender);
            if (Organisation(mail.Sender, mail.SenderOrganisation, at) is { } home)
            {
                home.Written++;
                Join(home);
            }

            foreach (var person in mail.People)
            {
                var one = Known(person.Key, at);
                one.Name(person.Name, _alike);
                if (one != sender && one.Mark(_mails, Reached))
                {
                    _got.Add(one);
                    Got(sender, one, at);
                }

                var organisation = Organisation(person.Key, person.Organisation, at);
                if (organisation is not null && organisation.Mark(_mails, Reached))
                {
                    Got(sender, organisation, at);
                }

                if (person.Visible)
                {
                    Join(one);
                    if (organisation is not null)
                    {
                        Join(organisation);
                    }
                }
            }

            Gather(at);
            LearnThread(mail, sender, _got, at);
            Bound();
        }
    }

    /// <summary>Counts one mail's score under a rule, 0 to 1,000.</summary>
    public void AddScore(string rule, int score)
    {
        lock (_lock)
        {
            if (!_curves.TryGetValue(rule, out var curve))
            {
                _curves.Add(rule, curve = new ScoreCurve(new long[ScoreCurve.Empty.Bins.Count]));
            }

            ((long[])curve.Bins)[ScoreCurve.BinOf(score)]++;
        }
    }

    /// <inheritdoc/>
    public ScoreCurve Curve(string rule)
    {
        lock (_lock)
        {
            return _curves.TryGetValue(rule, out var curve) ? new ScoreCurve((long[])((long[])curve.Bins).Clone()) : ScoreCurve.Empty;
        }
    }

    private Someone Known(string key, long at)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, key, out var known);
        if (!known)
        {
            entry = new Someone(key, _everybody.Count, at);
            _everybody.Add(entry);
            _alike.Add(entry);
        }

        entry!.Seen(at);
        return entry;
    }

    /// <summary>The one who stands for an organisation; nobody for our own, and for freemail, where each address is an organisation.</summary>
    private Someone? Organisation(string key, string? organisation, long at)
    {
        if (organisation is null || organisation == key)
        {
            return null;
        }

        ref var house = ref CollectionsMarshal.GetValueRefOrAddDefault(_houses, organisation, out var known);
        if (!known)
        {
            house = Known(ICorrespondence.OrganisationKey(organisation), at);
        }

        house!.Seen(at);
        return house;
    }

    private void Got(Someone sender, Someone one, long at)
    {
        one.Got(at);
        ref var habit = ref CollectionsMarshal.GetValueRefOrAddDefault(_habits, (sender.Id, one.Id), out var known);
        if (!known)
        {
            _alike.AddContact(sender, one);
        }

        habit.Add(at);
    }

    private void Join(Someone one)
    {
        if (one.Mark(_mails, Together))
        {
            _together.Add(one);
        }
    }

    private void Gather(long at)
    {
        var size = 0;
        foreach (var one in _together)
        {
            size += one.IsOrganisation ? 0 : 1;
        }

        if (size < 2)
        {
            return;
        }

        // A single gathering that would push out all the others teaches too little for that.
        if (_together.Count > _maxMembers / 4)
        {
            Forgotten++;
            return;
        }

        var members = new int[_together.Count];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = _together[i].Id;
        }

        Array.Sort(members);
        Gather(members, size, 1, at);
    }

    private void Gather(int[] members, int size, long times, long at)
    {
        var digest = DigestOf(members);
        while (_circles.TryGetValue(digest, out var known))
        {
            if (known.Members.AsSpan().SequenceEqual(members))
            {
                known.Again(times, at);
                return;
            }

            digest++;
        }

        var circle = new Circle(++_circleIds, members, size, times, at);
        _circles.Add(digest, circle);
        _members += members.Length;
        foreach (var member in members)
        {
            _everybody[member].Circles.Add(circle);
        }
    }

    private static ulong DigestOf(int[] members)
    {
        var digest = (ulong)members.Length;
        foreach (var member in members)
        {
            digest = Hash64.Mix(digest ^ (uint)member);
        }

        return digest;
    }
}
