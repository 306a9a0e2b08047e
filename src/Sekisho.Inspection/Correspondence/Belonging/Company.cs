namespace Sekisho.Inspection;

/// <summary>Who of a mail's people was on mails together, counted from the gatherings. All arrays are by the people's place on the mail.</summary>
internal sealed class Company
{
    private readonly int _count;

    private Company(int count)
    {
        _count = count;
        Seen = new double[count];
        SeenWithSender = new double[count];
        AloneWithSender = new double[count];
        LastWithSender = new long[count];
        BestWith = new double[count];
        BestWithout = new double[count];
        WithoutHim = new double[count];
        Together = new double[count, count];
        TogetherWithSender = new double[count, count];
        Houses = new bool[count, count];
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
    public double[,] Together { get; }

    /// <summary>The same, the sender among them.</summary>
    public double[,] TogetherWithSender { get; }

    /// <summary>True where two, or people of their organisations, were together.</summary>
    public bool[,] Houses { get; }

    /// <summary>Counts once over all gatherings.</summary>
    public static Company Of(BelongingMail mail)
    {
        var company = new Company(mail.People.Count);
        var (person, house) = Places(mail);
        var present = new List<int>();
        var present2 = new List<int>();
        var isPresent = new bool[mail.People.Count];
        foreach (var gathering in mail.View.Gatherings)
        {
            present.Clear();
            present2.Clear();
            foreach (var index in gathering.People)
            {
                if (index < person.Length && person[index] >= 0)
                {
                    present.Add(person[index]);
                }

                if (index < house.Length && house[index] is { } members)
                {
                    present2.AddRange(members);
                }
            }

            company.Count(gathering, present, isPresent);
            present2.AddRange(present);
            company.Meet(present2);
        }

        return company;
    }

    private void Count(Gathering gathering, List<int> present, bool[] isPresent)
    {
        var times = (double)gathering.Times;
        foreach (var p in present)
        {
            isPresent[p] = true;
            Seen[p] += times;
            if (gathering.WithSender)
            {
                SeenWithSender[p] += times;
                AloneWithSender[p] += gathering.Size == 2 ? times : 0;
                LastWithSender[p] = Math.Max(LastWithSender[p], gathering.LastAt.UtcTicks);
            }

            foreach (var q in present)
            {
                Together[p, q] += times;
                TogetherWithSender[p, q] += gathering.WithSender ? times : 0;
            }
        }

        if (_count > 1 && gathering.WithSender)
        {
            for (var p = 0; p < _count; p++)
            {
                if (isPresent[p])
                {
                    BestWith[p] = Math.Max(BestWith[p], (present.Count - 1.0) / (_count - 1));
                }
                else
                {
                    BestWithout[p] = Math.Max(BestWithout[p], (double)present.Count / (_count - 1));
                    WithoutHim[p] += present.Count == _count - 1 ? times : 0;
                }
            }

            All += present.Count == _count ? times : 0;
        }

        foreach (var p in present)
        {
            isPresent[p] = false;
        }
    }

    private void Meet(List<int> present)
    {
        foreach (var p in present)
        {
            foreach (var q in present)
            {
                Houses[p, q] = true;
            }
        }
    }

    /// <summary>By place in the question: who of the mail it is, and whose house it is.</summary>
    private static (int[] Person, List<int>?[] House) Places(BelongingMail mail)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mail.Question.People.Count; i++)
        {
            places.TryAdd(mail.Question.People[i], i);
        }

        var person = new int[mail.Question.People.Count];
        Array.Fill(person, -1);
        var house = new List<int>?[mail.Question.People.Count];
        for (var p = 0; p < mail.People.Count; p++)
        {
            if (places.TryGetValue(mail.People[p].Key, out var index))
            {
                person[index] = p;
            }

            if (mail.People[p].House is { } key && places.TryGetValue(key, out index))
            {
                (house[index] ??= []).Add(p);
            }
        }

        return (person, house);
    }
}
