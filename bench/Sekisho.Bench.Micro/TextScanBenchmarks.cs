using System.Text;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Sekisho.Inspection;

namespace Sekisho.Bench.Micro;

/// <summary>
/// Finding values, persons and secrets in running text, beside .NET's compiled regular expressions for the same patterns: cards, telephones, postcodes,
/// addresses, mail addresses, dates of birth, Individual Numbers, passwords and keys. The expressions know no names, check digits or lines and make no persons.
/// </summary>
[MemoryDiagnoser]
public partial class TextScanBenchmarks : IMeasured
{
    private const int Size = 1024 * 1024;

    private static readonly Regex[] _patterns =
    [
        Card(), Phone(), Postcode(), Address(), Mail(), Birth(), Individual(), Password(), Key(),
    ];

    private string _text = "";

    /// <summary>What is read, about 2^20 characters of it.</summary>
    [Params("english", "japanese", "log", "customers")]
    public string Text { get; set; } = "english";

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Setup() => _text = Make(Text);

    /// <summary>The scanner: values, persons, secrets.</summary>
    [Benchmark]
    public int Sekisho()
    {
        var persons = new List<FoundPerson>();
        var secrets = new List<FoundSecret>();
        ProseScanner.Scan(_text, new ProsePlace("", "", Quoted: false), persons, secrets, CancellationToken.None);
        return persons.Count + secrets.Count;
    }

    /// <summary>The patterns, one after the other.</summary>
    [Benchmark(Baseline = true)]
    public int Regexes()
    {
        var count = 0;
        foreach (var pattern in _patterns)
        {
            count += pattern.Count(_text);
        }

        return count;
    }

    long IMeasured.BytesOf(IReadOnlyDictionary<string, object> parameters) => Encoding.UTF8.GetByteCount(Make((string)parameters[nameof(Text)]));

    [GeneratedRegex(@"(?<![\w-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{2,4}(?![\w-])")]
    private static partial Regex Card();

    [GeneratedRegex(@"(?<![\w-])(?:\+81[- ]?|0)\d{1,4}[-(]?\d{1,4}[-)]?\d{4}(?!\w)")]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![\w-])\d{3}-\d{4}(?![\w-])")]
    private static partial Regex Postcode();

    [GeneratedRegex(@"(?:東京都|北海道|(?:大阪|京都)府|\w{2,3}県)\w{1,8}[市区町村]\w{0,12}[\d-]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?:生年月日|誕生日|born|DOB)\D{0,8}\d{2,4}[年/.-]\d{1,2}[月/.-]\d{1,2}", RegexOptions.IgnoreCase)]
    private static partial Regex Birth();

    [GeneratedRegex(@"(?:個人番号|マイナンバー|my number)\D{0,8}\d{4}[ -]?\d{4}[ -]?\d{4}", RegexOptions.IgnoreCase)]
    private static partial Regex Individual();

    [GeneratedRegex(@"(?:パスワード|暗証番号|password|passwd|pwd)\s*[:：=は]\s*[!-~]{4,}", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"AKIA[A-Z0-9]{16}|ghp_\w{36}|sk-\w{32,}|xox[abprs]-[\w-]{20,}|AIza[\w-]{35}|-----BEGIN [A-Z ]*PRIVATE KEY-----|eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+")]
    private static partial Regex Key();

    private static string Make(string kind)
    {
        var random = new Random(42);
        var text = new StringBuilder(Size + 400);
        while (text.Length < Size)
        {
            switch (kind)
            {
                case "english":
                    text.Append("Dear all,\nthank you for the meeting last week. As discussed, we will move the launch by 2 weeks: the new plan\nis attached, and Legal has no objections. Please send comments until Friday, or call me.\n\n");
                    break;
                case "japanese":
                    text.Append("いつもお世話になっております。先日はお忙しい中お時間をいただき、誠にありがとうございました。\nご依頼の見積書を作成いたしましたので、内容をご確認のうえ、11月28日までにご返信いただけますと幸いです。\n今後ともよろしくお願い申し上げます。\n\n");
                    break;
                case "log":
                    text.Append("2026-11-21T20:13:44.").Append(random.Next(100, 1000)).Append(" 10.0.").Append(random.Next(256)).Append('.').Append(random.Next(256)).Append(" GET /item/").Append(random.Next(1_000_000)).Append(" 200 ")
                        .Append(random.Next(100_000)).Append(' ').Append(random.Next(1_000)).Append("ms id=").Append(random.NextInt64(1_000_000_000_000)).Append('\n');
                    break;
                default:
                    text.Append("山田太郎 〒100-").Append(random.Next(1000, 10_000)).Append(" 東京都千代田区千代田").Append(random.Next(1, 9)).Append('-').Append(random.Next(1, 30)).Append(" 090-").Append(random.Next(1000, 10_000)).Append('-')
                        .Append(random.Next(1000, 10_000)).Append(" user").Append(random.Next(100_000)).Append("@client.example\n");
                    break;
            }
        }

        return text.ToString();
    }
}
