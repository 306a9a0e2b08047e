namespace Sekisho.Incidents;

/// <summary>One invented person of a re-enactment.</summary>
/// <param name="Index">0-based within the cast.</param>
/// <param name="Name">Family and given name, in Japanese.</param>
/// <param name="Romaji">The same in Latin letters, family name first.</param>
/// <param name="Company">The employer's invented name; empty for a private person.</param>
/// <param name="Title">Position at the employer; empty for a private person.</param>
/// <param name="Address">Mail address. Plainly invented: a numbered local part that names the incident, or a domain under <c>.example</c>.</param>
/// <param name="Record">A record number that no other person of any re-enactment has; stands in data rows so that the row is recognised in what left.</param>
/// <param name="Inside">One of the organisation's own.</param>
public sealed record Person(int Index, string Name, string Romaji, string Company, string Title, string Address, string Record, bool Inside)
{
    /// <summary>The name with a polite ending.</summary>
    public string NameSama => $"{Name} 様";
}

/// <summary>Who the outside people are.</summary>
public enum AudienceMix
{
    /// <summary>Private people, nearly all at freemail and mobile-phone providers: each is a stranger to each.</summary>
    Consumers,

    /// <summary>People at companies, one to three at each, and a few at freemail.</summary>
    Business,

    /// <summary>One person at each company.</summary>
    OneEach,
}

/// <summary>
/// The invented people of one variant of a re-enactment. The same arguments always give the same people. A slug separates the variants and the
/// incidents: no address occurs in two of them.
/// </summary>
public sealed class Cast
{
    // Providers that every list of freemail domains knows; the local parts below can be nobody's (numbered, and they name the incident).
    private static readonly string[] s_freemail = ["gmail.com", "yahoo.co.jp", "hotmail.com", "docomo.ne.jp", "ezweb.ne.jp", "gmail.com", "yahoo.co.jp", "outlook.jp"];

    private static readonly string[] s_families =
    [
        "佐藤:sato", "鈴木:suzuki", "高橋:takahashi", "田中:tanaka", "伊藤:ito", "渡辺:watanabe", "山本:yamamoto", "中村:nakamura", "小林:kobayashi",
        "加藤:kato", "吉田:yoshida", "山田:yamada", "佐々木:sasaki", "山口:yamaguchi", "松本:matsumoto", "井上:inoue", "木村:kimura", "林:hayashi",
        "斎藤:saito", "清水:shimizu", "山崎:yamazaki", "森:mori", "池田:ikeda", "橋本:hashimoto", "阿部:abe", "石川:ishikawa", "中島:nakajima",
        "石井:ishii", "小川:ogawa", "前田:maeda", "岡田:okada", "長谷川:hasegawa", "藤田:fujita", "後藤:goto", "近藤:kondo", "村上:murakami",
        "遠藤:endo", "青木:aoki", "坂本:sakamoto", "福田:fukuda", "太田:ota", "西村:nishimura", "藤井:fujii", "岡本:okamoto", "金子:kaneko",
        "藤原:fujiwara", "三浦:miura", "中野:nakano", "原田:harada", "松田:matsuda", "竹内:takeuchi", "小野:ono", "田村:tamura", "中山:nakayama",
    ];

    private static readonly string[] s_given =
    [
        "太郎:taro", "花子:hanako", "健一:kenichi", "陽子:yoko", "誠:makoto", "美咲:misaki", "直樹:naoki", "由美:yumi", "大輔:daisuke", "恵子:keiko",
        "翔太:shota", "真理:mari", "拓也:takuya", "久美子:kumiko", "和也:kazuya", "裕子:yuko", "浩二:koji", "智子:tomoko", "隆:takashi", "麻衣:mai",
        "亮:ryo", "千尋:chihiro", "修:osamu", "綾:aya", "勇気:yuki", "明美:akemi", "博:hiroshi", "沙織:saori", "徹:toru", "典子:noriko",
    ];

    private static readonly string[] s_companyWords = ["東", "西", "南", "北", "中央", "日光", "朝日川", "若葉", "青空", "三つ星", "みなと", "山手", "川端", "大空", "緑"];

    private static readonly string[] s_companyKinds = ["商事", "工業", "電機", "出版", "製作所", "運輸", "建設", "薬品", "食品", "通信", "新聞", "化学"];

    private static readonly string[] s_titles = ["部長", "課長", "係長", "主任", "代表取締役", "室長", "担当"];

    private readonly Person[] _people;

    private Cast(string slug, Person[] people) => (Slug, _people) = (slug, people);

    /// <summary>The label that all its addresses carry.</summary>
    public string Slug { get; }

    /// <summary>The people, outside ones first.</summary>
    public IReadOnlyList<Person> People => _people;

    /// <summary>The domain of the organisation that sends.</summary>
    public string OwnDomain => $"{Slug}.example";

    /// <summary>An address of the sending organisation.</summary>
    public string Own(string local) => $"{local}@{OwnDomain}";

    /// <summary>The people from an index on; throws <see cref="ArgumentOutOfRangeException"/> when there are not so many.</summary>
    public ArraySegment<Person> Slice(int start, int count) => new(_people, start, count);

    /// <summary>Invents people.</summary>
    /// <param name="slug">Lower-case letters, digits, hyphens; at most 50.</param>
    /// <param name="outside">How many outside the organisation.</param>
    /// <param name="mix">Who they are.</param>
    /// <param name="inside">How many more of the organisation's own.</param>
    /// <param name="companies">With <see cref="AudienceMix.Business"/>: exactly that many companies and no freemail; null = as it falls.</param>
    public static Cast Create(string slug, int outside, AudienceMix mix, int inside = 0, int? companies = null)
    {
        var seed = Seed(slug);
        var tag = (seed & 0xFFFFFF).ToString("x6", null);
        var random = new Random(unchecked((int)seed));
        var people = new Person[outside + inside];
        for (var i = 0; i < people.Length; i++)
        {
            var family = s_families[random.Next(s_families.Length)].Split(':');
            var given = s_given[random.Next(s_given.Length)].Split(':');
            var company = "";
            var title = "";
            string address;
            var roll = random.Next(100);
            var provider = s_freemail[random.Next(s_freemail.Length)];
            if (i >= outside)
            {
                address = $"staff{i - outside + 1:D3}@{slug}.example";
            }
            else
            {
                var employer = mix switch
                {
                    AudienceMix.Consumers => roll < 88 ? -1 : i,
                    AudienceMix.OneEach => i,
                    _ when companies is { } n => i % n,
                    _ => roll < 15 ? -1 : i / 2,
                };
                if (employer < 0)
                {
                    address = $"reader{i + 1:D5}-{slug}@{provider}";
                }
                else
                {
                    var name = s_companyWords[employer % s_companyWords.Length] + s_companyKinds[employer / s_companyWords.Length % s_companyKinds.Length];
                    company = $"株式会社{name}";
                    title = s_titles[roll % s_titles.Length];
                    address = $"{given[1]}.{family[1]}{i + 1}@k{employer + 1:D5}-{slug}.example";
                }
            }

            people[i] = new Person(i, $"{family[0]} {given[0]}", $"{family[1]} {given[1]}", company, title, address, $"rec-{tag}-{i + 1:D6}", i >= outside);
        }

        return new Cast(slug, people);
    }

    /// <summary>The slug that an address of a re-enactment carries, or null when it is none.</summary>
    public static string? SlugOf(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return null;
        }

        var domain = address[(at + 1)..].ToLowerInvariant();
        var local = address[..at].ToLowerInvariant();
        if (!domain.EndsWith(".example", StringComparison.Ordinal))
        {
            return local.StartsWith("reader", StringComparison.Ordinal) && local.Length > 12 && local[11] == '-' ? local[12..] : null;
        }

        var label = domain[..^".example".Length];
        return label.Contains('.', StringComparison.Ordinal) ? null
            : label.Length > 7 && label[0] == 'k' && label[6] == '-' && label.AsSpan(1, 5).IndexOfAnyExceptInRange('0', '9') < 0 ? label[7..] : label;
    }

    /// <summary>A number that depends on the text alone (FNV-1a); the runtime's own hash differs from run to run.</summary>
    internal static uint Seed(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash;
    }
}
