namespace Sekisho.Inspection.Tests;

public sealed class ProseScannerTests
{
    [Theory]
    [InlineData("山田太郎様の電話番号は090-1234-5678です。", DataKinds.Name | DataKinds.Phone)]
    [InlineData("山田 太郎様（090-1234-5678）からお電話がありました。", DataKinds.Name | DataKinds.Phone)]
    [InlineData("鈴木さん 03-3456-7890", DataKinds.Name | DataKinds.Phone)]
    [InlineData("森田さくら様 taro@client.example", DataKinds.Name | DataKinds.Email)]
    [InlineData("患者の山田花子さん(45歳)は糖尿病で通院中です。", DataKinds.Name | DataKinds.Age | DataKinds.Medical)]
    [InlineData("山田太郎（昭和60年4月1日生）", DataKinds.Name | DataKinds.BirthDate)]
    [InlineData("山田太郎 生年月日：1985/4/1", DataKinds.Name | DataKinds.BirthDate)]
    [InlineData("高橋一郎 会員番号 00123456", DataKinds.Name | DataKinds.PersonId)]
    [InlineData("佐藤健一 年収 850万円", DataKinds.Name | DataKinds.Money)]
    [InlineData("佐藤健一様 三井銀行 本店 普通 1234567", DataKinds.Name | DataKinds.BankAccount)]
    [InlineData("山田太郎様 東京都千代田区千代田1-1-1", DataKinds.Name | DataKinds.PostalAddress)]
    [InlineData("山田太郎様 横浜市西区みなとみらい2丁目3番地", DataKinds.Name | DataKinds.PostalAddress)]
    [InlineData("ヤマダ タロウ 様 090-1234-5678", DataKinds.Name | DataKinds.Phone)]
    [InlineData("John Smith, +1 415-555-0132", DataKinds.Name | DataKinds.Phone)]
    [InlineData("John Smith was born on 1985-04-01.", DataKinds.Name | DataKinds.BirthDate)]
    [InlineData("Mary Johnson was diagnosed with diabetes.", DataKinds.Name | DataKinds.Medical)]
    [InlineData("Mary Johnson, 123 Main St, Springfield, IL 62704", DataKinds.Name | DataKinds.PostalAddress)]
    [InlineData("Taro Yamada 090-1234-5678", DataKinds.Name | DataKinds.Phone)]
    [InlineData("山田太郎 4111-1111-1111-1111", DataKinds.Name | DataKinds.CardNumber)]
    [InlineData("Maria Batista, phone +81-70-1830-2954, email maria1@client.example", DataKinds.Name | DataKinds.Phone | DataKinds.Email)]
    [InlineData("Mr. Heitor Melo (born 27 August 2004) can be reached at h@client.example.", DataKinds.Name | DataKinds.Email)]
    [InlineData("先日お問い合わせのあった高木典子さんの連絡先は takagi.noriko@school.example、携帯は +81-80-2368-5117 です。", DataKinds.Name | DataKinds.Email | DataKinds.Phone)]
    [InlineData("Mr. Bạch Liên Trịnh (born 15 September 1994) can be reached at x@client.example.", DataKinds.Name | DataKinds.Email)]
    [InlineData("Víctor Xavier, phone +81-90-5286-4561, email t@client.example", DataKinds.Name | DataKinds.Phone | DataKinds.Email)]
    [InlineData("  有限会社高橋製作所 代表取締役 岡田　賢治 <k-okada@school.example>", DataKinds.Name | DataKinds.Email)]
    [InlineData("[名前]島田浩二\n[生年月日(西暦)]H6.12.24\n[年令]30\n[男女]男", DataKinds.Name | DataKinds.BirthDate | DataKinds.Age | DataKinds.Sex)]
    [InlineData("【お名前】萩原彩\n【歳】84\n【男女】女\n【会員番号】M77556\n【所属】有限会社ネクスト商事", DataKinds.Name | DataKinds.PersonId | DataKinds.Sex)]
    public void A_name_with_something_that_identifies_him_is_a_person(string text, DataKinds kinds)
    {
        var person = Assert.Single(Persons(text));
        Assert.Equal(kinds, person.Kinds & kinds);
    }

    [Theory]
    [InlineData("鈴木部長に確認します。")]
    [InlineData("山田太郎様\n\nお世話になっております。\n\nご不明な点は03-1234-5678までお電話ください。")]
    [InlineData("山田様\nいつもお世話になっております。\n資料を添付しましたのでご確認ください。\nご不明な点がございましたら info@example.com までご連絡ください。")]
    [InlineData("お問い合わせ: 0120-123-456（平日9時から17時）")]
    [InlineData("株式会社サンプル\n〒100-0001 東京都千代田区千代田1-1\nTEL 03-1234-5678")]
    [InlineData("--\n山田太郎\n株式会社サンプル 営業部\n〒100-0001 東京都千代田区千代田1-1\nTEL: 03-1234-5678 FAX: 03-1234-5679\nMobile: 090-1234-5678\nyamada@sample.example")]
    [InlineData("-----------------\n山田 太郎\n090-1234-5678\ntaro@home.example\n-----------------")]
    [InlineData("注文番号 1234-5678-9012 の商品 ABC-090-1234-5678 を発送しました。追跡番号 1234-5678-9012")]
    [InlineData("山田太郎様 ご注文番号：12345678 合計 10,800円 2024年4月1日")]
    [InlineData("From: 山田太郎 <taro@client.example>\nTo: 佐藤花子 <hanako@other.example>\nSubject: 見積")]
    [InlineData("渋谷店 東京都渋谷区神南1-2-3 TEL 03-1234-5678\n新宿店 東京都新宿区西新宿1-2-3 TEL 03-2345-6789")]
    [InlineData("健康診断の結果について、来週ご案内します。インフルエンザの予防接種も受けられます。")]
    [InlineData("ISBN 978-4-00-310101-8, JAN 4901234567894, version 10.0.12, 192.168.100.200")]
    [InlineData("Please call our support line at 03-1234-5678 or visit New York office.")]
    [InlineData("担当: 山田太郎 03-1234-5678")]
    public void A_bare_name_a_company_or_a_signature_is_nobody(string text) => Assert.Empty(Persons(text));

    [Theory]
    [InlineData("出席者: 小田 亮太(oda@client.example)、武田 真由美(takeda@client.example)、原 誠(hara@other.example)", 3)]
    [InlineData("出席者:\n  株式会社新星物産 部長 原田　ゆかり <harada@net.test>\n  日の出物産株式会社 看護師 斎藤　正人 <saito@other.example>\n  株式会社新星化学 主任 木下　桃子 <kinoshita@net.test>", 3)]
    [InlineData("先日お問い合わせのあった平野　かおりさんの連絡先は hirano@net.test、携帯は 090-4667-4108 です。\n先日お問い合わせのあった坂本　トメさんの連絡先は sakamoto@net.test です。", 2)]
    [InlineData("利用者 小西梨花 様より電話あり(着信 06-3328-2151)。\n利用者 坂本トメ 様より電話あり(着信 0879-49-5921)。", 2)]
    public void Several_persons_are_as_many_as_they_are(string text, int count) => Assert.Equal(count, Persons(text).Count);

    [Fact]
    public void A_form_down_the_page_is_one_person_each()
    {
        const string Form = """
            お申し込みがありました。

            氏名：山田 太郎
            フリガナ：ヤマダ タロウ
            住所：東京都千代田区千代田1-1-1
            電話番号：090-1234-5678
            メール：taro@client.example
            生年月日：1985年4月1日
            性別：男

            氏名：佐藤 花子
            住所：大阪府大阪市北区梅田1-2-3
            電話番号：080-2345-6789
            """;
        var persons = Persons(Form);
        Assert.Equal(["山田 太郎", "佐藤 花子"], persons.Select(p => p.Name));
        Assert.Equal(DataKinds.Name | DataKinds.PostalAddress | DataKinds.Phone | DataKinds.Email | DataKinds.BirthDate | DataKinds.Sex, persons[0].Kinds & ~DataKinds.Other);
        Assert.Equal(3, persons[0].Row);
    }

    [Fact]
    public void Labels_may_stand_above_their_values()
    {
        var person = Assert.Single(Persons("【お名前】\n山田太郎\n【ご住所】\n東京都千代田区千代田1-1-1\n【お電話番号】\n090-1234-5678\n"));
        Assert.Equal("山田太郎", person.Name);
        Assert.Equal(DataKinds.Name | DataKinds.PostalAddress | DataKinds.Phone, person.Kinds);
    }

    [Fact]
    public void Numbered_blocks_are_one_person_each()
    {
        var block = "[参加者氏名]高田桃子\n[連絡先電話番号]０３－３４５６－７８９０\n[現住所]東京都千代田区千代田1-1\n\n";
        Assert.Equal(3, Persons($"(1件目)\n{block}(2件目)\n{block}(3件目)\n{block}").Count);
    }

    [Fact]
    public void A_list_counts_a_person_a_line()
    {
        var list = string.Join('\n', "山田太郎 佐藤花子 鈴木一郎 高橋美咲 田中健太".Split(' ').Select((n, i) => $"{i + 1}. {n} 090-1234-567{i}"));
        Assert.Equal(5, Persons(list).Count);
    }

    [Fact]
    public void An_address_below_a_name_belongs_to_him()
    {
        var person = Assert.Single(Persons("山田 太郎 様\n〒100-0001\n東京都千代田区千代田1-1-1\n090-1234-5678\n"));
        Assert.Equal(DataKinds.Name | DataKinds.PostalAddress | DataKinds.Phone, person.Kinds & ~DataKinds.Postcode);
    }

    [Fact]
    public void A_mobile_and_an_address_are_somebody_without_a_name() => Assert.Single(Persons("〒100-0001 東京都千代田区千代田1-1-1 090-1234-5678"));

    [Fact]
    public void Where_he_stands_is_told()
    {
        var persons = new List<FoundPerson>();
        ProseScanner.Scan("\n\n山田太郎様 090-1234-5678", new ProsePlace("a.docx", "page 3", Quoted: true), persons, [], TestContext.Current.CancellationToken);
        var person = Assert.Single(persons);
        Assert.Equal(("a.docx", "page 3", 3, true), (person.File, person.Place, person.Row, person.Quoted));
    }

    [Fact]
    public void Long_texts_are_read_to_their_end()
    {
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"これは普通の文章です。特に何もありません。\n山田太郎様 090-1234-{i:D4}\n\n"));
        Assert.Equal(3_000, Persons(text).Count);
    }

    [Fact]
    public void Nothing_makes_it_throw()
    {
        var random = new Random(11);
        string[] pieces = ["090-", "1234", "-", "5678", "@", "山田", "太郎", "様", "：", ":", "パスワード", "\n", " ", "　", "〒", "東京都", "千代田区", "1-1", "氏名", "【", "】", "eyJ", "sk-", "-----BEGIN", "年", "月", "日", "昭和", "(", ")", "+81", "\uD842", "\0", "example.com", "S60.", "4111 1111 1111 1111", "DE", "がん"];
        for (var i = 0; i < 3_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var person in Persons(text))
            {
                Assert.NotEqual(DataKinds.None, person.Kinds);
            }
        }
    }

    private static List<FoundPerson> Persons(string text)
    {
        var persons = new List<FoundPerson>();
        ProseScanner.Scan(text.ReplaceLineEndings("\n"), new ProsePlace("", "", Quoted: false), persons, [], TestContext.Current.CancellationToken);
        return persons;
    }
}
