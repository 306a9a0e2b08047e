using System.Collections.Frozen;
using System.Globalization;
using Sekisho.Incidents;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Charts;

/// <summary>The catalogue's terms in words, in both languages. A term without words is left out of a page rather than shown raw; a test finds it.</summary>
public static class CaseWords
{
    private static readonly FrozenDictionary<string, (string En, string Ja)> s_words = new Dictionary<string, (string En, string Ja)>(StringComparer.Ordinal)
    {
        // Cause.
        ["operator-error"] = ("a slip of the person who sent it", "送信した人の操作の誤り"),
        ["contractor-operator-error"] = ("a slip at a contractor", "委託先の操作の誤り"),
        ["data-defect"] = ("broken data", "データの不備"),
        ["configuration-error"] = ("a wrong setting", "設定の誤り"),
        ["program-bug"] = ("a fault in a program", "プログラムの不具合"),
        ["malware"] = ("a harmful program", "有害なプログラム"),
        ["unknown"] = ("not stated", "記載なし"),
        // What was exposed.
        ["email"] = ("mail addresses", "メールアドレス"),
        ["name"] = ("names", "氏名"),
        ["other"] = ("other details", "そのほかの情報"),
        ["address"] = ("postal addresses", "住所"),
        ["age"] = ("ages", "年齢"),
        ["document"] = ("documents", "書類"),
        ["phone"] = ("phone numbers", "電話番号"),
        ["company"] = ("employers", "勤務先"),
        ["title"] = ("positions", "役職"),
        ["transaction"] = ("transactions", "取引"),
        ["job-history"] = ("careers", "職歴"),
        ["card-number"] = ("card numbers", "カード番号"),
        ["birthdate"] = ("dates of birth", "生年月日"),
        ["password"] = ("passwords", "パスワード"),
        ["clothing-size"] = ("clothing sizes", "衣服のサイズ"),
        ["gender"] = ("gender", "性別"),
        ["medical"] = ("medical data", "診療の情報"),
        ["loan-data"] = ("loans", "融資の情報"),
        // Who noticed.
        ["recipient"] = ("a recipient", "受け取った人"),
        ["sender"] = ("the sender", "送信した本人"),
        ["internal-check"] = ("a check within the organisation", "組織内の点検"),
        // What was done then.
        ["delete-request"] = ("asked the recipients to delete it", "受け取った人に削除を依頼"),
        ["apology"] = ("apologised", "お詫び"),
        ["apology-mail"] = ("apologised by mail", "メールでお詫び"),
        ["suspend-service"] = ("suspended the service", "サービスを停止"),
        ["individual-contact"] = ("wrote to each person", "一人ずつ連絡"),
        ["visit"] = ("visited them", "訪問"),
        ["regulator-report"] = ("reported to the authority", "監督官庁へ報告"),
        ["deletion-confirmed"] = ("had the deletion confirmed", "削除を確認"),
        ["letter"] = ("sent letters", "書面を送付"),
        ["notice-on-web"] = ("announced it on its site", "サイトで公表"),
        ["warning-to-victims"] = ("warned those concerned", "該当者へ注意を喚起"),
        ["recall-attempt"] = ("tried to recall it", "送信の取り消しを試みた"),
        ["past-mail-review"] = ("went through earlier mail", "過去のメールを点検"),
        ["correction-mail"] = ("sent a correction", "訂正のメール"),
        ["legal-review"] = ("took legal advice", "法的な検討"),
        ["task-force"] = ("set up a task force", "対策本部を設置"),
        ["sending-aborted"] = ("broke off the run", "配信を中断"),
        ["ipo-cancelled"] = ("gave up going public", "上場を取りやめ"),
        ["penalties"] = ("disciplined those responsible", "関係者を処分"),
        ["list-stopped"] = ("stopped the list", "リストを停止"),
        // What it promised for the future.
        ["training"] = ("training", "教育"),
        ["procedure-review"] = ("a review of its procedures", "手順の見直し"),
        ["pre-send-check"] = ("a check before sending", "送信前の確認"),
        ["dedicated-system"] = ("a system made for it", "専用の仕組み"),
        ["stop-mailing"] = ("no more such mail", "同種の配信の中止"),
        ["contractor-checks"] = ("checks of its contractors", "委託先の点検"),
        ["supervisor-approval"] = ("approval by a superior", "上長の承認"),
        ["rules"] = ("rules", "規程"),
        ["double-check"] = ("a second pair of eyes", "二人での確認"),
        ["one-by-one-sending"] = ("sending one by one", "一通ずつの送信"),
        ["system-review"] = ("a review of its systems", "仕組みの見直し"),
        ["bcc-abolished"] = ("no more Bcc", "Bcc の廃止"),
        ["portal-instead-of-mail"] = ("a portal instead of mail", "メールに代わる閲覧ページ"),
        ["bcc-mandatory"] = ("Bcc only", "Bcc の徹底"),
        ["policy"] = ("a policy", "ポリシー"),
        ["cc-forbidden"] = ("no more Cc", "Cc の禁止"),
        ["stricter-handling"] = ("stricter handling", "取り扱いの厳格化"),
        ["test-send"] = ("a trial run first", "事前の試し送り"),
        ["password-on-files"] = ("passwords on files", "ファイルへのパスワード"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Upper ends of the size classes; beyond the last is one more.</summary>
    public static IReadOnlyList<int> SizeClasses { get; } = [9, 99, 999, 9_999];

    /// <summary>One term, or null when there are no words for it.</summary>
    public static string? Word(string term, Tongue tongue) => s_words.TryGetValue(term, out var word) ? tongue[word.En, word.Ja] : null;

    /// <summary>Several, as a list in a sentence.</summary>
    public static string Words(IEnumerable<string> terms, Tongue tongue) => string.Join(tongue[", ", "、"], terms.Select(t => Word(t, tongue)).OfType<string>());

    /// <summary>The size class of an incident: 0-based, or -1 where the source gives no number.</summary>
    public static int SizeClass(Incident incident) => incident.Exposed is not { } size ? -1 : SizeClasses.TakeWhile(end => size > end).Count();

    /// <summary>A size class in words; -1 is the one without a number.</summary>
    public static string SizeClassName(int index, Tongue tongue) => index switch
    {
        -1 => tongue["not stated", "記載なし"],
        0 => tongue["under 10", "10人未満"],
        4 => tongue["10,000 and more", "1万人以上"],
        _ => string.Create(CultureInfo.InvariantCulture, $"{SizeClasses[index - 1] + 1:N0}–{SizeClasses[index]:N0}{tongue["", "人"]}"),
    };

    /// <summary>How it leaked.</summary>
    public static string Mechanism(string mechanism, Tongue tongue) => Mechanisms.Describe(mechanism, tongue.Japanese);

    /// <summary>Branch of trade.</summary>
    public static string Sector(string sector, Tongue tongue) => Sectors.Name(sector, tongue.Japanese);

    /// <summary>A figure of the source; about where it says about.</summary>
    public static string Figure(int? value, bool about, Tongue tongue) => value is not { } n ? tongue["not stated", "記載なし"]
        : about ? string.Create(CultureInfo.InvariantCulture, $"{tongue["about ", "約"]}{n:N0}") : n.ToString("N0", CultureInfo.InvariantCulture);
}
