using System.Buffers;
using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>Words that give a cell's kind away.</summary>
internal static class CellWords
{
    private static readonly FrozenSet<string> _sex = new[] { "男", "女", "男性", "女性", "男子", "女子", "male", "female", "man", "woman", "その他", "回答しない" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<string> _companies = SearchValues.Create(
    [
        "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "財団法人", "社団法人", "医療法人", "学校法人", "社会福祉法人", "宗教法人", "独立行政法人", "特定非営利活動法人", "NPO法人", "協同組合", "農協", "(株)", "㈱", "㈲", "(有)",
        "(同)", "(医)", "(学)", "(社)", "(財)",
    ], StringComparison.Ordinal);

    private static readonly string[] _companyEnds =
    [
        "銀行", "信用金庫", "信用組合", "大学", "高等学校", "中学校", "小学校", "幼稚園", "保育園", "病院", "医院", "クリニック", "薬局", "商店", "工業", "商事", "製作所", "製薬", "建設", "組合", "協会", "連盟", "事務所", "市役所", "区役所",
        "町役場", "村役場", "ホテル", "旅館", "工務店", "支店", "支社", "本社", "営業所", "工場", "本店", "センター", "ショップ", "ストア", "商会", "商工会", "商工会議所", "電機", "電力", "ガス", "運輸", "物産", "不動産", "製鉄", "印刷",
        "出版", "新聞社", "研究所", "学園", "学院", "堂", "屋", "店", "青果", "精肉", "鮮魚", "食堂", "写真館", "歯科",
        "美容室", "農園", "牧場", "園芸", "電器", "自転車", "整骨院",
    ];

    private static readonly FrozenDictionary<char, string[]> _endsByLast = _companyEnds.GroupBy(e => e[^1]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private static readonly FrozenSet<string> _companyWords = new[] { "inc", "ltd", "llc", "corp", "corporation", "company", "gmbh", "plc", "limited", "university", "hospital", "bank", "foundation", "institute", "association", "holdings", "industries" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly WordShapes _companyShapes = WordShapes.Of(_companyWords);

    private static readonly FrozenSet<string> _occupations = new[]
    {
        "会社員", "公務員", "自営業", "主婦", "専業主婦", "主夫", "学生", "大学生", "高校生", "中学生", "小学生", "パート", "アルバイト", "無職", "年金受給者", "会社役員", "経営者", "医師", "看護師", "教員", "教師", "農業", "漁業", "自由業",
        "派遣社員", "契約社員", "正社員", "団体職員", "会社経営", "フリーランス", "フリーター", "部長", "課長", "係長", "主任", "社長", "取締役", "代表取締役", "専務", "常務", "店長", "一般社員", "会社員(正社員)", "会社員・団体職員",
        "engineer", "teacher", "nurse", "student", "manager", "director", "sales", "retired", "housewife", "doctor", "lawyer", "accountant", "clerk", "self-employed", "unemployed",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly WordShapes _sexShapes = WordShapes.Of(_sex);

    private static readonly WordShapes _occupationShapes = WordShapes.Of(_occupations);

    public static bool IsSex(ReadOnlySpan<char> text) => text.Length <= 6 && _sexShapes.Fits(text) && _sex.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    public static bool IsOccupation(ReadOnlySpan<char> text) => text.Length <= 14 && _occupationShapes.Fits(text) && _occupations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    /// <summary>True for a company, school or office by the words its name is made with.</summary>
    public static bool IsCompany(ReadOnlySpan<char> text)
    {
        if (text.Length is < 3 or > 80)
        {
            return false;
        }

        if (text.IndexOfAnyExceptInRange('\0', '\u007F') < 0)
        {
            return HasCompanyWord(text);
        }

        if (text.ContainsAny(_companies))
        {
            return true;
        }

        if (!_endsByLast.TryGetValue(text[^1], out var ends))
        {
            return false;
        }

        foreach (var end in ends)
        {
            if (text.EndsWith(end, StringComparison.Ordinal) && text.Length > end.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasCompanyWord(ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] is ' ' or '.' or ',')
            {
                var word = text[start..i];
                if (word.Length is >= 3 and <= 12 && _companyShapes.Fits(word) && _companyWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
                {
                    return true;
                }

                start = i + 1;
            }
        }

        return false;
    }
}
