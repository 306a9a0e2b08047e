namespace Sekisho.Inspection.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void AHeaderAndItsRows()
    {
        var found = Sheets.ReadSheet("""
            氏名|住所|電話番号
            山田太郎|東京都港区芝1-2-3|090-1234-5678
            鈴木花子|大阪府大阪市北区梅田3-1|06-1234-5678
            """);
        Assert.Equal(2, found.Persons.Count);
        Assert.All(found.Persons, p => Assert.Equal(DataKinds.Name | DataKinds.PostalAddress | DataKinds.Phone, p.Kinds));
        Assert.Equal([2, 3], found.Persons.Select(p => p.Row));
        Assert.Equal("山田太郎", found.Persons[0].Name);
    }

    [Theory]
    [InlineData("""
        顧客一覧表
        2026年3月末現在

        No|お客様名|郵便番号|ご住所|備考
        1|佐藤 一郎|100-0001|東京都千代田区千代田1-1|
        2|田中 美咲|530-0001|大阪府大阪市北区梅田3-1|要連絡
        合計|2名|||
        """)]
    [InlineData("""
        氏名||連絡先|
        姓|名|電話|メール
        佐藤|一郎|03-1234-5678|sato@client.example
        田中|美咲|03-1234-5679|tanaka@client.example
        """)]
    [InlineData("""
        氏名|生年月日
        佐藤一郎|1980-01-02
        氏名|生年月日
        田中美咲|1991-03-04
        """)]
    [InlineData("""
        氏名|電話||氏名|電話
        佐藤一郎|03-1234-5678||田中美咲|03-1234-5679
        """)]
    [InlineData("""
        項目|内容
        氏名|佐藤一郎
        住所|東京都港区芝1-2-3
        電話|03-1234-5678

        氏名|田中美咲
        住所|大阪府大阪市北区梅田3-1
        電話|06-1234-5678
        """)]
    [InlineData("""
        氏名|佐藤一郎|田中美咲
        住所|東京都港区芝1-2-3|大阪府大阪市北区梅田3-1
        電話|03-1234-5678|06-1234-5678
        """)]
    [InlineData("""
        氏名|佐藤一郎|フリガナ|サトウイチロウ
        生年月日|1980-01-02|性別|男
        氏名|田中美咲|フリガナ|タナカミサキ
        生年月日|1991-03-04|性別|女
        """)]
    [InlineData("""
        佐藤一郎|サトウイチロウ|東京都港区芝1-2-3|03-1234-5678
        田中美咲|タナカミサキ|大阪府大阪市北区梅田3-1|06-1234-5678
        """)]
    [InlineData("""
        注文番号|注文者|商品|数量
        A-1001|佐藤一郎|ノート|3
        ||ペン|5
        ||消しゴム|1
        A-1002|田中美咲|ノート|2
        A-1003|佐藤一郎|インク|1
        """)]
    [InlineData("""
        customer_name|site_address|product|schedule
        佐藤一郎|東京都港区芝1-2-3|屋根|2026-04-01
        田中美咲|大阪府大阪市北区梅田3-1|壁|2026-04-02
        """)]
    [InlineData("""
        First Name|Last Name|Email
        Taro|Sato|taro@client.example
        Misaki|Tanaka|misaki@client.example
        """)]
    [InlineData("""
        email
        taro@client.example
        misaki.tanaka@client.example
        info@client.example
        """)]
    [InlineData("""
        患者ID|性別|年齢|処置
        10023|男|45|内視鏡検査
        10024|女|61|白内障手術
        """)]
    [InlineData("""
        参加者氏名|佐藤 一郎|〒|0400001
        ご住所|北海道函館市五稜郭町1-2|生年月日|1980-01-02
        男女|男|会社名|株式会社青空

        申込書 No.2
        参加者氏名|田中 美咲|〒|1000001
        ご住所|東京都千代田区千代田1-1|生年月日|1991-03-04
        男女|女|会社名|有限会社山
        """)]
    [InlineData("""
        氏名|佐藤 一郎|年齢|34
        男女|男|緊急連絡先|080-1234-5678
        氏名|田中 美咲|年齢|29
        男女|女|緊急連絡先|080-1234-5679
        """)]
    [InlineData("""
        アンケート回答者
        部外秘 (関係者のみ)

        氏名|住所|年齢
        佐藤一郎|東京都港区芝1-2-3|34
        田中美咲|大阪府大阪市北区梅田3-1|29
        """)]
    [InlineData("""
        部署|氏名・フリガナ|住所／電話番号
        営業|佐藤 一郎|東京都港区芝1-2-3
        |田中 美咲|大阪府大阪市北区梅田3-1
        """)]
    [InlineData("""
        氏名|資格|取得日
        佐藤一郎|簿記2級|2019-04-01
        |英検準1級|2020-05-01
        |普通免許|2021-06-01
        田中美咲|簿記3級|2022-07-01
        """)]
    public void TwoPersonsInManyLayouts(string rows) => Assert.Equal(2, Sheets.Persons(rows));

    [Theory]
    [InlineData("""
        商品名|型番|単価
        ボールペン|A-100|120
        ノート|B-200|200
        """)]
    [InlineData("""
        名前|価格
        りんご|120
        みかん|80
        ぶどう|300
        """)]
    [InlineData("""
        店舗名|住所|電話番号
        新宿店|東京都新宿区西新宿1-1|03-1111-2222
        梅田店|大阪府大阪市北区梅田3-1|06-1111-2222
        """)]
    [InlineData("""
        会社名|所在地|TEL|E-mail
        株式会社青空|東京都新宿区西新宿1-1|03-1111-2222|info@aozora.example
        有限会社山|大阪府大阪市北区梅田3-1|06-1111-2222|sales@yama.example
        """)]
    [InlineData("""
        佐藤模型店|760-0017|香川県高松市番町7-11-4|0942-79-1592|10:00-21:00
        佐藤食堂 2号店|670-0012|兵庫県姫路市本町3-21-20|078-778-2810|9:00-18:00
        青葉ホームセンター|020-0023|岩手県盛岡市内丸6-20-3|0879-96-3385|24時間
        青葉青果|350-1123|埼玉県川越市脇田本町3-7-2|0484-23-0188|9:00-18:00
        """)]
    [InlineData("""
        顧客名|受注金額
        株式会社青空|100000
        有限会社山|250000
        丸川商事株式会社|30000
        """)]
    [InlineData("""
        チーム|勝|敗|勝点
        青山クラブ|10|2|30
        港キッカーズ|8|4|24
        """)]
    [InlineData("""
        日時|レベル|メッセージ
        2026-04-01 10:00:00|INFO|started 4012888888881881
        2026-04-01 10:00:01|WARN|slow query
        """)]
    [InlineData("""
        注文番号|商品|数量|金額|担当
        A-1|ノート|3|600|佐藤
        A-2|ペン|5|500|田中
        """)]
    public void NobodyInListsOfThings(string rows) => Assert.Equal(0, Sheets.Persons(rows));

    [Fact]
    public void ThreeRowsWithoutAHeaderBesideTheirCompanies()
        => Assert.Equal(3, Sheets.Persons("""
            林芽衣|群馬県高崎市八島町3-4-19|370-0849|090-3066-2462|女|株式会社三栄工業|課長
            山田愛|岐阜県岐阜市薮田南1-6-27|500-8384|070-8856-2761|女|大和メディカル株式会社|自営業
            早川キヨ|佐賀県佐賀市城内2-26-1|840-0041|090-1076-0420|女|株式会社丸七運輸|課長
            """));

    [Fact]
    public void OneFormOfTwoPairsARowBelowATitle()
    {
        var person = Assert.Single(Sheets.ReadSheet("""
            申込書

            参加者氏名|阿部亮太|会員番号|A-48451
            部署・役職|一般|マイナンバー|5208 8305 8686
            """).Persons);

        Assert.Equal("阿部亮太", person.Name);
        Assert.True(person.Kinds.HasFlag(DataKinds.PersonId | DataKinds.MyNumber));
    }

    [Fact]
    public void WhatStandsBesideANameInItsCellIsHisToo()
    {
        var found = Sheets.ReadSheet("""
            送付先
            〒870-0022 大分県大分市大手町4-17-12 柴田　真由美 様
            〒105-0011 東京都港区芝公園1-2-3 佐藤 一郎 様
            〒530-0001 大阪府大阪市北区梅田3-1 田中 美咲 様
            """);

        Assert.Equal(3, found.Persons.Count);
        Assert.All(found.Persons, p => Assert.Equal(DataKinds.Name | DataKinds.PostalAddress | DataKinds.Postcode, p.Kinds));
    }

    [Theory]
    [InlineData("顧客名,顧客番号,業種,売上,貸出残高", "株式会社顧客{0},{0}00,卸売,1000,2000")]
    [InlineData("取引先名,口座番号,請求額", "顧客{0}有限会社,100{0},5000")]
    [InlineData("契約者名,発電所名,受電地点特定番号,所在地", "株式会社見本発電{0},見本第{0}発電所,100000{0},福岡県北九州市小倉北区{0}-1")]
    public void A_row_of_headers_stands_over_its_values_whatever_words_they_share(string header, string row)
    {
        var rows = Enumerable.Range(0, 30).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, row, i));
        var found = Sheets.ReadSheet(string.Join('\n', rows.Prepend(header)).Replace(',', '|'));

        var table = Assert.Single(found.Tables);
        Assert.Equal(header.Split(','), table.Columns.Select(c => c.Header));
        Assert.Equal(30, table.Rows.Count);
        Assert.Empty(found.Persons);
    }
}
