namespace Sekisho.Inspection.Tests;

/// <summary>Letters, notes, threads and lists as people write them: who stands there, each once.</summary>
public sealed class LettersTests
{
    [Theory]
    [InlineData("お客様の山口キヨ様(生年月日 1953-09-04)から、京都府京都市中京区御池通6-13-4への転居のお届けがありました。", "山口キヨ")]
    [InlineData("担当の森さんから、加藤ミツ様(携帯 090-1234-9999)へのご連絡をお願いします。", "加藤ミツ")]
    [InlineData("藤原健一様、1951-05-01生。脂質異常症のため通院中。緊急連絡先 090-8600-2693。", "藤原健一")]
    [InlineData("桜井 圭介様(北海道札幌市中央区大通西3-26-16 ハイム栄506、電話 011-472-9999)よりご連絡をいただきました。", "桜井 圭介")]
    public void A_sentence_names_one_person(string text, string name) => Assert.Equal(name, Assert.Single(Sheets.ReadText(text + "\n").Persons).Name);

    [Fact]
    public void A_line_each_of_case_notes_is_a_person_each()
    {
        var found = Sheets.ReadText("藤原健一様、1951-05-01生。脂質異常症のため通院中。緊急連絡先 090-8600-2693。\n大野 陸様、S18.11.8生。てんかんのため通院中。緊急連絡先 080-1234-5678。\n竹内千代様、1936-12-20生。糖尿病のため通院中。緊急連絡先 090-8111-2693。\n");
        Assert.Equal(["藤原健一", "大野 陸", "竹内千代"], found.Persons.OrderBy(p => p.Row).Select(p => p.Name));
        Assert.All(found.Persons, p => Assert.True(p.Kinds.HasFlag(DataKinds.Medical | DataKinds.BirthDate)));
    }

    [Fact]
    public void Name_and_address_on_a_line_are_a_person_and_sentences_around_them_nobody()
    {
        var found = Sheets.ReadText("参加者は以下のとおりです。\n- 五十嵐 美咲 misaki1@client.example\n- 田中 一郎 tanaka.i@client.example\n- 佐々木 健  ken.sasaki@client.example\n- 小林 真央 mao@client.example\n- 渡辺 浩二  k.watanabe@client.example\nよろしくお願いいたします。\n");
        Assert.Equal(5, found.Persons.Count);
        Assert.All(found.Persons, p => Assert.DoesNotContain(p.Values, v => v.Kind == DataKinds.Email && !v.Value.EndsWith("@client.example", StringComparison.Ordinal)));
    }

    [Fact]
    public void Attendees_with_firm_post_name_and_address_are_persons()
    {
        var found = Sheets.ReadText("議事録\n出席者:\n  有限会社高橋製作所 代表取締役 岡田　賢治 <k-okada@client.example>\n  北斗商事株式会社 営業部長 島田 浩二 <shimada@partner.example>\n  北斗商事株式会社 小川 さゆり <ogawa@partner.example>\n  株式会社ネクスト 課長 萩原彩 <hagiwara@next.example>\n議題:\n");
        Assert.Equal(["岡田 賢治", "島田 浩二", "小川 さゆり", "萩原彩"], found.Persons.OrderBy(p => p.Row).Select(p => p.Name));
    }

    private const string Thread = "お世話になっております。\n----------------\n開発部 森田 七海\nTEL: 075-123-4567\nE-mail: morita@client.example\n----------------\n> 了解しました。\n> ----------------\n> 高橋 一郎\n> TEL: 03-1234-5678\n> E-mail: takahashi@partner.example\n> ----------------\n";

    [Fact]
    public void Of_a_thread_kept_in_a_file_every_signature_is_a_person()
        => Assert.Equal(["森田 七海", "高橋 一郎"], Sheets.ReadText(Thread).Persons.OrderBy(p => p.Row).Select(p => p.Name));

    [Fact]
    public void The_signature_of_the_mail_itself_is_nobody()
    {
        var persons = new List<FoundPerson>();
        ProseScanner.Scan(Thread, new ProsePlace("", "", Quoted: false), persons, [], TestContext.Current.CancellationToken);
        Assert.Empty(persons);
    }

    [Fact]
    public void The_addresses_of_an_invoice_are_its_firms()
        => Assert.Empty(Sheets.ReadText("請求書\n株式会社ネクスト商事 御中\n〒530-0001 大阪府大阪市北区梅田1-13-4\n担当: 佐藤\n下記のとおりご請求申し上げます。\n株式会社光和運輸\n〒105-0011 東京都港区芝公園4-2-8\nTEL 03-1234-5678\n").Persons);

    [Theory]
    [InlineData("品番,数量,シリアル\nAB-1234-567,3,SN99X8812KLQ\nAB-1234-568,4,SN99X8812KLR\n")]
    [InlineData("MACアドレス: 00:1A:2B:3C:4D:5E\nsha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n")]
    [InlineData("Confirmation:  C675106591\nID=EB3208D\nX-Authentication-Warning: host: SIZE=3495340\n")]
    public void Codes_of_things_are_no_credentials(string text) => Assert.Empty(Sheets.ReadText(text).Secrets);

    [Fact]
    public void Values_of_a_person_are_made_when_asked_for_and_compared_in_one_form()
    {
        var person = Assert.Single(Sheets.ReadText("髙橋 一郎様（０９０－１２３４－５６７８、Ichiro@Client.Example）よりご連絡。\n").Persons);
        Assert.Contains(new PersonalValue(DataKinds.Phone, "09012345678"), person.Values);
        Assert.Contains(new PersonalValue(DataKinds.Email, "ichiro@client.example"), person.Values);
        Assert.Contains(new PersonalValue(DataKinds.Name, "高橋一郎"), person.Values);
    }
}
