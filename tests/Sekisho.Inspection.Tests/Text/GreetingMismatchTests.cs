using System.Text;

namespace Sekisho.Inspection.Tests;

/// <summary>Who is greeted and who gets it. An address that tells no name contradicts nobody.</summary>
public sealed class GreetingMismatchTests
{
    private static Finding? See(string greeting, string to, string recipient, string more = "お世話になっております。\n資料をお送りします。", string header = "")
        => new Look { To = [recipient] }.Finding("greeting-mismatch", Mail(greeting, to, more, header));

    private static string Mail(string greeting, string to, string more = "お世話になっております。", string header = "") => Look.Plain($"{greeting}\n\n{more}", $"To: {to}\n{header}");

    [Theory]
    [InlineData("鈴木様", "tanaka@client.example")]
    [InlineData("鈴木 様", "tanaka@client.example")]
    [InlineData("鈴木一郎様、", "t.tanaka@client.example")]
    [InlineData("鈴木　一郎　様", "taro.tanaka@client.example")]
    [InlineData("株式会社みなと商事\n営業部 部長 鈴木様", "tanaka-taro@client.example")]
    [InlineData("株式会社みなと商事 営業部 鈴木一郎 様", "tanaka@client.example")]
    [InlineData("みなと商事の鈴木様", "tanaka@client.example")]
    [InlineData("鈴木先生", "tanaka@client.example")]
    [InlineData("鈴木殿", "tanaka@client.example")]
    [InlineData("鈴木部長、お世話になっております。", "tanaka@client.example")]
    [InlineData("鈴木さん", "tanaka@client.example")]
    [InlineData("鈴木 一郎 様 (会員番号 12345)", "taro.tanaka12@client.example")]
    [InlineData("伊藤様", "saito@client.example")]
    [InlineData("清水様", "tanaka@client.example")]
    [InlineData("金子 花子 様", "taro.tanaka@client.example")]
    [InlineData("山田部長様", "tanaka@client.example")]
    [InlineData("小林様", "t-hayashi@client.example")]
    [InlineData("Dear Mr. Suzuki,", "tanaka@client.example")]
    [InlineData("Dear Ms. Hanako Suzuki,", "taro.tanaka@client.example")]
    [InlineData("Suzuki-san,", "tanaka@client.example")]
    [InlineData("鈴木様", "tanakataro@client.example")]
    [InlineData("鈴木様", "ttanaka@client.example")]
    [InlineData("鈴木様", "john.smith@client.example")]
    public void The_greeted_is_not_the_one_the_address_names(string greeting, string recipient)
    {
        var finding = See(greeting, recipient, recipient);

        Assert.NotNull(finding);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal(1, finding.Measures["greeted"]);
        Assert.Equal([recipient], finding.Recipients);
    }

    [Theory]
    [InlineData("鈴木様", "田中 太郎 <x1@client.example>")]
    [InlineData("鈴木様", "田中太郎様 <x1@client.example>")]
    [InlineData("鈴木様", "\"株式会社みどり 田中\" <x1@client.example>")]
    [InlineData("鈴木様", "\"田中（みどり工業）\" <x1@client.example>")]
    [InlineData("鈴木様", "Taro Tanaka <x1@client.example>")]
    [InlineData("鈴木様", "\"TANAKA, Taro\" <x1@client.example>")]
    [InlineData("鈴木様", "John Smith <x1@client.example>")]
    [InlineData("Dear Mr. Brown,", "John Smith <x1@client.example>")]
    [InlineData("Dear Dr. Suzuki,", "田中 太郎 <x1@client.example>")]
    public void Nor_the_one_the_display_name_names(string greeting, string to) => Assert.NotNull(See(greeting, to, "x1@client.example"));

    [Theory]
    [InlineData("鈴木様", "suzuki@client.example")]
    [InlineData("鈴木様", "t-suzuki@client.example")]
    [InlineData("鈴木様", "tsuzuki@client.example")]
    [InlineData("鈴木様", "suzukit@client.example")]
    [InlineData("鈴木様", "ichiro.suzuki@client.example")]
    [InlineData("鈴木様", "suzuki_ichiro3@client.example")]
    [InlineData("鈴木様", "suzukiichiro@client.example")]
    [InlineData("鈴木様", "ichirosuzuki@client.example")]
    [InlineData("佐藤様", "satoh@client.example")]
    [InlineData("佐藤様", "satou.k@client.example")]
    [InlineData("大野様", "ohno@client.example")]
    [InlineData("伊藤様", "itoh@client.example")]
    [InlineData("伊藤様", "taro.itou@client.example")]
    [InlineData("中島様", "nakashima@client.example")]
    [InlineData("中島様", "nakajima@client.example")]
    [InlineData("渡邉様", "watanabe@client.example")]
    [InlineData("土屋様", "tutiya@client.example")]
    [InlineData("本間様", "homma@client.example")]
    [InlineData("東海林様", "shoji@client.example")]
    [InlineData("スズキ様", "suzuki@client.example")]
    [InlineData("鈴木様、田中様", "tanaka@client.example")]
    [InlineData("鈴木様\n田中様", "tanaka@client.example")]
    [InlineData("鈴木様 CC：田中様", "tanaka@client.example")]
    [InlineData("Dear Mr. Suzuki,", "suzuki@client.example")]
    [InlineData("Dear Mr. Taro Suzuki,", "taro@client.example")]
    [InlineData("Dear Mr. Suzuki and Mr. Tanaka,", "tanaka@client.example")]
    public void The_greeted_may_be_the_recipient(string greeting, string recipient) => Assert.Null(See(greeting, recipient, recipient));

    [Theory]
    [InlineData("鈴木様", "鈴木一郎 <tanaka@client.example>")]
    [InlineData("髙橋様", "高橋 太郎 <x1@client.example>")]
    [InlineData("山崎様", "山﨑花子 <x1@client.example>")]
    [InlineData("斎藤様", "齋藤 <x1@client.example>")]
    [InlineData("斉藤様", "齊藤 誠 <x1@client.example>")]
    [InlineData("渡辺様", "渡邊 誠 <x1@client.example>")]
    [InlineData("鈴木様", "Ichiro SUZUKI <x1@client.example>")]
    [InlineData("鈴木様", "\"株式会社みどり 鈴木\" <x1@client.example>")]
    [InlineData("Dear Ms. Suzuki,", "鈴木花子 <x1@client.example>")]
    [InlineData("Dear Mr. Robert Jones,", "Bob Jones <x1@client.example>")]
    [InlineData("花子様", "鈴木花子 <x1@client.example>")]
    [InlineData("鈴木様", "みどり工業 営業部 <x1@client.example>")]
    [InlineData("鈴木様", "suzuki office <tanaka@client.example>")]
    public void By_his_display_name_too(string greeting, string to) => Assert.Null(See(greeting, to, to[(to.IndexOf('<', StringComparison.Ordinal) + 1)..^1]));

    [Theory]
    [InlineData("reader00123@gmail.com")]
    [InlineData("info@client.example")]
    [InlineData("sales-osaka@client.example")]
    [InlineData("osaka@client.example")]
    [InlineData("chiba@client.example")]
    [InlineData("tanaka-law@client.example")]
    [InlineData("kt2041@client.example")]
    [InlineData("taro@client.example")]
    [InlineData("hanako1985@gmail.com")]
    [InlineData("ocean.blue@gmail.com")]
    [InlineData("info.tanaka@client.example")]
    public void An_address_without_a_family_name_contradicts_nobody(string recipient) => Assert.Null(See("鈴木様", recipient, recipient));

    [Theory]
    [InlineData("各位")]
    [InlineData("みなと商事 御中")]
    [InlineData("お客様")]
    [InlineData("皆様")]
    [InlineData("会員様")]
    [InlineData("ご担当者様")]
    [InlineData("関係者各位")]
    [InlineData("保護者様")]
    [InlineData("お取引先様")]
    [InlineData("営業部長")]
    [InlineData("部長様")]
    [InlineData("本部長")]
    [InlineData("副社長様")]
    [InlineData("大阪支店長様")]
    [InlineData("営業課長殿")]
    [InlineData("大家様")]
    [InlineData("奥様")]
    [InlineData("ご本人様")]
    [InlineData("株式会社鈴木商店様")]
    [InlineData("いつもお世話になっております。鈴木様よりご紹介をいただきました。")]
    [InlineData("鈴木様のご紹介でご連絡しました。")]
    [InlineData("鈴木です。")]
    [InlineData("株式会社ホームの鈴木でございます。")]
    [InlineData("Dear Sir or Madam,")]
    [InlineData("Dear Mr. President,")]
    [InlineData("Dear all,")]
    [InlineData("Hi Bob,")]
    [InlineData("Dear customers,")]
    [InlineData("Mr. Suzuki called this morning about the shipment")]
    [InlineData("Dr. Brown and his team will visit you on Monday")]
    [InlineData("> 鈴木様\n> お世話になっております。")]
    public void What_greets_no_person_says_nothing(string greeting) => Assert.Null(See(greeting, "tanaka@client.example", "tanaka@client.example"));

    [Fact]
    public void Only_the_first_five_lines_greet()
        => Assert.Null(See("一行目です\n二行目です\n三行目です\n四行目です\n五行目です\n鈴木様", "tanaka@client.example", "tanaka@client.example"));

    [Fact]
    public void One_recipient_who_may_be_meant_is_enough()
    {
        var mail = Mail("鈴木様", "tanaka@client.example, suzuki@client.example");

        Assert.Null(new Look { To = ["tanaka@client.example", "suzuki@client.example"] }.Finding("greeting-mismatch", mail));
        Assert.Null(new Look { To = ["tanaka@client.example", "x77@client.example"] }.Finding("greeting-mismatch", Mail("鈴木様", "tanaka@client.example, x77@client.example")));
    }

    [Fact]
    public void None_of_several_recipients_is_called_so()
    {
        string[] to = ["tanaka@client.example", "kato@client.example"];

        var finding = new Look { To = to }.Finding("greeting-mismatch", Mail("鈴木様", string.Join(", ", to)));

        Assert.Equal(to, finding!.Recipients);
    }

    [Fact]
    public void A_blind_copy_of_mail_to_the_greeted_is_no_mistake()
        => Assert.Null(new Look { To = ["tanaka@client.example"] }.Finding("greeting-mismatch", Mail("鈴木様", "suzuki@other.example")));

    [Fact]
    public void A_colleague_may_be_greeted_while_outsiders_read_along()
    {
        var look = new Look { To = ["tanaka@client.example", "suzuki@home.example"] };
        Assert.Null(look.Finding("greeting-mismatch", Mail("鈴木さん", "suzuki@home.example", header: "Cc: tanaka@client.example\n")));

        var desk = new Look { To = ["tanaka@client.example", "desk@home.example"] };
        Assert.Null(desk.Finding("greeting-mismatch", Mail("鈴木さん", "desk@home.example", header: "Cc: tanaka@client.example\n")));
        Assert.NotNull(desk.Finding("greeting-mismatch", Mail("鈴木様", "tanaka@client.example", header: "Cc: desk@home.example\n")));
    }

    [Fact]
    public void Whom_the_thread_names_may_be_greeted()
    {
        var quoted = "> 差出人: 鈴木一郎 <s-office@client.example>\n> ご確認ください。鈴木";

        Assert.Null(See("鈴木様", "tanaka@client.example", "tanaka@client.example", $"了解しました。\n\n{quoted}", "In-Reply-To: <a@b>\n"));
        Assert.NotNull(See("鈴木様", "tanaka@client.example", "tanaka@client.example", "了解しました。\n\n> よろしくお願いします。佐藤", "In-Reply-To: <a@b>\n"));
    }

    [Fact]
    public void A_text_passed_on_greets_its_sender()
        => Assert.Null(new Look { To = ["tanaka@client.example"], From = "suzuki@home.example" }
            .Finding("greeting-mismatch", "From: suzuki@home.example\nTo: tanaka@client.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n鈴木様\n\nお世話になっております。\n"));

    [Fact]
    public void The_given_name_stays_out_of_the_evidence()
    {
        var finding = See("鈴木一郎様", "tanaka@client.example", "tanaka@client.example")!;

        Assert.Contains("greeting: 鈴木**", finding.Evidence);
        Assert.DoesNotContain("一郎", string.Concat(finding.Evidence) + finding.Summary.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_inside_is_not_looked_at()
        => Assert.Null(new Look { To = ["tanaka@home.example"] }.Finding("greeting-mismatch", Mail("鈴木様", "tanaka@home.example")));

    [Fact]
    public void Hostile_first_lines_cost_no_more_than_others()
    {
        string[] nasty =
        [
            new string('様', 200_000), string.Concat(Enumerable.Repeat("鈴木様、", 50_000)), string.Concat(Enumerable.Repeat("様 ", 100_000)), new string('鈴', 300_000) + "様",
            "Dear " + string.Concat(Enumerable.Repeat("Mr. ", 100_000)), new string('\n', 500_000) + "鈴木様", "\0\u202E鈴\u200B木様", "様", "殿\n様\nさん", string.Concat(Enumerable.Repeat("(（[", 100_000)) + "様",
        ];

        foreach (var text in nasty)
        {
            var result = new Look { To = ["tanaka@client.example"] }.Inspect(Mail(text, "tanaka@client.example"));
            Assert.DoesNotContain(result.Findings, f => f.Rule == "uninspectable" && f.Evidence.Any(e => e.Contains("greeting", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Hostile_addresses_neither_throw_nor_take_long()
    {
        var long1 = new string('a', 900);
        foreach (var local in new[] { long1, string.Join('.', Enumerable.Repeat("suzuki", 100)), "tanaka", "\"鈴 木\"", "....", "-_-" })
        {
            var result = new Look { To = [$"{local}@client.example", $"{local}@client.example"] }.Inspect(Mail("鈴木様", $"{new string('鈴', 5000)} <{local}@client.example>"));
            Assert.DoesNotContain(result.Findings, f => f.Rule == "uninspectable" && f.Evidence.Any(e => e.Contains("mismatch", StringComparison.Ordinal)));
        }
    }
}
