using System.Globalization;

namespace Sekisho.Bench.Console;

/// <summary>What mails are made of. Nobody's data: invented names under example domains.</summary>
internal sealed class Words(Random random)
{
    private static readonly string[] s_topics =
    [
        "見積書のご送付", "請求書", "打ち合わせの件", "お打合せ議事録", "納品のご連絡", "契約書の確認", "会議室の変更", "出張報告", "ご注文ありがとうございます", "研修のご案内",
        "Quotation", "Invoice", "Meeting minutes", "Weekly report", "Re: delivery date", "Contract draft", "Order confirmation", "Maintenance notice", "Re: Re: questions", "Agenda",
    ];

    private static readonly string[] s_companies =
        ["青空商事", "みどり工業", "北斗製作所", "若葉システム", "大和物流", "ＡＢＣ商会", "山川設計事務所", "Bluebird", "Fairwind Trading", "Northgate", "ﾐﾅﾐ電機", "Cedar & Sons"];

    private static readonly string[] s_given = ["taro", "hanako", "jiro", "yuki", "kenji", "akira", "mei", "sora", "anna", "bert", "chris", "dana", "emil", "fumi", "goro", "haru"];

    private static readonly string[] s_family = ["yamada", "suzuki", "tanaka", "sato", "kobayashi", "ito", "watanabe", "mori", "hayashi", "abe", "miller", "brown", "novak", "rossi", "silva", "kim"];

    public string Subject(int number) => (number % 7) switch
    {
        0 => $"【{Of(s_companies)}】{Of(s_topics)}（{number}）",
        1 => $"Re: {Of(s_topics)} / {Of(s_companies)}",
        2 => string.Create(CultureInfo.InvariantCulture, $"{Of(s_topics)} No.{random.Next(1_000_000):d6}"),
        _ => $"{Of(s_companies)} {Of(s_topics)}",
    };

    /// <summary>One of 2,000 people in 20 departments; few of them write most of the mail.</summary>
    public string Sender() => Sender((int)(Math.Pow(random.NextDouble(), 3) * 2000));

    public static string Sender(int n) => $"{s_given[n % 16]}.{s_family[n / 16 % 16]}{n / 256}@d{n % 20}.house.example";

    /// <summary>One of 60,000 people outside, or a colleague.</summary>
    public string Recipient() => random.Next(5) == 0 ? Sender() : Recipient((int)(Math.Pow(random.NextDouble(), 2) * 60_000));

    public static string Recipient(int n) => $"{s_given[n / 7 % 16]}-{s_family[n % 16]}{n}@c{n % 4000}.partner.example";

    private string Of(string[] list) => list[random.Next(list.Length)];
}
