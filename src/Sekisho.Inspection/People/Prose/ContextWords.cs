namespace Sekisho.Inspection;

/// <summary>Words before a number that say whose it is. Asked only once the number itself could be one.</summary>
internal static class ContextWords
{
    public static readonly string[] MyNumber = ["個人番号", "マイナンバー", "マイ・ナンバー", "my number", "mynumber", "individual number"];

    public static readonly string[] Birth = ["生年月日", "誕生日", "生まれ", "生れ", "birth", "born", "dob", "d.o.b"];

    public static readonly string[] Licence = ["免許", "licence", "license"];

    public static readonly string[] Passport = ["旅券", "パスポート", "passport"];

    public static readonly string[] Insurance = ["保険者番号", "保険証", "被保険者", "記号", "健康保険"];

    public static readonly string[] Account = ["普通", "当座", "貯蓄", "口座", "account"];

    public static readonly string[] Money = ["給与", "給料", "年収", "月給", "月収", "賞与", "手取り", "残高", "借入", "貯蓄", "預金", "所得", "報酬", "基本給", "salary", "income", "balance", "bonus"];

    public static readonly string[] PersonId =
    [
        "会員番号", "会員ID", "会員No", "顧客番号", "顧客ID", "顧客コード", "お客様番号", "お客さま番号", "お客様コード", "社員番号", "社員ID", "社員コード", "職員番号", "従業員番号", "学籍番号", "学生番号", "受験番号", "患者ID", "患者番号", "診察券番号",
        "契約者番号", "契約番号", "加入者番号", "利用者番号", "ユーザーID", "ユーザID", "組合員番号", "証券番号", "member id", "member no", "member number", "customer id", "customer no", "customer number", "employee id", "employee no", "employee number",
        "patient id", "patient no", "student id", "student no", "policy number",
    ];

    public static readonly string[] Card = ["カード", "card", "クレジット", "決済", "visa", "master", "amex", "jcb", "diners", "有効期限", "credit", "debit", "デビット", "引き落とし"];

    public static readonly string[] Phone = ["電話", "携帯", "tel", "phone", "mobile", "fax", "連絡先", "自宅", "cell"];

    /// <summary>True where one of the words stands in the text; case of Latin letters does not matter.</summary>
    public static bool In(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, word[0] < 0x80 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
