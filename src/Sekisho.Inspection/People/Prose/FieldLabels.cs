using System.Buffers;
using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>What a line's label says.</summary>
internal enum LabelRole : byte
{
    None,

    /// <summary>A field of a form about a person.</summary>
    Field,

    /// <summary>A company's contact: 担当, お問い合わせ先.</summary>
    Contact,

    /// <summary>A mail header's field, as in a quoted thread.</summary>
    Header,
}

/// <summary>Labels of entry forms written down a page: 氏名: …, ■住所, 【電話番号】 ….</summary>
internal static class FieldLabels
{
    private const int MaxLabel = 20;

    private static readonly SearchValues<char> _bullets = SearchValues.Create(" \t\u3000■□●○◆◇▼▽・*-※>＞◎★☆#");

    private static readonly SearchValues<char> _brackets = SearchValues.Create("】］]〕>＞》)）");

    private static readonly FrozenDictionary<string, (LabelRole Role, DataKinds Kind)> _labels = Make();

    private static readonly FrozenDictionary<string, (LabelRole Role, DataKinds Kind)>.AlternateLookup<ReadOnlySpan<char>> _lookup = _labels.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly WordShapes _shapes = WordShapes.Of(_labels.Keys);

    /// <summary>What a label of the list begins with, of either width and case.</summary>
    private static readonly bool[] _firsts = MakeFirsts();

    /// <summary>Reads the label a line begins with. <paramref name="value"/>: where its value begins, the line's end where nothing follows.</summary>
    public static LabelRole Read(ReadOnlySpan<char> line, out DataKinds kind, out int value)
    {
        kind = DataKinds.None;
        value = 0;
        var start = line.IndexOfAnyExcept(_bullets);
        if (start < 0)
        {
            return LabelRole.None;
        }

        var open = line[start] is '【' or '［' or '[' or '〔' or '<' or '＜' or '《' or '(' or '（';
        start += open ? 1 : 0;
        var window = line[start..Math.Min(line.Length, start + MaxLabel + 2)];
        var end = open ? window.IndexOfAny(_brackets) : window.IndexOfAny(":：=＝");
        var blank = false;
        if (end < 0)
        {
            // 氏名　山田太郎: a blank ends the label; or the label stands alone.
            end = open ? -1 : window.IndexOfAny(" \u3000\t");
            blank = true;
            if (end < 0)
            {
                end = window.Length <= MaxLabel && start + window.Length == line.Length ? window.Length : -1;
            }
        }

        if (end <= 0)
        {
            return LabelRole.None;
        }

        if (blank && end < window.Length && !_firsts[window[0]])
        {
            return LabelRole.None;
        }

        var role = Find(window[..end], !blank || end == window.Length, out kind);
        if (role == LabelRole.None && blank && end < window.Length)
        {
            // 氏 名　山田 and "Full name: …" have a blank inside.
            var more = window[(end + 1)..].IndexOfAny(" \u3000\t:：");
            if (more > 0)
            {
                end += more + 1;
                role = Find(window[..end], headers: false, out kind);
            }
        }

        if (role == LabelRole.None)
        {
            return role;
        }

        value = start + end;
        while (value < line.Length && line[value] is ' ' or '\u3000' or '\t' or ':' or '：' or '=' or '＝' or '】' or '］' or ']' or '〕' or '>' or '＞' or '》' or ')' or '）' or '|' or '｜')
        {
            value++;
        }

        return role;
    }

    private static LabelRole Find(ReadOnlySpan<char> label, bool headers, out DataKinds kind)
    {
        Span<char> key = stackalloc char[MaxLabel + 2];
        var length = 0;
        var depth = 0;
        foreach (var raw in label)
        {
            var c = TextFolding.FoldWidth(raw);
            depth += c == '(' ? 1 : 0;
            if (c > ' ' && depth == 0 && c is not ('*' or '.' or '-' or '_' or '・' or '※') && length < key.Length)
            {
                key[length++] = char.ToLowerInvariant(c);
            }

            depth -= c == ')' ? 1 : 0;
        }

        var meaning = default((LabelRole Role, DataKinds Kind));
        var found = (_shapes.Fits(key[..length]) && _lookup.TryGetValue(key[..length], out meaning)) || (length > 2 && key[0] is 'ご' or 'お' && _lookup.TryGetValue(key[1..length], out meaning));
        if (found)
        {
            kind = meaning.Kind;
            return meaning.Role;
        }

        // 参加者氏名, 連絡先電話番号: what stands over columns stands before fields too.
        if (headers && !label.Trim().ContainsAny(' ', '\u3000') && HeaderWords.Read(label) is { } header)
        {
            kind = header.Trust == Trust.Second && header.Kind == DataKinds.Name ? DataKinds.Other : header.Kind;
        }
        else
        {
            kind = DataKinds.None;
        }

        return kind is DataKinds.None or DataKinds.Company or DataKinds.Credential ? LabelRole.None : LabelRole.Field;
    }

    private static bool[] MakeFirsts()
    {
        var firsts = new bool[65536];
        foreach (var label in _labels.Keys)
        {
            firsts[label[0]] = firsts[char.ToUpperInvariant(label[0])] = true;
        }

        // What polite speech or a list sets in front of a label is left out when it is read.
        foreach (var c in "ごおゴオ*.-_・※(（")
        {
            firsts[c] = true;
        }

        for (var c = '！'; c <= '～'; c++)
        {
            firsts[c] = true;
        }

        return firsts;
    }

    private static FrozenDictionary<string, (LabelRole Role, DataKinds Kind)> Make()
    {
        var all = new Dictionary<string, (LabelRole, DataKinds)>(StringComparer.Ordinal);
        void Add(LabelRole role, DataKinds kind, string labels)
        {
            foreach (var label in labels.Split(' '))
            {
                all[label] = (role, kind);
            }
        }

        Add(LabelRole.Field, DataKinds.Name, "氏名 名前 お名前 姓名 芳名 申込者 申込者名 申込者氏名 契約者 契約者名 契約者氏名 患者名 患者氏名 会員名 会員氏名 顧客名 お客様名 お客さま名 参加者 参加者名 応募者 応募者氏名 受講者 受講者名 利用者名 被保険者 被保険者名 本人氏名 世帯主 生徒名 "
            + "児童名 学生氏名 社員名 従業員名 職員名 代表者 代表者名 代表者氏名 届け先氏名 注文者 注文者名 購入者 依頼者 相談者 来場者 name fullname yourname customername patientname patient membername member applicant customer employee employeename studentname contactname");
        Add(LabelRole.Field, DataKinds.Other, "フリガナ ふりがな 氏名カナ カナ氏名 かな カナ ヨミガナ よみがな 勤務先 会社名 所属 備考 ご要望 内容 趣味 メモ 国籍 続柄 家族構成 最終学歴 学歴 応募動機 company department");
        Add(LabelRole.Field, DataKinds.PostalAddress, "住所 現住所 自宅住所 居住地 届け先 届け先住所 送付先 送付先住所 配送先 連絡先住所 address homeaddress mailingaddress shippingaddress streetaddress");
        Add(LabelRole.Field, DataKinds.Postcode, "郵便番号 〒 zip zipcode postcode postalcode");
        Add(LabelRole.Field, DataKinds.Phone, "電話 電話番号 tel 携帯 携帯電話 携帯番号 携帯電話番号 自宅電話 自宅 連絡先 連絡先電話番号 緊急連絡先 fax fax番号 phone phonenumber telephone mobile mobilephone cell cellphone homephone");
        Add(LabelRole.Field, DataKinds.Email, "メール メールアドレス eメール email emailaddress mail e-mail mailaddress アドレス");
        Add(LabelRole.Field, DataKinds.BirthDate, "生年月日 誕生日 dob dateofbirth birthdate birthday");
        Add(LabelRole.Field, DataKinds.Age, "年齢 年令 歳 満年齢 age");
        Add(LabelRole.Field, DataKinds.Sex, "性別 男女 男女別 sex gender");
        Add(LabelRole.Field, DataKinds.Occupation, "職業 職種 役職 occupation jobtitle");
        Add(LabelRole.Field, DataKinds.Medical, "病名 傷病名 診断名 診断 診断結果 既往歴 症状 主訴 処方 検査結果 現病歴 アレルギー diagnosis condition symptoms medication");
        Add(LabelRole.Field, DataKinds.Money, "年収 月収 給与 給料 月給 残高 預金残高 借入額 借入残高 賞与 所得 salary income annualsalary balance");
        Add(LabelRole.Field, DataKinds.PersonId, "会員番号 会員id 顧客番号 顧客id 顧客コード お客様番号 お客様id 社員番号 社員id 職員番号 従業員番号 学籍番号 学生番号 受験番号 患者id 患者番号 診察券番号 契約番号 契約者番号 ユーザーid ログインid memberid customerid employeeid patientid studentid userid");
        Add(LabelRole.Field, DataKinds.BankAccount, "口座番号 振込先 口座 振込口座 銀行口座 account accountnumber bankaccount iban");
        Add(LabelRole.Field, DataKinds.CardNumber, "カード番号 クレジットカード番号 クレジットカード cardnumber creditcard creditcardnumber");
        Add(LabelRole.Field, DataKinds.MyNumber, "マイナンバー 個人番号 mynumber");
        Add(LabelRole.Contact, DataKinds.None, "担当 担当者 担当者名 営業担当 窓口 問合せ 問合わせ 問い合わせ 問合せ先 問い合わせ先 問合わせ先 お問い合わせ先 お問合せ先 連絡窓口 事務局 主催 発行 発行元 発信元 運営 販売元 販売会社 会場 所在地 本社 本店 支店 営業所 会社住所 アクセス 場所 開催場所 店舗 "
            + "contact contactus venue location office headquarters support");
        Add(LabelRole.Header, DataKinds.None, "from to cc bcc sent date subject reply-to replyto sender 差出人 宛先 送信者 送信元 件名 送信日時 日時 送信日 受信日時");
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
