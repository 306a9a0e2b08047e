using System.Globalization;
using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>Texts that name persons.</summary>
internal static class ProseLayouts
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        new("letter", 6, Letter, Prose: true),
        new("minutes", 5, Minutes, Prose: true),
        new("list in text", 6, ListLines, Prose: true),
        new("labelled blocks", 6, Labelled, Prose: true),
        new("English prose", 4, EnglishText, Prose: true),
        new("case notes", 5, CaseNotes, Prose: true),
        new("table in a letter", 4, TableInLetter, Prose: true),
    ];

    private static string Opening(Dice dice) => dice.Test && dice.Chance(50)
        ? dice.Of("時下ますますご清栄のこととお喜び申し上げます。", "いつも格別のお引き立てをいただき、厚く御礼申し上げます。", "下記のとおりお知らせいたします。")
        : dice.Of("平素は格別のご高配を賜り、厚く御礼申し上げます。", "お世話になっております。", "標記の件につきまして、ご連絡いたします。");

    private static string Closing(Dice dice) => dice.Of("ご不明の点がございましたら、お問い合わせください。", "何卒よろしくお願い申し上げます。", "ご確認のほどお願いいたします。", "以上");

    private static Made Letter(Draft d)
    {
        var style = new Style(d.Dice);
        var kinds = DataKinds.Name;
        var persons = d.Maker.Make(d.Size(1, 12));
        List<string> text = [$"{Parts.Date(d.Dice)}", Opening(d.Dice)];
        foreach (var p in persons)
        {
            var name = p.Family + style.NameGap + p.Given;
            var form = d.Dice.Next(d.Dice.Test ? 6 : 4);
            text.Add(form switch
            {
                0 => $"{name}様({p.FullAddress}、電話 {Columns.PhoneOf(p.Phone, style)})より、解約のお申し出がありました。",
                1 => $"先日お問い合わせのあった{name}さんの連絡先は {p.Email}、携帯は {Columns.PhoneOf(p.Mobile, style)} です。",
                2 => $"お客様の{name}様(生年月日 {Columns.BirthOf(p, style)})から、{p.FullAddress}へ転居したとの届けがありました。",
                3 => $"なお、{name}氏のご住所は〒{p.Postcode} {p.FullAddress}です。",
                4 => $"{p.City}在住の{name}さん({2024 - p.Birth.Year}歳)は、メール {p.Email} での連絡を希望されています。",
                _ => $"契約者は{name}様、お届け先は{p.FullAddress}、ご連絡先は{Columns.PhoneOf(p.Mobile, style)}となっております。",
            });
            kinds |= form switch
            {
                0 => DataKinds.PostalAddress | DataKinds.Phone,
                1 => DataKinds.Email | DataKinds.Phone,
                2 => DataKinds.BirthDate | DataKinds.PostalAddress,
                3 => DataKinds.PostalAddress | DataKinds.Postcode,
                4 => DataKinds.Email | DataKinds.Age,
                _ => DataKinds.PostalAddress | DataKinds.Phone,
            };
        }

        text.Add(Closing(d.Dice));
        return new Made(Document.Prose(text), new Truth { Persons = persons.Count, Kinds = kinds });
    }

    private static Made Minutes(Draft d)
    {
        var style = new Style(d.Dice);
        var persons = d.Maker.Make(d.Size(3, 15));
        string Name(Person p) => p.Family + style.NameGap + p.Given;
        List<string> text = ["議事録", $"日時: {Parts.Date(d.Dice)} 14:00~15:30", "場所: 本社3階 第2会議室"];
        if (d.Dice.Chance(50))
        {
            text.Add("出席者:");
            text.AddRange(persons.Select(p => $"  {p.Company} {p.Post} {Name(p)} <{p.Email}>"));
        }
        else
        {
            text.Add($"出席者: {string.Join("、", persons.Select(p => $"{Name(p)}({p.Email})"))}");
        }

        text.Add("1. 前回議事録の確認");
        text.Add("  修正なしで承認された。");
        text.Add("2. 次期計画について");
        text.Add($"  {persons[0].Family}氏より資料に沿って説明があった。{persons[^1].Family}氏から予算について質問があり、次回までに整理することとした。");
        text.Add("3. 次回日程");
        text.Add("  来月第2火曜日とする。");
        return new Made(Document.Prose(text), new Truth { Persons = persons.Count, Kinds = DataKinds.Name | DataKinds.Email });
    }

    private static Made ListLines(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. d.Dice.Some<Column>([Columns.Phone, Columns.Mobile, Columns.Email, Columns.Address], d.Dice.Between(1, 3))];
        var persons = d.Maker.Make(d.Size(2, 300));
        var mark = d.Dice.Of("・", "- ", "{0}. ", "{0}) ", "● ", "");
        var gap = d.Dice.Of("  ", " / ", "\t", "、", " ");
        List<string> text = [d.Dice.Of("以下の方々から申込がありました。", "本日の参加者は次のとおりです。", "連絡先一覧", "欠席者へは個別に連絡してください。")];
        text.AddRange(persons.Select((p, i) => mark.Replace("{0}", Parts.Number(i + 1), StringComparison.Ordinal) + string.Join(gap, columns.Select(c => c.Value(p, style)))));
        text.Add(Closing(d.Dice));
        return new Made(Document.Prose(text), Parts.TruthOf(persons, columns));
    }

    private static Made Labelled(Draft d)
    {
        var style = new Style(d.Dice);
        List<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice).Where(c => c != Columns.Remark)];
        if (columns.Count < 3)
            columns.Add(columns.Contains(Columns.Address) ? Columns.Phone : Columns.Address);
        var persons = d.Maker.Make(d.Size(1, 100));
        var headers = columns.Select(c => c.Header(d.Dice, false)).ToArray();
        var colon = d.Dice.Of(":", ": ", ":", " = ");
        var open = d.Dice.Of("【", "", "", "[");
        var close = open switch { "【" => "】", "[" => "]", _ => "" };
        List<string> text = [d.Dice.Of("お申し込みがありました。", "フォームから送信されました。", "以下の内容で受け付けました。")];
        foreach (var (n, p) in persons.Index())
        {
            if (persons.Count > 1)
                text.Add(d.Dice.Chance(50) ? "----------------" : $"({n + 1}件目)");
            for (var i = 0; i < columns.Count; i++)
                text.Add(open.Length > 0 ? $"{open}{headers[i]}{close}{columns[i].Value(p, style)}" : $"{headers[i]}{colon}{columns[i].Value(p, style)}");
            text.Add("");
        }

        return new Made(Document.Prose(text), Parts.TruthOf(persons, columns));
    }

    private static Made EnglishText(Draft d)
    {
        var persons = d.Maker.Make(d.Size(1, 15), 100);
        var kinds = DataKinds.Name;
        List<string> text = ["Dear colleagues,", d.Dice.Of("please find below the people we talked about.", "here is the list of attendees who have not paid yet.", "these customers asked us to call them back.")];
        foreach (var p in persons)
        {
            var form = d.Dice.Next(3);
            text.Add(form switch
            {
                0 => $"{p.GivenRoman} {p.FamilyRoman}, phone +81-{p.Mobile.A[1..]}-{p.Mobile.B}-{p.Mobile.C}, email {p.Email}",
                1 => $"Mr. {p.GivenRoman} {p.FamilyRoman} (born {p.Birth.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}) can be reached at {p.Email}.",
                _ => $"Customer: {p.GivenRoman} {p.FamilyRoman} <{p.Email}>",
            });
            kinds |= DataKinds.Email | (form switch { 0 => DataKinds.Phone, 1 => DataKinds.BirthDate, _ => DataKinds.None });
        }

        text.Add("Kind regards");
        return new Made(Document.Prose(text), new Truth { Persons = persons.Count, Kinds = kinds });
    }

    private static Made CaseNotes(Draft d)
    {
        var style = new Style(d.Dice);
        var persons = d.Maker.Make(d.Size(1, 20));
        var kinds = DataKinds.Name;
        List<string> text = [d.Dice.Of("相談記録", "訪問看護記録", "苦情受付票 (写)", "事故報告")];
        foreach (var p in persons)
        {
            var name = p.Family + style.NameGap + p.Given;
            var form = d.Dice.Next(3);
            text.Add(form switch
            {
                0 => $"{Parts.Date(d.Dice)} 患者: {name}({2024 - p.Birth.Year}歳・{(p.Woman ? "女性" : "男性")}) 診断: {p.Illness}。投薬を継続し、2週間後に再診とする。",
                1 => $"{name}様、{Columns.BirthOf(p, style)}生。{p.Illness}のため通院中。緊急連絡先 {Columns.PhoneOf(p.Mobile, style)}。",
                _ => $"利用者 {name} 様より電話あり(着信 {Columns.PhoneOf(p.Phone, style)})。{p.Illness}の治療中とのことで、配慮を希望。",
            });
            kinds |= DataKinds.Medical | (form switch { 0 => DataKinds.Age | DataKinds.Sex, 1 => DataKinds.BirthDate | DataKinds.Phone, _ => DataKinds.Phone });
        }

        // Without a label a lone 女性 is weak evidence, and 8 bare digits before 生 may be anything.
        return new Made(Document.Prose(text), new Truth { Persons = persons.Count, Kinds = kinds & ~DataKinds.Sex, MayShow = DataKinds.Sex });
    }

    private static Made TableInLetter(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice, most: 5)];
        var persons = d.Maker.Make(d.Size(2, 200));
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        Parts.Rows(grid, persons, columns, style);
        var document = Document.Prose([Parts.Date(d.Dice), Opening(d.Dice), "対象の方は下表のとおりです。"]);
        document.Blocks.Add(Block.Of(grid));
        document.Blocks.Add(Block.Of(Closing(d.Dice)));
        return new Made(document, Parts.TruthOf(persons, columns));
    }

    public static Made Thread(Draft d)
    {
        var style = new Style(d.Dice);
        var persons = d.Maker.Make(d.Size(2, 5));
        List<string> text = [];
        var depth = 0;
        foreach (var p in persons)
        {
            var quote = string.Concat(Enumerable.Repeat("> ", depth++));
            text.AddRange(new[]
            {
                d.Dice.Of("お世話になっております。", "ご連絡ありがとうございます。"),
                d.Dice.Of("承知しました。明日までにお送りします。", "見積書を確認しました。問題ございません。", "日程は来週でお願いします。"),
                "",
                "--------------------------------",
                p.Company,
                $"{d.Dice.Pick(Words.Departments)} {p.Family}{style.NameGap}{p.Given}",
                $"TEL: {Columns.PhoneOf(p.Phone, style)}",
                $"E-mail: {p.Email}",
                "--------------------------------",
            }.Select(l => quote + l));
        }

        // A business signature is on every mail: to count the people who signed is neither right nor wrong.
        return new Made(Document.Prose(text), Parts.None(tolerated: persons.Count, mayShow: DataKinds.Name | DataKinds.Phone | DataKinds.Email));
    }
}
