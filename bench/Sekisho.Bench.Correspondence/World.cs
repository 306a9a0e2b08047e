using Sekisho.Inspection;

namespace Sekisho.Bench.Correspondence;

/// <summary>
/// An organisation and everybody it ever wrote with, by number alone: our own people first, then those who stand for outside organisations, then outside people in circles of thirty from
/// three companies (every tenth at a freemail provider). Who he is follows from his number, so nothing has to be kept to ask about him later.
/// </summary>
internal sealed class World
{
    private const int Circle = 30;
    private const int CompaniesOfCircle = 3;
    private const int FreemailProviders = 5;
    private const int BigGathering = 16_280;

    private static readonly string[] s_family = ["sato", "suzuki", "takahashi", "tanaka", "ito", "watanabe", "yamamoto", "nakamura", "kobayashi", "kato", "yoshida", "yamada", "sasaki", "yamaguchi", "matsumoto", "inoue"];
    private static readonly string[] s_given = ["taro", "hanako", "ichiro", "yuki", "kenji", "emi", "akira", "naoko", "hiroshi", "mari", "takeshi", "ayumi"];

    public World(int addresses)
    {
        People = addresses;
        Inside = Math.Clamp(addresses / 500, 20, 20_000);
        Companies = Math.Max(10, addresses / 40);
        FirstCompany = Inside + 1;
        FirstOutside = FirstCompany + Companies;
        Circles = Math.Max(1, (addresses - FirstOutside) / Circle);
        Popular = [.. Enumerable.Range(0, 5).Select(i => FirstOutside + (i * 7919 % Math.Max(1, addresses - FirstOutside)))];
    }

    public int People { get; }

    public int Inside { get; }

    public int Companies { get; }

    public int FirstCompany { get; }

    public int FirstOutside { get; }

    public int Circles { get; }

    /// <summary>Addresses that are on everything: a distribution list's, a parent company's desk.</summary>
    public int[] Popular { get; }

    /// <summary>2023-01-01: three years of mail begin.</summary>
    public static long Begin { get; } = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static long Length { get; } = (long)TimeSpan.FromDays(1095).TotalMilliseconds;

    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(Begin + Length);

    public bool IsCompany(int id) => id >= FirstCompany && id < FirstOutside;

    public string DomainOf(int id)
        => id < FirstCompany ? "home.example"
        : IsCompany(id) ? CompanyName(id - FirstCompany)
        : IsFreemail(id) ? $"free{id / 10 % FreemailProviders}.example"
        : CompanyName(CompanyOf(id));

    /// <summary>Every company has an <c>info</c>; the others' local parts are their own.</summary>
    public string LocalOf(int id) => IsCompany(id) ? "" : IsDesk(id) ? "info" : $"{s_family[id % s_family.Length]}.{s_given[id / 16 % s_given.Length]}{id / 192}";

    public string KeyOf(int id) => $"{LocalOf(id)}@{DomainOf(id)}";

    /// <summary>Every seventh has a name that thousands have.</summary>
    public static string NameOf(int id) => $"{s_family[id % s_family.Length]} {s_given[id / 16 % s_given.Length]}{(id % 7 == 0 ? "" : $" {id / 1920}")}";

    /// <summary>The number of the one who stands for somebody's organisation; 0 for none.</summary>
    public int OrganisationOf(int id) => id < FirstOutside || IsFreemail(id) ? 0 : FirstCompany + CompanyOf(id);

    public LearntPerson Learnt(int id) => new(KeyOf(id), id < FirstCompany ? null : IsFreemail(id) ? KeyOf(id) : DomainOf(id), true, NameOf(id));

    /// <summary>Somebody outside, those of the first circles most often.</summary>
    public int Outside(Dice dice) => FirstOutside + (int)((People - FirstOutside) * dice.Next() * dice.Next());

    /// <summary>Somebody of a circle.</summary>
    public int OfCircle(int circle, int place) => Math.Min(People, FirstOutside + (circle * Circle) + (place % Circle));

    /// <summary>The next mail's people, its writer first, distinct, organisations included; ascending but for the writer.</summary>
    public void Draw(Dice dice, List<int> into, bool isBig)
    {
        into.Clear();
        var writer = 1 + (int)(Inside * dice.Next() * dice.Next());
        var circle = (int)(Circles * dice.Next() * dice.Next());
        var size = isBig ? BigGathering : Size(dice);
        for (var i = 0; i < size; i++)
        {
            var one = isBig ? FirstOutside + (int)((People - FirstOutside) * dice.Next())
                : dice.Next() switch
                {
                    < 0.025 => Math.Min(People, FirstOutside + (int)Math.Exp(dice.Next() * Math.Log(People - FirstOutside))),
                    < 0.20 => 1 + (int)(Inside * dice.Next() * dice.Next()),
                    _ => OfCircle(circle, (int)(Circle * dice.Next())),
                };
            into.Add(one);
            if (OrganisationOf(one) is > 0 and var organisation)
            {
                into.Add(organisation);
            }
        }

        if (!isBig && dice.Next() < 0.025)
        {
            into.Add(Popular[(int)(Popular.Length * dice.Next())]);
        }

        into.Add(writer);
        into.Sort();
        var kept = 0;
        for (var i = 0; i < into.Count; i++)
        {
            if (kept == 0 || into[kept - 1] != into[i])
            {
                into[kept++] = into[i];
            }
        }

        into.RemoveRange(kept, into.Count - kept);
        into.Remove(writer);
        into.Insert(0, writer);
    }

    private static int Size(Dice dice) => dice.Next() switch
    {
        < 0.55 => 1,
        < 0.80 => 2,
        < 0.95 => 3 + (int)(6 * dice.Next()),
        _ => 9 + (int)(50 * dice.Next()),
    };

    public static bool IsFreemail(int id) => id % 10 == 0;

    /// <summary>One of each company, in the first circle that company is of.</summary>
    private bool IsDesk(int id) => id >= FirstOutside && !IsFreemail(id) && (id - FirstOutside) % Circle < CompaniesOfCircle && (id - FirstOutside) / Circle * CompaniesOfCircle + (id % CompaniesOfCircle) < Companies;

    private int CompanyOf(int id) => (((id - FirstOutside) / Circle * CompaniesOfCircle) + (id % CompaniesOfCircle)) % Companies;

    private static string CompanyName(int company) => $"{s_family[company % s_family.Length]}-works{company / 16}.example";
}

/// <summary>The same numbers every time.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 up to 1.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
