using System.Numerics;

namespace Sekisho.Inspection;

/// <summary>Who of a mail's people was on mails together, counted from the gatherings. All arrays are by the people's place on the mail; those of two people by the one's place times their number, and the other's.</summary>
internal sealed class Company
{
    private readonly int _count;
    private readonly ulong[] _met;

    private Company(int count)
    {
        _count = count;
        _met = new ulong[count];
        Seen = new double[count];
        SeenWithSender = new double[count];
        AloneWithSender = new double[count];
        LastWithSender = new long[count];
        BestWith = new double[count];
        BestWithout = new double[count];
        WithoutHim = new double[count];
        Together = new double[count * count];
        TogetherWithSender = new double[count * count];
    }

    /// <summary>Mails of the gatherings each was in.</summary>
    public double[] Seen { get; }

    /// <summary>The same, the sender among them: mails of either to the other.</summary>
    public double[] SeenWithSender { get; }

    /// <summary>Mails between him and the sender alone.</summary>
    public double[] AloneWithSender { get; }

    /// <summary>The latest mail with him and the sender, in ticks; 0 for none.</summary>
    public long[] LastWithSender { get; }

    /// <summary>The largest share of the mail's people who were once together, he among them.</summary>
    public double[] BestWith { get; }

    /// <summary>The largest share of the others who were once together without him.</summary>
    public double[] BestWithout { get; }

    /// <summary>Mails on which all the others were and he was not.</summary>
    public double[] WithoutHim { get; }

    /// <summary>Mails on which all were.</summary>
    public double All { get; private set; }

    /// <summary>Mails on which two were together.</summary>
    public double[] Together { get; }

    /// <summary>The same, the sender among them.</summary>
    public double[] TogetherWithSender { get; }

    /// <summary>True where two, or people of their organisations, were together.</summary>
    public bool HaveMet(int one, int other) => (_met[one] & (1UL << other)) != 0;

    /// <summary>Counts once over all gatherings. Of at most as many people as a question is about.</summary>
    public static Company Of(BelongingMail mail)
    {
        var company = new Company(mail.People.Count);
        var (person, house) = Places(mail);
        foreach (var meeting in mail.View.Meetings)
        {
            var (present, met) = (0UL, 0UL);
            for (var left = meeting.People; left != 0; left &= left - 1)
            {
                var place = BitOperations.TrailingZeroCount(left);
                present |= person[place];
                met |= house[place];
            }

            company.Count(meeting, present);
            met |= present;
            for (var left = met; left != 0; left &= left - 1)
            {
                company._met[BitOperations.TrailingZeroCount(left)] |= met;
            }
        }

        return company;
    }

    private void Count(in Meeting meeting, ulong present)
    {
        var times = (double)meeting.Times;
        for (var left = present; left != 0; left &= left - 1)
        {
            var p = BitOperations.TrailingZeroCount(left);
            Seen[p] += times;
            Add(Together.AsSpan(p * _count, _count), present, times);
            if (meeting.WithSender)
            {
                SeenWithSender[p] += times;
                AloneWithSender[p] += meeting.Size == 2 ? times : 0;
                LastWithSender[p] = Math.Max(LastWithSender[p], meeting.LastAt);
                Add(TogetherWithSender.AsSpan(p * _count, _count), present, times);
            }
        }

        if (_count > 1 && meeting.WithSender)
        {
            var there = BitOperations.PopCount(present);
            for (var p = 0; p < _count; p++)
            {
                if ((present & (1UL << p)) != 0)
                {
                    BestWith[p] = Math.Max(BestWith[p], (there - 1.0) / (_count - 1));
                }
                else
                {
                    BestWithout[p] = Math.Max(BestWithout[p], (double)there / (_count - 1));
                    WithoutHim[p] += there == _count - 1 ? times : 0;
                }
            }

            All += there == _count ? times : 0;
        }
    }

    private static void Add(Span<double> row, ulong present, double times)
    {
        for (var left = present; left != 0; left &= left - 1)
        {
            row[BitOperations.TrailingZeroCount(left)] += times;
        }
    }

    /// <summary>By place in the question: who of the mail it is, and whose house it is; a bit for each of the mail's people.</summary>
    private static (ulong[] Person, ulong[] House) Places(BelongingMail mail)
    {
        var asked = Math.Min(mail.Question.People.Count, CorrespondenceQuestion.MaxPeople);
        var places = new Dictionary<string, int>(asked, StringComparer.Ordinal);
        for (var i = 0; i < asked; i++)
        {
            places.TryAdd(mail.Question.People[i], i);
        }

        var (person, house) = (new ulong[CorrespondenceQuestion.MaxPeople], new ulong[CorrespondenceQuestion.MaxPeople]);
        for (var p = 0; p < mail.People.Count; p++)
        {
            if (places.TryGetValue(mail.People[p].Key, out var index))
            {
                person[index] = 1UL << p;
            }

            if (mail.People[p].House is { } key && places.TryGetValue(key, out index))
            {
                house[index] |= 1UL << p;
            }
        }

        return (person, house);
    }
}
