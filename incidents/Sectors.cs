namespace Sekisho.Incidents;

/// <summary>What a sector is called when a case is told without its name.</summary>
public static class Sectors
{
    private static readonly Dictionary<string, (string En, string Ja)> s_names = new(StringComparer.Ordinal)
    {
        ["IT"] = ("IT company", "IT企業"),
        ["NPO"] = ("non-profit organisation", "非営利団体"),
        ["association"] = ("association", "団体"),
        ["automotive"] = ("car dealer", "自動車販売"),
        ["bank"] = ("bank", "銀行"),
        ["broadcaster"] = ("broadcaster", "放送局"),
        ["broker"] = ("broker", "証券・商品取引"),
        ["cable-tv"] = ("cable television", "ケーブルテレビ"),
        ["consulting"] = ("consultancy", "コンサルティング"),
        ["design"] = ("design firm", "デザイン会社"),
        ["game"] = ("game maker", "ゲーム会社"),
        ["government"] = ("public office", "官公庁"),
        ["hospital"] = ("hospital", "病院"),
        ["housing"] = ("house builder", "住宅会社"),
        ["library"] = ("library", "図書館"),
        ["manufacturer"] = ("manufacturer", "メーカー"),
        ["marketing"] = ("marketing firm", "マーケティング会社"),
        ["media"] = ("media company", "メディア企業"),
        ["museum"] = ("museum", "美術館"),
        ["newspaper"] = ("newspaper", "新聞社"),
        ["pharma"] = ("drug maker", "製薬会社"),
        ["publisher"] = ("publisher", "出版社"),
        ["real-estate"] = ("real-estate firm", "不動産会社"),
        ["research"] = ("research institute", "研究機関"),
        ["restaurant"] = ("restaurant chain", "飲食業"),
        ["retail"] = ("retailer", "小売業"),
        ["school"] = ("school", "学校"),
        ["sports"] = ("sports club", "スポーツ団体"),
        ["staffing"] = ("staffing firm", "人材サービス"),
        ["telecom"] = ("telecom company", "通信会社"),
        ["textile"] = ("textile firm", "繊維会社"),
        ["toy"] = ("toy maker", "玩具メーカー"),
        ["trading"] = ("trading house", "商社"),
        ["transport"] = ("transport company", "交通事業者"),
        ["university"] = ("university", "大学"),
        ["utility"] = ("utility", "電力・ガス会社"),
    };

    /// <summary>The sector in words; the record's own term where it has no other name.</summary>
    public static string Name(string sector, bool japanese) => s_names.TryGetValue(sector, out var name) ? japanese ? name.Ja : name.En : sector;

    /// <summary>True when both languages have a name for it.</summary>
    public static bool IsNamed(string sector) => s_names.ContainsKey(sector);
}
