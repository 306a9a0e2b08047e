using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class PersonalDataTests
{
    private static readonly string[] _families = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "佐々木", "山口", "松本"];
    private static readonly string[] _given = ["太郎", "一郎", "健", "誠", "翔太", "花子", "美咲", "陽子", "恵", "さくら", "直樹", "浩二", "由美", "真理子", "大輔"];

    private static string Name(int i) => _families[i % 15] + " " + _given[i / 15 % 15];

    private static string Csv(int rows, string header = "氏名,住所,電話番号,メールアドレス", Func<int, string>? row = null)
        => header + "\n" + string.Join('\n', Enumerable.Range(0, rows).Select(row ?? (i => $"{Name(i)},東京都港区芝{(i % 5) + 1}-{i + 1}-3,090-1234-{i:D4},person{i}@mail{i}.example"))) + "\n";

    private static string Mail(string? csv, string text = "お世話になっております。資料をお送りします。", string name = "list.csv", string to = "taro@client.example")
        => $"From: Hanako Mori <sender@home.example>\nTo: {to}\nSubject: hello\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            + $"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
            + (csv is null ? "" : $"--b\nContent-Type: text/csv; charset=utf-8; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\n{csv}")
            + "--b--\n";

    private static Finding? Find(string mail, params string[] to) => new Look { To = to.Length == 0 ? ["taro@client.example"] : to }.Finding(RuleNames.PersonalData, mail);

    [Theory]
    [InlineData(2, Severity.Low)]
    [InlineData(52, Severity.Medium)]
    [InlineData(741, Severity.High)]
    [InlineData(1005, Severity.Critical)]
    public void Counts_the_persons_of_a_file(int persons, Severity severity)
    {
        var finding = Find(Mail(Csv(persons)));

        Assert.NotNull(finding);
        Assert.Equal(persons, finding.Persons);
        Assert.Equal(severity, finding.Severity);
        Assert.Equal(["taro@client.example"], finding.Recipients);
        Assert.Contains($"list.csv has {persons:N0} people's names, addresses, phone numbers and e-mail addresses; it goes to 1 recipient outside.", finding.Summary.En);
        Assert.Contains($"「list.csv」に{persons:N0}人分の氏名・住所・電話番号・メールアドレスが含まれており", finding.Summary.Ja);
    }

    [Fact]
    public void Nothing_unmasked_is_anywhere_in_the_finding()
    {
        var finding = Find(Mail("氏名,住所,電話番号,メール,生年月日,会員番号,カード番号,パスワード\n"
            + "山田太郎,東京都港区芝公園4-2-8,090-1234-5678,yamada.taro@private.example,1980-05-17,KX-99812,4012888888881881,hunter2secret\n"
            + "鈴木花子,大阪府大阪市北区梅田3-1-3,080-9876-5432,suzuki.hanako@private.example,1991-11-30,KX-99813,5555555555554444,correcthorse9\n"));

        Assert.NotNull(finding);
        Assert.Equal(2, finding.Measures["sensitive"]);
        var all = finding.Summary.En + finding.Summary.Ja + string.Join('\n', finding.Evidence);
        Assert.Contains("山田** 様", all);
        foreach (var secret in (string[])["太郎", "花子", "芝公園", "梅田", "1234-5678", "9876", "yamada.taro", "suzuki.hanako", "05-17", "11-30", "99812", "4012888888881881", "88888888", "5555555555554444", "hunter2", "correcthorse"])
        {
            Assert.DoesNotContain(secret, all);
        }
    }

    [Fact]
    public void Everybody_on_the_list_who_gets_it_is_left_out_for_himself_alone()
    {
        var to = Enumerable.Range(0, 30).Select(i => $"person{i}@mail{i}.example").ToArray();
        var finding = Find(Mail(Csv(30)), to);

        Assert.NotNull(finding);
        Assert.Equal(29, finding.Persons);
        Assert.Equal(30, finding.Measures["own"]);
        Assert.Equal(30, finding.Recipients.Count);
    }

    [Fact]
    public void A_recipient_not_on_the_list_gets_them_all()
        => Assert.Equal(30, Find(Mail(Csv(30)), "person0@mail0.example", "stranger@client.example")?.Persons);

    [Theory]
    [InlineData("氏名,住所,生年月日\n山田太郎,東京都港区芝1-2-3,1980-05-17\n", "山田太郎 様\nご契約内容をお送りします。")]
    [InlineData("氏名,支給額,差引支給額\n山田太郎,320000,251000\n", "山田様\n給与明細をお送りします。")]
    [InlineData("氏名,支給額,差引支給額\n山田太郎,320000,251000\n", "給与明細です。")]
    [InlineData("注文者,商品,数量,金額\n山田太郎,ノート,3,600\n山田太郎,ペン,2,240\n", "山田太郎 様\nご注文ありがとうございます。")]
    [InlineData("商品名,型番,単価\nボールペン,A-100,120\nノート,B-200,200\n", "価格表です。")]
    [InlineData("会社名,担当窓口,TEL,E-mail\n株式会社青空,営業部,03-1111-2222,info@aozora.example\n有限会社山,総務部,06-1111-2222,sales@yama.example\n", "問い合わせ先の一覧です。")]
    [InlineData("氏名,部署,内線,メール\n森花子,営業部,1201,mori@home.example\n原一郎,総務部,1202,hara@home.example\n", "弊社の連絡先一覧です。")]
    public void What_is_the_recipients_own_or_nobodys_passes(string csv, string text) => Assert.Null(Find(Mail(csv, text)));

    [Theory]
    [InlineData("株式会社青空\n鈴木様\n\nお世話になっております。森です。\n先日の件、田中部長ともご相談ください。\n\n--\n森 花子\nホーム株式会社 営業部\n東京都港区芝1-2-3\nTEL 03-1234-5678\nsender@home.example\n")]
    [InlineData("Dear Taro,\n\nPlease find the minutes below.\n\nBest regards,\nHanako Mori\nHome Inc.\nTel: +81-3-1234-5678\n")]
    [InlineData("承知しました。\n\n> 2026年4月1日 10:00 Taro Suzuki <taro@client.example>:\n> お世話になります。\n> --\n> 鈴木 太郎\n> 株式会社クライアント\n> 東京都千代田区丸の内1-1-1\n> TEL 03-9876-5432\n> taro@client.example\n")]
    public void Ordinary_mail_has_nothing_to_say(string text) => Assert.Null(Find(Mail(null, text)));

    [Fact]
    public void One_patients_record_to_somebody_else_is_told()
    {
        var finding = Find(Mail("氏名,年齢,診断名\n山田太郎,61,胃がん\n", "鈴木先生\nお世話になっております。"));

        Assert.NotNull(finding);
        Assert.Equal(1, finding.Measures["medical"]);
        Assert.StartsWith("list.csv has one person's ", finding.Summary.En);
    }

    [Fact]
    public void A_table_in_the_text_counts_like_one_in_a_file()
    {
        var finding = Find(Mail(null, "名簿です。\n\n" + Csv(40).Replace(',', '\t') + "\n以上、よろしくお願いします。"));

        Assert.Equal(40, finding?.Persons);
        Assert.StartsWith("The text has 40 people's", finding?.Summary.En);
    }

    [Fact]
    public void Addresses_alone_in_the_text_are_left_to_the_rule_for_them()
        => Assert.Null(Find(Mail(null, string.Join('\n', Enumerable.Range(0, 40).Select(i => $"person{i}@mail{i}.example")))));

    [Theory]
    [InlineData(4, null)]
    [InlineData(14, 14)]
    public void A_few_who_sign_a_quoted_thread_are_no_list_and_many_are(int people, int? counted)
    {
        var lines = string.Join('\n', Enumerable.Range(0, people).Select(i => $"> {Name(i)}\n> 東京都港区芝{(i % 5) + 1}-{i + 1}-3\n> 電話 090-1234-{i:D4}\n>"));
        Assert.Equal(counted, Find(Mail(null, "お世話になっております。\n\n" + lines))?.Persons);
    }

    [Theory]
    [InlineData("診療情報提供書\n患者氏名: 山田太郎\n生年月日: 1980-05-17\n病名: 胃癌\n", true)]
    [InlineData("山田太郎様\n\n患者氏名: 山田太郎\n生年月日: 1980-05-17\n病名: 胃癌\n", false)]
    public void One_patients_illness_needs_to_be_known_as_the_recipients_own(string text, bool told)
        => Assert.Equal(told, Find(Mail(null, text, to: "info@client.example"), "info@client.example") is not null);

    [Fact]
    public void The_same_people_in_two_files_are_counted_once()
    {
        var look = Mail(Csv(60)).Replace("--b--\n", "--b\nContent-Type: text/csv; charset=utf-8; name=second.csv\nContent-Disposition: attachment; filename=second.csv\n\n"
            + Csv(60, "メール,氏名,年齢", i => $"person{i}@mail{i}.example,{Name(i)},{20 + (i % 60)}") + "--b--\n", StringComparison.Ordinal);
        var finding = Find(look);

        Assert.Equal(60, finding?.Persons);
        Assert.Equal(2, finding?.Measures["files"]);
        Assert.StartsWith("2 files have 60 people's", finding?.Summary.En);
    }

    [Fact]
    public void Broken_and_endless_files_neither_throw_nor_hang()
    {
        Assert.Null(Find(Mail("氏名\n" + new string('0', 1_000_000) + "\n")));
        Find(Mail(string.Join(',', Enumerable.Repeat("氏名", 16_384)) + "\n" + string.Join(',', Enumerable.Repeat("山田太郎", 16_384)) + "\n"));
        Find(Mail("氏名,番号\n" + string.Concat(Enumerable.Repeat("1234567890123456,9876543210987654\n", 20_000))));
        Find(Mail(string.Concat(Enumerable.Repeat("氏名,a\n", 50_000))));
    }
}
