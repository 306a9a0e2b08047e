using System.Buffers;
using System.Collections.Frozen;
using System.Numerics;

namespace Sekisho.Inspection;

/// <summary>What a cell may hold, asked the way a table asks: of many cells alike.</summary>
internal static class Cells
{
    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789０１２３４５６７８９");

    private static readonly HashSet<string> _blanks = new(StringComparer.Ordinal)
    {
        "-", "ー", "－", "―", "—", "–", "なし", "無し", "無", "ナシ", "同上", "〃", "N/A", "n/a", "NULL", "null", "None", "none", "未定", "不明", "該当なし", "--", "---", "－－", "*", "/", "／", "・", ".", "?",
    };

    private static readonly SearchValues<char> _particles = SearchValues.Create("はがにでとへも");

    private static readonly SearchValues<char> _nameEnds = SearchValues.Create("(（<＜[【/／,，、\t");

    private static readonly SearchValues<char> _within = SearchValues.Create("(（<＜[【/／,，、\t\n様殿ん");

    private const string _listMarks = "・-*●○•‣◇□☆★> \u3000";

    private static readonly SearchValues<char> _unlikeNames = SearchValues.Create("@＠0123456789０１２３４５６７８９/／\\＼:：;；=＝+＋%％¥￥$＄#＃!！?？。、「」『』【】[]{}<>＜＞_&＆*＊~〜→");

    private static readonly FrozenSet<string> _notNames = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "合計", "小計", "総計", "計", "以上", "以下余白", "なし", "無し", "無", "同上", "〃", "-", "ー", "－", "―", "未定", "不明", "該当なし", "空白", "平均", "最大", "最小", "total", "subtotal", "n/a", "none", "null", "average", "sum", "様", "殿", "名前", "氏名", "フリガナ", "ふりがな", "カナ", "セイ", "メイ", "住所", "電話", "電話番号", "メール", "生年月日");

    private static readonly WordShapes _notNameShapes = WordShapes.Of(_notNames);

    private const byte Letter = 1;

    private const byte Unlike = 2;

    private static readonly byte[] _ascii = MakeAscii();

    /// <summary>True for a cell that can be a person's name where its column says it holds names: no number, no sentence, no total.</summary>
    public static bool MayBeName(ReadOnlySpan<char> cell)
    {
        cell = Bare(cell);
        if (cell.Length is 0 or > 40 || cell[0] is '■' or '◆' or '▼' or '▲')
        {
            return false;
        }

        var kanji = 0;
        var letters = 0;
        var wide = false;
        foreach (var c in cell)
        {
            if (c < '\u0080')
            {
                if ((_ascii[c] & Unlike) != 0)
                {
                    return false;
                }

                letters += _ascii[c] & Letter;
            }
            else
            {
                wide = true;
                kanji += c >= '\u3400' ? 1 : 0;
                letters += char.IsLetter(c) ? 1 : 0;
            }
        }

        if (letters == 0 || (_notNameShapes.Fits(cell) && _notNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell)))
        {
            return false;
        }

        // Words between particles are a sentence, however short.
        return !wide || (!cell.ContainsAny(_unlikeNames) && (kanji == 0 || cell.Length <= 16) && !cell.StartsWith("※") && !cell.Contains('を') && !(cell.Length > 6 && kanji > 3 && cell.ContainsAny(_particles)));
    }

    private static byte[] MakeAscii()
    {
        var kinds = new byte[128];
        for (var c = '\0'; c < kinds.Length; c++)
        {
            kinds[c] = _unlikeNames.Contains(c) ? Unlike : char.IsLetter(c) ? Letter : (byte)0;
        }

        return kinds;
    }

    /// <summary>Number of digits, of any width.</summary>
    public static int Digits(ReadOnlySpan<char> cell)
    {
        var digits = 0;
        foreach (var c in cell)
        {
            digits += ValueText.IsDigit(c) ? 1 : 0;
        }

        return digits;
    }

    /// <summary>True for what people write into a cell that has nothing in it.</summary>
    public static bool IsBlank(string cell) => cell.Length == 0 || (cell.Length <= 5 && _blanks.Contains(cell));

    /// <summary>True for letters of kana alone.</summary>
    public static bool IsKana(ReadOnlySpan<char> cell)
    {
        foreach (var c in cell)
        {
            if (c is not (' ' or '\u3000' or '・') and not (>= '\u3041' and <= '\u30FF') and not (>= '\uFF66' and <= '\uFF9F'))
            {
                return false;
            }
        }

        return cell.Length > 0;
    }

    /// <summary>The cell without the mark or number of a list in front: ・山田太郎, 1. 山田太郎.</summary>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> cell)
    {
        if (!cell.IsEmpty && char.IsAsciiLetter(cell[0]))
        {
            return cell.TrimEnd();
        }

        cell = cell.Trim().TrimStart(_listMarks);
        var digits = cell.IndexOfAnyExcept(_digits);
        return digits is > 0 and <= 4 && digits + 1 < cell.Length && cell[digits] is '.' or ')' or '）' or '．' ? cell[(digits + 1)..].TrimStart(_listMarks) : cell;
    }

    /// <inheritdoc cref="Bare(ReadOnlySpan{char})"/>
    public static string Bare(string cell)
    {
        var bare = Bare(cell.AsSpan());
        return bare.Length == cell.Length ? cell : bare.ToString();
    }

    /// <summary>False for a cell in which no name can end before the cell does: what <see cref="NameWithin"/> finds there is the whole of it, so <see cref="IsFullName"/> says it too.</summary>
    public static bool HasNameEnd(ReadOnlySpan<char> cell) => cell.ContainsAny(_within);

    /// <summary>True where the mark or number of a list in front of a cell is long enough to be something beside the name.</summary>
    public static bool HasFront(ReadOnlySpan<char> cell) => Bare(cell).Trim().Length + 4 < cell.Length;

    /// <summary>
    /// The full name in a cell that holds more: in front of a bracket, or before 様 at a line's end; <paramref name="more"/> where something stands beside it. Empty without.
    /// </summary>
    public static string NameWithin(string cell, out bool more)
    {
        more = false;
        if (cell.Length > 200)
        {
            return "";
        }

        foreach (var range in cell.AsSpan().Split('\n'))
        {
            var line = Bare(cell.AsSpan()[range]);
            if (IsFull(Honoured(line)) is { Length: > 0 } honoured)
            {
                more = honoured.Length + 2 < cell.Length;
                return honoured;
            }

            var cut = line.IndexOfAny(_nameEnds);
            if (IsFull(cut > 0 ? line[..cut] : line) is { Length: > 0 } first)
            {
                more = first.Length + 4 < cell.Length;
                return first;
            }
        }

        return "";
    }

    /// <summary>The address, number or e-mail that stands in a cell beside a name.</summary>
    public static PersonalValue[] Beside(string cell, string name)
    {
        var at = cell.IndexOf(name, StringComparison.Ordinal);
        if (at < 0 || cell.Length > 300)
        {
            return [];
        }

        var values = new List<PersonalValue>(2);
        foreach (var line in (cell[..at] + "\n" + cell[(at + name.Length)..]).Split(_besideEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var rest = line.AsSpan();
            if (rest[0] == '〒' || (ValueKinds.Of(rest[..Math.Min(rest.Length, 8)]) & DataKinds.Postcode) != 0 && rest.Length > 8)
            {
                var end = rest.IndexOfAnyExcept(_postcode);
                end = end < 0 ? rest.Length : end;
                values.Add(new PersonalValue(DataKinds.Postcode, ValueKinds.Normalise(DataKinds.Postcode, rest[..end])));
                rest = rest[end..].Trim();
            }

            var kinds = rest.Length < 4 ? DataKinds.None : ValueKinds.Of(rest) & (DataKinds.PostalAddress | DataKinds.Phone | DataKinds.Email);
            if (BitOperations.IsPow2((uint)kinds))
            {
                values.Add(new PersonalValue(kinds, ValueKinds.Normalise(kinds, rest)));
            }
        }

        return [.. values];
    }

    private static readonly SearchValues<char> _postcode = SearchValues.Create("〒0123456789０１２３４５６７８９-－ー‐ ");

    private static readonly char[] _besideEnds = [.. "\n()（）<>＜＞[]【】/／,，、\t"];

    /// <summary>The two last words before 様, or the one.</summary>
    private static ReadOnlySpan<char> Honoured(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        if (!line.EndsWith("様") && !line.EndsWith("殿") && !line.EndsWith("さん"))
        {
            return default;
        }

        line = line[..^(line[^1] == 'ん' ? 2 : 1)].TrimEnd();
        var last = line.LastIndexOfAny(' ', '\u3000');
        if (last <= 0 || IsFull(line[(last + 1)..]).Length > 0)
        {
            return line[(last + 1)..];
        }

        var before = line[..last].TrimEnd().LastIndexOfAny(' ', '\u3000');
        return line[(before + 1)..];
    }

    private static string IsFull(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is < 3 or > 24 || !MayBeName(text))
        {
            return "";
        }

        var name = Names.Judge(text);
        return name.Form == NameForm.Full && name.Confidence >= 0.5f && !CellWords.IsCompany(text) ? text.ToString() : "";
    }

    /// <summary>True for a family and a given name, by the dictionary.</summary>
    public static bool IsFullName(ReadOnlySpan<char> cell) => MayBeName(cell) && IsKnownName(cell);

    /// <summary>The same of a cell that <see cref="MayBeName"/>.</summary>
    public static bool IsKnownName(ReadOnlySpan<char> cell)
    {
        var name = Names.Judge(Bare(cell));
        return name.Form == NameForm.Full && name.Confidence >= 0.5f;
    }

    /// <summary>True for a secret in a column of secrets: not a remark or a header that strayed in.</summary>
    public static bool IsSecret(DataKinds kind, string cell) => kind switch
    {
        DataKinds.CardNumber => Digits(cell) is >= 13 and <= 19,
        DataKinds.MyNumber => Digits(cell) == 12,
        _ => cell.Length is >= 3 and <= 200,
    };

    /// <summary>True for a mobile number, digits alone.</summary>
    public static bool IsMobile(string digits) => digits.Length == 11 && digits[0] == '0' && digits[1] is '7' or '8' or '9' && digits[2] == '0';

    /// <summary>True for an address that belongs to an office and not to a person: info@, sales@, no-reply@.</summary>
    public static bool IsRoleAddress(string address)
    {
        var at = address.IndexOf('@');
        var local = (at < 0 ? address : address[..at]).AsSpan();
        var end = local.IndexOfAny(_roleEnds);
        return _roles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(end > 0 ? local[..end] : local) || _roles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(local);
    }

    private static readonly SearchValues<char> _roleEnds = SearchValues.Create("-_.+0123456789");

    private static readonly HashSet<string> _roles = new(StringComparer.OrdinalIgnoreCase)
    {
        "info", "information", "sales", "support", "contact", "contactus", "admin", "administrator", "office", "hello", "no-reply", "noreply", "donotreply", "webmaster", "postmaster", "hostmaster", "abuse", "inquiry", "inquiries",
        "soumu", "jinji", "eigyo", "keiri", "koho", "kouhou", "press", "pr", "recruit", "saiyo", "saiyou", "shop", "store", "customer", "customerservice", "help", "helpdesk", "service", "mail", "otoiawase", "toiawase", "marketing", "billing",
        "accounts", "accounting", "hr", "jobs", "careers", "career", "team", "news", "newsletter", "magazine", "reception", "uketsuke", "order", "orders", "booking", "reservation", "yoyaku", "security", "privacy", "legal", "root", "daihyo",
        "honsha", "honbu", "jimu", "jimukyoku", "desk", "front", "main", "general", "enquiry", "enquiries", "feedback", "media", "partner", "partners", "ir", "cs", "dm", "request", "koukoku", "seisan", "hanbai",
    };

    /// <summary>True for a line that is one person's name, or one address.</summary>
    public static bool IsListItem(ReadOnlySpan<char> item) => IsFullName(item) || (item.Contains('@') && !item.ContainsAny(' ', '\u3000') && ValueKinds.Of(item) == DataKinds.Email);
}
