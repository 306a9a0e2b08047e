namespace Sekisho.Bench.Persons;

/// <summary>Invented banks, firms, goods and phrases; domains are those reserved for examples.</summary>
internal static class Words
{
    public static readonly string[] MailDomains =
    [
        "example.com", "example.net", "example.org", "mail.example", "post.example", "home.example", "inbox.test", "kaisha.example", "school.example", "net.test",
    ];

    public static readonly string[] Banks = ["みどり銀行", "あおぞら信用金庫", "東西銀行", "さくら信用組合", "中央みなと銀行", "ゆうひ銀行"];
    public static readonly string[] Branches = ["本店営業部", "駅前支店", "中央支店", "東支店", "緑が丘支店", "大通支店"];

    public static readonly string[] Illnesses =
    [
        "高血圧症", "2型糖尿病", "気管支喘息", "花粉症", "うつ病", "胃潰瘍", "腰椎椎間板ヘルニア", "アトピー性皮膚炎", "乳がん", "狭心症", "甲状腺機能低下症", "骨粗しょう症", "白内障", "脂質異常症", "てんかん",
    ];

    public static readonly string[] Posts = ["部長", "課長", "係長", "主任", "一般", "代表取締役", "店長", "教諭", "看護師", "会社員", "自営業", "パート", "学生", "主婦", "公務員"];
    public static readonly string[] Departments = ["営業部", "総務部", "経理部", "開発部", "人事部", "製造部", "第一営業課", "広報室", "品質保証部", "情報システム部"];
    public static readonly string[] Remarks = ["", "", "", "済", "要連絡", "窓側希望", "2回目", "アレルギーあり", "昼食不要", "新規", "継続", "駐車場利用", "欠席", "出席", "キャンセル待ち"];
    public static readonly string[] EnglishPosts = ["Manager", "Sales Manager", "Engineer", "Director", "Assistant", "Nurse", "Teacher", "Student", "Accountant", "CEO"];
    public static readonly string[] EnglishRemarks = ["", "", "paid", "confirmed", "waiting list", "vegetarian", "Basic", "Premium", "cancelled"];
    public static readonly string[] EnglishStreets = ["Maple Street", "High Street", "Station Road", "Oak Avenue", "Park Lane", "Elm Drive", "Mill Road", "Lake View Blvd"];
    public static readonly string[] EnglishTowns = ["Springfield, IL 62704", "Portland, OR 97205", "Leeds LS1 4AP, UK", "Bristol BS1 5TR, UK", "Dayton, OH 45402", "Austin, TX 78701", "Brisbane QLD 4000, Australia", "Minato-ku, Tokyo 105-0011, Japan", "Kita-ku, Osaka 530-0001, Japan"];
    public static readonly string[] Plans = ["スタンダード", "プレミアム", "ライト", "Aコース", "Bコース", "体験", "年間", "月額"];

    public static readonly string[] Goods =
    [
        "ステンレスボルト M6", "六角ナット M8", "LED電球 60W形", "A4コピー用紙 500枚", "ボールペン 黒 0.5mm", "折りたたみ椅子", "デスクライト", "有機栽培コーヒー豆 200g", "緑茶ティーバッグ", "味噌 1kg", "木製トレー", "防水スプレー",
        "USB-Cケーブル 1m", "27インチモニター", "静音マウス", "ワイヤレスキーボード", "ノート B5 5冊組", "クリアファイル 10枚", "軍手 12双", "養生テープ 50mm", "食器用洗剤 詰替", "ガラス花瓶", "毛布 シングル", "羽毛枕", "圧力鍋 5L", "フライパン 26cm",
    ];

    /// <summary>Goods and shops that carry a family name.</summary>
    public static readonly string[] NamedGoods =
    [
        "山田錦 純米吟醸 720ml", "松本ちゃぶ台 (楢)", "高橋の手延べそうめん", "佐藤錦 さくらんぼ 500g", "伊藤園風 緑茶 2L", "小林式ピンセット", "清水焼 湯呑", "渡辺うどん 3食", "中村屋風 肉まん 4個", "石川芋 1kg", "山口ういろう", "福島桃 2kg", "宮崎マンゴー L", "長崎カステラ 0.6号", "千葉落花生 300g",
        "山本山型 海苔缶", "鈴木バーベキューソース", "林檎ジュース 1L", "森永久缶詰セット", "井上式万力", "木村硝子 ワイングラス", "青木悦型トートバッグ", "前田製菓風 クラッカー", "上野パンダ焼", "斎藤式メトロノーム",
    ];

    public static readonly string[] ShopWords = ["書店", "薬局", "ベーカリー", "カフェ", "ホームセンター", "電器", "青果", "歯科医院", "クリーニング", "写真館", "食堂", "模型店", "自転車", "園芸"];
    public static readonly string[] Teams = ["赤城ファルコンズ", "港南ブルース", "みなとFC", "北斗高校", "青葉中学", "東海クラブ", "サンライズSC", "若葉台小", "桜丘高", "西都ユナイテッド", "白銀スターズ", "大河原シャークス"];
    public static readonly string[] Horses = ["サクラノミライ", "アカネブライト", "キタノダイチ", "シルバームーン", "ハヤテオー", "ミナトクイーン", "ゴールドリバー", "ユメノカケハシ", "ライデンマル", "トップオブヒル"];
    public static readonly string[] Schools = ["市立第一中学校", "県立中央高校", "緑が丘小学校", "若葉幼稚園", "附属中学校", "東高校", "西小学校", "国際学院"];
    public static readonly string[] Dishes = ["醤油ラーメン", "味噌ラーメン", "親子丼", "天ざるそば", "カツカレー", "オムライス", "焼き魚定食", "鶏の唐揚げ", "海老フライ", "ナポリタン", "抹茶アイス", "杏仁豆腐", "生ビール", "ウーロン茶"];

    public static readonly string[] Prefectures =
    [
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県",
        "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
    ];

    public static readonly string[] Stations = ["大森", "川口", "千葉", "福島", "松本", "高崎", "三島", "平塚", "石川台", "中野", "高田馬場", "森下", "三宅坂", "渋谷", "目黒", "上野", "田端", "浜松町", "新橋", "宮崎台", "藤沢", "大宮", "小川町", "岩本町", "原宿", "青山一丁目"];
}

/// <summary>Names of firms and shops, many of them with a family name inside, as in life.</summary>
internal static class Companies
{
    private static readonly string[] s_stems =
    [
        "青葉", "みなと", "東洋", "北斗", "大和", "山田", "佐藤", "中村", "サンライト", "ネクスト", "光和", "三栄", "丸七", "高橋", "日の出", "松本", "富士見", "ミライ", "グリーン", "田中", "小川", "共栄", "新星", "石井",
    ];
    private static readonly string[] s_trades = ["商事", "製作所", "工業", "システム", "建設", "運輸", "食品", "印刷", "電機", "不動産", "物産", "化学", "デザイン", "メディカル", "精機"];

    public static string Draw(Dice dice)
    {
        var name = dice.Pick(s_stems) + dice.Pick(s_trades);
        return dice.Next(6) switch { 0 or 1 or 2 => $"株式会社{name}", 3 or 4 => $"{name}株式会社", _ => $"有限会社{name}" };
    }

    public static string English(Dice dice) => $"{dice.Of("Blue River", "Northgate", "Aoba", "Minato", "Sunlight", "Harris", "Cooper & Sons", "Mitchell", "Stanley", "Kobo")} {dice.Of("Trading", "Systems", "Foods", "Logistics", "Design", "Tools")} {dice.Of("Inc.", "Ltd.", "LLC", "GmbH", "K.K.")}";

    public static string Shop(Dice dice) => $"{dice.Pick(s_stems)}{dice.Pick(Words.ShopWords)}{dice.Of("", " 駅前店", " 本店", " 2号店")}";
}
