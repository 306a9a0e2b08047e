using System.Text;
using Sekisho.Storage;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>
/// A morning at a small trading house, in one language: who works there and what they send, so that every page has something to show, and every word on a page in the other language is the page's
/// mistake.
/// </summary>
internal sealed class Story(string language)
{
    public const string Sender = "sato@yamada.example";
    public const string Colleague = "ito@yamada.example";
    public const string Approver = "suzuki@yamada.example";
    public const string Auditor = "tanaka@yamada.example";
    public const string PrivacyOfficer = "takahashi@yamada.example";

    private bool Ja => language == "ja";

    /// <summary>Who has an account.</summary>
    public IReadOnlyList<Account> Staff =>
    [
        Office.Person(Office.Administrator, Say("Hana Kanri", "管理 花"), "administrator"),
        Office.Person(Sender, Say("Ken Sato", "佐藤 健"), "sender"),
        Office.Person(Colleague, Say("Mio Ito", "伊藤 澪"), "sender"),
        Office.Person(Approver, Say("Yuko Suzuki", "鈴木 裕子"), "sender", "approver"),
        Office.Person(Auditor, Say("Makoto Tanaka", "田中 誠"), "auditor"),
        Office.Person(PrivacyOfficer, Say("Rei Takahashi", "高橋 玲"), "privacy-officer"),
    ];

    /// <summary>Lines under <c>organization</c>.</summary>
    public string Organization => $"""
          approvers: [{Approver}]
          partners:
            - [partner.example, partner.test]
          companies:
            - name: [{Say("Acme Trading", "アクメ商会")}]
              domains: [acme.example]
          language: {language}
        """;

    /// <summary>Two people of two companies, who never met: the sender decides.</summary>
    public Mail Strangers => Of("Offer for the autumn fair", "秋の展示会のお見積り") with
    {
        To = ["anna@acme.example", "ben@bolt.example"],
        Cc = [Colleague],
        Text = Say("Dear all,\r\n\r\nplease find our offer for the autumn fair below.\r\n\r\nKen Sato\r\n", "皆様\r\n\r\n秋の展示会のお見積りをお送りします。\r\n\r\n山田商事 佐藤\r\n"),
    };

    /// <summary>A member list, and it goes to somebody outside: the superior decides.</summary>
    public Mail MemberList => Of("Members of the autumn fair", "秋の展示会 会員名簿の件") with
    {
        To = ["print@press.example"],
        Text = Say("Please print the name tags of everybody in the list.\r\n", "お世話になっております。添付の名簿のとおり、名札の印刷をお願いいたします。\r\n"),
        Attachments = [(Say("members.csv", "会員名簿.csv"), Encoding.UTF8.GetBytes(People(120)))],
    };

    /// <summary>What happened that morning, in its order; the first ones went out by themselves.</summary>
    public IReadOnlyList<Mail> Mails =>
    [
        .. Enumerable.Range(1, 6).Select(n => Of($"Order {n}", $"ご注文の件 {n}") with { To = [$"buyer{n}@shop-{n}.example"], Text = Say($"Thank you for order {n}.\r\n", $"ご注文 {n} ありがとうございます。\r\n") }),
        Of("Opening hours at the turn of the year", "年末年始の営業時間について") with
        {
            To = [.. Enumerable.Range(1, 14).Select(n => $"info@company-{n}.example")],
            Text = Say("We are closed from 29 December to 3 January.\r\n", "12月29日から1月3日まで休業いたします。\r\n"),
        },
        Strangers,
        MemberList,
        Of("Internal use only: price calculation", "【社外秘】原価の試算") with { To = ["carl@cube.example"], Text = Say("Internal use only.\r\n\r\nOur costs for next year.\r\n", "社外秘\r\n\r\n来期の原価の試算です。\r\n") },
        Of("Your access", "アクセス情報のご連絡") with { To = ["dora@delta.example", "emil@delta.example"], Text = Say("Host: db.yamada.example\r\nUser: admin\r\nPassword: Xk29-plum-Tower\r\n", "接続先: db.yamada.example\r\nユーザー名: admin\r\nパスワード: Xk29-plum-Tower\r\n") },
        Of("Contract", "契約書の件") with { To = ["fred@fox.example"], Text = Say("Dear Mr. Gruber,\r\n\r\nthe contract as discussed.\r\n", "株式会社ガンマ\r\n山本様\r\n\r\n契約書の件です。\r\n") },
        Of("Card payment", "カード決済の件") with { To = ["gina@gamma.example"], Text = Say("Please charge 4111 1111 1111 1111, valid until 12/29, for customer Miller.\r\n", "次のカードで決済をお願いします。4111 1111 1111 1111 有効期限 12/29 三浦様\r\n") },
        Of("<script>alert(1)</script> invoice", "<script>alert(1)</script> 請求書") with { To = ["hans@hill.example", "ines@iris.example"], Text = Say("The invoice.\r\n", "請求書です。\r\n"), Html = "<p onclick=alert(1)>請<script>alert(2)</script><img src=\"http://tracker.example/x.png\"></p>".Replace("請", Say("The invoice.", "請求書です。"), StringComparison.Ordinal), Attachments = [("invoice‮fdp.exe", "MZ"u8.ToArray())] },
    ];

    /// <summary>The gateway with all that behind it.</summary>
    public async Task<Office> OpenAsync()
    {
        var office = await Office.OpenAsync(organization: Organization, staff: Staff, name: Say("Yamada Trading", "山田商事"));
        foreach (var mail in Mails)
        {
            await office.SendAsync(mail);
        }

        // The last one is looked at last.
        await office.NoteAsync(Sender, Mails[^1].Subject);
        return office;
    }

    private string Say(string english, string japanese) => Ja ? japanese : english;

    private Mail Of(string english, string japanese) => new() { From = Sender, FromName = Say("Ken Sato", "佐藤 健"), To = [], Subject = Say(english, japanese) };

    private string People(int count)
    {
        string[] families = ["佐々木", "山口", "松本", "井上", "木村", "林", "清水", "山崎", "森", "池田", "橋本", "阿部"];
        string[] given = ["太郎", "花子", "健一", "美咲", "翔太", "陽子", "大輔", "恵子", "直樹", "由美"];
        string[] latinFamilies = ["Miller", "Baker", "Cooper", "Fisher", "Hunter", "Mason", "Parker", "Porter", "Taylor", "Turner", "Walker", "Weaver"];
        string[] latinGiven = ["James", "Mary", "Robert", "Linda", "David", "Susan", "Daniel", "Karen", "Thomas", "Nancy"];
        var rows = new StringBuilder(Say("Name,Postal address,Telephone,Mail\r\n", "氏名,住所,電話番号,メールアドレス\r\n"));
        for (var i = 0; i < count; i++)
        {
            var name = Ja ? $"{families[i % 12]} {given[i / 12 % 10]}" : $"{latinGiven[i / 12 % 10]} {latinFamilies[i % 12]}";
            rows.Append($"{name},{Say($"{i + 1} High Street, Springfield", $"東京都千代田区神田{(i % 9) + 1}丁目{(i % 20) + 1}-{(i % 13) + 1}")},090-{1000 + (i * 7)}-{2000 + (i * 13)},member{i}@mail-{i}.example\r\n");
        }

        return rows.ToString();
    }
}
