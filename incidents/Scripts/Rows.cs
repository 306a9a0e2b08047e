using System.Text;

namespace Sekisho.Incidents;

/// <summary>Invented personal data, one row a person. Every row begins with the person's record number, by which it is recognised in what left.</summary>
internal static class Rows
{
    private static readonly string[] s_places = ["東京都千代田区架空町", "大阪府大阪市北区仮想", "愛知県名古屋市中区見本", "福岡県福岡市博多区例示", "北海道札幌市中央区架空", "宮城県仙台市青葉区仮想"];

    private static readonly string[] s_jobs = ["看護師", "薬剤師", "事務", "営業", "溶接工", "電気工事士", "教員", "保育士"];

    public static string Postal(Person person) => $"{s_places[person.Index % s_places.Length]}{person.Index % 9 + 1}-{person.Index % 27 + 1}-{person.Index % 14 + 1}";

    /// <summary>The people as a list: a header row, then one row each.</summary>
    public static Sheet List(string name, IReadOnlyList<string> columns, IReadOnlyList<Person> people)
        => new(name, [["No", .. columns.Select(Header)], .. people.Select(p => (IReadOnlyList<string>)[p.Record, .. columns.Select(c => Value(c, p))])]);

    /// <summary>The same as lines of text.</summary>
    public static string Lines(IReadOnlyList<string> columns, IReadOnlyList<Person> people, char separator)
    {
        var text = new StringBuilder();
        foreach (var row in List("", columns, people).Rows)
        {
            text.AppendJoin(separator, row).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The catalogue's name of a column as a Japanese list would head it.</summary>
    internal static string Header(string column) => column switch
    {
        "name" => "氏名",
        "customer_name" => "お客様名",
        "pupil_name" => "児童氏名",
        "guardian" => "保護者氏名",
        "contractor" => "契約者名",
        "email" => "メールアドレス",
        "address" => "住所",
        "site_address" => "現場住所",
        "point_address" => "受電地点住所",
        "municipality" => "市町村",
        "phone" => "電話番号",
        "emergency_contact" => "緊急連絡先",
        "age" => "年齢",
        "birthdate" => "生年月日",
        "gender" => "性別",
        "title" => "役職",
        "occupation" => "職種",
        "desired_job" => "希望職種",
        "industry" => "業種",
        "job_history" => "職歴",
        "treatment" => "検査・治療内容",
        "card_number" => "カード番号",
        "card_expiry" => "有効期限",
        "customer_no" => "顧客番号",
        "point_id" => "受電地点特定番号",
        "order_no" => "注文番号",
        "sales" => "年商",
        "loan_balance" => "融資残高",
        "loan_amount" => "融資額",
        "deposit_balance" => "預り金残高",
        "transactions" => "取引回数",
        "plant" => "発電所名",
        "product" => "商品",
        "schedule" => "工程",
        "wear_size" => "ウエアサイズ",
        "shoe_size" => "シューズサイズ",
        "motivation" => "応募動機",
        "survey_answer" => "アンケート回答",
        "password" => "パスワード",
        _ => column,
    };

    private static string Value(string column, Person person)
    {
        var i = person.Index;
        return column switch
        {
            "name" or "customer_name" or "pupil_name" or "guardian" => person.Name,
            "contractor" => $"株式会社見本発電{i % 109 + 1}",
            "email" => person.Address,
            "address" or "site_address" or "point_address" => Postal(person),
            "municipality" => s_places[i % s_places.Length],
            "phone" or "emergency_contact" => $"090-0000-{i % 10000:D4}",
            "age" => $"{20 + i % 50}",
            "birthdate" => $"{1950 + i % 45}/{i % 12 + 1}/{i % 28 + 1}",
            "gender" => i % 2 == 0 ? "男" : "女",
            "title" => person.Title.Length == 0 ? "担当" : person.Title,
            "occupation" or "desired_job" or "industry" => s_jobs[i % s_jobs.Length],
            "job_history" => $"{s_jobs[(i + 3) % s_jobs.Length]} {i % 20 + 1}年",
            "treatment" => i % 3 == 0 ? "心臓カテーテル検査" : "心エコー検査",
            "card_number" => i % 9493 < 9489 ? TestCard(i) : "",
            "card_expiry" => $"{i % 12 + 1:D2}/{i % 5 + 6:D2}",
            "customer_no" or "point_id" or "order_no" => $"{10_000_000 + i}",
            "sales" or "loan_balance" or "loan_amount" or "deposit_balance" => $"{(i * 7919L % 90_000 + 1000) * 1000}",
            "transactions" => $"{i % 17 + 1}",
            "plant" => $"見本第{i + 1}発電所",
            "product" => $"型式{(char)('A' + i % 6)}-{i % 40}",
            "schedule" => $"{i % 12 + 1}月着工",
            "wear_size" => "SML"[i % 3].ToString(),
            "shoe_size" => $"{22 + i % 7}.{i % 2 * 5}",
            "motivation" or "survey_answer" => i % 2 == 0 ? "興味があるため" : "知人にすすめられて",
            "password" => $"pw{Cast.Seed(person.Record):x8}",
            _ => "－",
        };
    }

    /// <summary>A card number of a test range, right by its check digit (Luhn).</summary>
    internal static string TestCard(int index)
    {
        var digits = $"411111{index:D9}";
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[digits.Length - 1 - i] - '0';
            sum += i % 2 == 0 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : d;
        }

        return digits + ((10 - sum % 10) % 10);
    }
}
