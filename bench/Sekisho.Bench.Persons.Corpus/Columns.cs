using System.Globalization;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>One column of a list of persons: how it may be headed, and what stands in it.</summary>
/// <param name="Kind">What it holds; <see cref="DataKinds.None"/> for what the measure does not ask about.</param>
/// <param name="Plain">True where the values alone say what they are, without a header.</param>
internal sealed record Column(string Key, DataKinds Kind, string[] Headers, string[] Unseen, string[] English, bool Plain, Func<Person, Style, string> Value)
{
    public string Header(Dice dice, bool english)
        => english ? dice.Pick(English) : dice.Test && Unseen.Length > 0 && dice.Chance(50) ? dice.Pick(Unseen) : dice.Pick(Headers);
}

/// <summary>How one file writes its values; drawn once a file.</summary>
internal sealed record Style(Dice Dice)
{
    public string NameGap { get; } = Dice.Of(" ", "　", "", " ", "");
    public string Honorific { get; } = Dice.Chance(8) ? Dice.Of("様", " 様", "さん") : "";
    public int PhoneForm { get; } = Dice.Of(0, 0, 0, 0, 1, 2, 3, 4);
    public int BirthForm { get; } = Dice.Of(0, 0, 1, 1, 2, 3, 4, 5);
    public int KanaForm { get; } = Dice.Of(0, 0, 1, 2);
    public int PostcodeForm { get; } = Dice.Of(0, 0, 0, 1, 2);
    public int CardForm { get; } = Dice.Of(0, 1, 1);
    public bool FamilyFirst { get; } = Dice.Chance(30);
    public bool WideHouse { get; } = Dice.Chance(15);
    /// <summary>A list in English throughout.</summary>
    public bool English { get; init; }
    public int Today { get; } = 2024;
}

/// <summary>All columns.</summary>
internal static class Columns
{
    public static readonly Column Name = new("name", DataKinds.Name, ["氏名", "名前", "お名前", "会員名", "参加者氏名"], ["申込者", "ご芳名", "受講者名", "利用者氏名"], ["Name", "Full Name", "Full name"], true, (p, s) => JapaneseName(p, s) + (p.Foreign ? "" : s.Honorific));
    public static readonly Column Family = new("family", DataKinds.Name, ["姓", "氏", "苗字"], ["名字", "姓(漢字)"], ["Last Name", "Surname", "Last name", "Family name"], false, (p, _) => p.Family);
    public static readonly Column Given = new("given", DataKinds.Name, ["名", "名"], ["名(漢字)"], ["First Name", "Given Name", "First name"], false, (p, _) => p.Given);
    public static readonly Column KanaName = new("kana", DataKinds.Name, ["フリガナ", "ふりがな", "カナ", "氏名カナ"], ["ヨミ", "カナ氏名", "氏名(カナ)"], ["Name (kana)"], true, KanaOf);
    public static readonly Column Roman = new("roman", DataKinds.Name, ["ローマ字", "氏名(英字)"], ["英字氏名"], ["Name", "Full Name", "Participant", "Attendee", "Employee Name"], true, RomanName);
    public static readonly Column Address = new("address", DataKinds.PostalAddress, ["住所", "ご住所", "自宅住所", "現住所"], ["送付先住所", "お届け先", "居住地"], ["Address", "Home address", "Street Address"], true, (p, s) => s.English ? p.EnglishAddress : s.WideHouse ? Wide(p.FullAddress) : p.FullAddress);
    public static readonly Column Postcode = new("postcode", DataKinds.Postcode, ["郵便番号", "〒", "郵便"], ["〒番号"], ["Postal Code", "ZIP", "Zip code"], false, PostcodeOf);
    public static readonly Column Phone = new("phone", DataKinds.Phone, ["電話番号", "TEL", "電話", "連絡先電話番号"], ["自宅TEL", "お電話", "℡"], ["Phone", "Tel", "Phone number"], true, (p, s) => PhoneOf(p.Phone, s));
    public static readonly Column Mobile = new("mobile", DataKinds.Phone, ["携帯電話", "携帯", "携帯番号", "緊急連絡先"], ["ケータイ", "携帯TEL"], ["Mobile", "Cell", "Mobile phone"], true, (p, s) => PhoneOf(p.Mobile, s));
    public static readonly Column Email = new("email", DataKinds.Email, ["メールアドレス", "E-mail", "メール", "Eメール", "e-mail"], ["mail", "電子メール", "連絡先メール"], ["Email", "E-mail", "Email Address"], true, (p, _) => p.Email);
    public static readonly Column Birth = new("birth", DataKinds.BirthDate, ["生年月日", "誕生日", "生年月日(西暦)"], ["お誕生日", "生まれ"], ["Birth Date", "DOB", "Date of birth"], false, BirthOf);
    public static readonly Column Age = new("age", DataKinds.Age, ["年齢", "年令", "歳"], ["満年齢"], ["Age"], false, (p, s) => (s.Today - p.Birth.Year).ToString(CultureInfo.InvariantCulture));
    public static readonly Column Sex = new("sex", DataKinds.Sex, ["性別", "男女"], ["性"], ["Sex", "Gender"], false, (p, _) => p.Foreign ? p.Woman ? "F" : "M" : p.Woman ? "女" : "男");
    public static readonly Column Card = new("card", DataKinds.CardNumber, ["カード番号", "クレジットカード番号"], ["決済カード", "CC番号"], ["Card Number", "Credit card"], true, CardOf);
    public static readonly Column MyNumber = new("mynumber", DataKinds.MyNumber, ["マイナンバー", "個人番号"], ["個人番号(12桁)", "マイナンバー(個人番号)"], ["My Number", "Individual Number"], false, (p, s) => s.CardForm == 1 ? $"{p.MyNumber[..4]} {p.MyNumber[4..8]} {p.MyNumber[8..]}" : p.MyNumber);
    public static readonly Column Account = new("account", DataKinds.BankAccount, ["口座番号", "振込先口座"], ["銀行口座", "給与振込口座"], ["Bank account", "Account Number"], false, (p, _) => $"{p.Bank} {p.Branch} 普通 {p.Account}");
    public static readonly Column Passport = new("passport", DataKinds.Passport, ["旅券番号", "パスポート番号"], ["パスポートNo."], ["Passport No.", "Passport"], false, (p, _) => p.Passport);
    public static readonly Column Licence = new("licence", DataKinds.DrivingLicence, ["免許証番号", "運転免許証番号"], ["免許番号"], ["Driver's license"], false, (p, _) => p.Licence);
    public static readonly Column Insurance = new("insurance", DataKinds.HealthInsurance, ["被保険者番号", "保険証番号"], ["健康保険証番号", "被保険者証番号"], ["Health insurance no."], false, (p, _) => p.Insurance);
    public static readonly Column Illness = new("illness", DataKinds.Medical, ["病名", "既往歴", "診断名"], ["傷病名", "持病"], ["Diagnosis"], false, (p, _) => p.Illness);
    public static readonly Column Salary = new("salary", DataKinds.Money, ["基本給", "給与", "年収"], ["月給", "支給額"], ["Salary"], false, (p, _) => p.Salary.ToString("N0", CultureInfo.InvariantCulture));
    public static readonly Column Password = new("password", DataKinds.Credential, ["パスワード", "初期パスワード", "password"], ["ログインPW", "仮パスワード"], ["Password", "password"], false, (p, _) => p.Password);
    public static readonly Column Member = new("member", DataKinds.PersonId, ["会員番号", "お客様番号", "社員番号", "学籍番号"], ["会員ID", "顧客コード", "診察券番号"], ["Member ID", "Customer ID", "Employee ID"], false, (p, _) => p.MemberNumber);
    public static readonly Column Company = new("company", DataKinds.None, ["会社名", "勤務先", "所属", "法人名"], ["お勤め先", "貴社名"], ["Company", "Organization"], true, (p, s) => s.English ? p.EnglishCompany : p.Company);
    public static readonly Column Post = new("post", DataKinds.None, ["役職", "職業", "部署・役職"], ["ご職業"], ["Title", "Job title"], true, (p, s) => s.English ? p.EnglishPost : p.Post);
    public static readonly Column Remark = new("remark", DataKinds.None, ["備考", "コース", "出欠", "申込日", "備考欄"], ["摘要", "受付区分"], ["Notes", "Remarks", "Status"], true, (_, s) => s.Dice.Pick(s.English ? Words.EnglishRemarks : s.Dice.Chance(50) ? Words.Remarks : Words.Plans));

    private static readonly Column[] s_ordinary = [Address, Postcode, Phone, Mobile, Email, Birth, Age, Sex, Member, Company, Post, Remark];
    private static readonly Column[] s_grave = [Card, MyNumber, Account, Passport, Licence, Insurance, Illness, Salary, Password];

    /// <summary>What a list shows besides the name: one to seven ordinary columns, and every fourth time one or two that weigh more.</summary>
    public static IReadOnlyList<Column> Draw(Dice dice, bool plainOnly = false, int most = 7)
    {
        var pool = plainOnly ? s_ordinary.Where(c => c.Plain || c == Sex || c == Birth || c == Postcode).ToArray() : s_ordinary;
        var picked = dice.Some(pool, dice.Between(1, Math.Min(most, pool.Length))).ToList();
        if (!plainOnly && dice.Chance(28))
            picked.AddRange(dice.Some(s_grave, dice.Between(1, 2)));
        if (!picked.Any(Tells))
            picked.Add(dice.Of(Email, Phone, Mobile, Address));
        if (picked.Contains(Postcode) && !picked.Contains(Address))
            picked.Insert(picked.IndexOf(Postcode) + 1, Address);
        return picked;
    }

    // A name beside nothing but a company or a remark is a list of names; those are a layout of their own.
    private static bool Tells(Column column) => column.Kind is not (DataKinds.None or DataKinds.Age or DataKinds.Sex or DataKinds.Postcode);

    public static string JapaneseName(Person p, Style s) => p.Foreign ? $"{p.GivenRoman} {p.FamilyRoman}" : p.Family + s.NameGap + p.Given;

    public static string RomanName(Person p, Style s) => s.FamilyFirst ? $"{p.FamilyRoman}, {p.GivenRoman}" : $"{p.GivenRoman} {p.FamilyRoman}";

    private static string KanaOf(Person p, Style s)
    {
        if (p.Foreign)
            return "";
        var gap = s.NameGap.Length == 0 ? " " : s.NameGap;
        var kana = p.FamilyKana + gap + p.GivenKana;
        return s.KanaForm switch { 0 => Kana.Katakana(kana), 1 => kana, _ => Kana.HalfWidth(kana) };
    }

    private static string PostcodeOf(Person p, Style s) => s.PostcodeForm switch { 0 => p.Postcode, 1 => "〒" + p.Postcode, _ => p.Postcode.Replace("-", "", StringComparison.Ordinal) };

    public static string PhoneOf((string A, string B, string C) p, Style s) => s.PhoneForm switch
    {
        0 => $"{p.A}-{p.B}-{p.C}",
        1 => p.A + p.B + p.C,
        2 => $"{p.A}({p.B}){p.C}",
        3 => $"+81-{p.A[1..]}-{p.B}-{p.C}",
        _ => Wide($"{p.A}-{p.B}-{p.C}"),
    };

    public static string BirthOf(Person p, Style s) => (s.English && s.BirthForm > 1 ? 1 : s.BirthForm) switch
    {
        0 => p.Birth.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture),
        1 => p.Birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        2 => p.Birth.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
        3 => Era(p.Birth, "昭和", "平成", "年", "月", "日"),
        4 => Era(p.Birth, "S", "H", ".", ".", ""),
        _ => p.Birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
    };

    private static string Era(DateOnly d, string showa, string heisei, string y, string m, string end)
    {
        var old = d < new DateOnly(1989, 1, 8);
        var year = old ? d.Year - 1925 : d.Year - 1988;
        return $"{(old ? showa : heisei)}{(year == 1 && y == "年" ? "元" : year.ToString(CultureInfo.InvariantCulture))}{y}{d.Month}{m}{d.Day}{end}";
    }

    private static string CardOf(Person p, Style s)
    {
        if (s.CardForm == 0)
            return p.Card;
        return p.Card.Length == 15 ? $"{p.Card[..4]}-{p.Card[4..10]}-{p.Card[10..]}" : $"{p.Card[..4]}-{p.Card[4..8]}-{p.Card[8..12]}-{p.Card[12..]}";
    }

    private static string Wide(string text) => string.Concat(text.Select(c => c is >= '0' and <= '9' ? (char)(c - '0' + '０') : c == '-' ? '－' : c));
}
