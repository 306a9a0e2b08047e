using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>
/// Family names so common that a local part of one word is sure to be one: <c>suzuki@</c> is a person, <c>ami@</c> or <c>kita@</c> may be anything. Towns and
/// prefectures are left out, for a branch may be called so; so are words of English and of offices.
/// </summary>
internal static class CommonSurnames
{
    private static readonly FrozenSet<string> _keys = (
        "sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki matsumoto inoue kimura hayashi saito shimizu yamazaki yamasaki abe mori ikeda "
        + "hashimoto ishii ogawa maeda okada hasegawa fujita goto kondo murakami endo aoki sakamoto fukuda nishimura fujii okamoto kaneko fujiwara miura nakano harada matsuda takeuchi "
        + "nakayama tamura wada ishida morita uchida shibata sakai kudo yokoyama miyamoto takagi ando taniguchi ueda ohno takada imai kono kojima fujimoto murata takeda ueno sugiyama masuda "
        + "sugawara hirano otsuka chiba kubo matsui iwasaki kinoshita sakurai noguchi matsuo kikuchi nomura arai watabe sano sugimoto sakaguchi yamashita nishida ichikawa furukawa onishi "
        + "hamada shimada mizuno sakurada higuchi komatsu yoshikawa yamauchi nishiyama igarashi ishibashi takano konishi kawamura mochizuki kawaguchi iwata nagai kubota hirata kawai kawasaki "
        + "sugita nakagawa ozawa iida tsuchiya yoshioka matsuoka baba matsunaga tsuda kurihara ebihara kitamura homma honma honda mimura takayama oshima nakajima nakashima nagata horiuchi "
        + "hattori ota oda otani kuroda kurosawa kawakami tsuji tsukamoto adachi akiyama asano aizawa fukushima hirose horie ishikawa iwamoto kamata kasai katayama kishimoto kitagawa koyama "
        + "kumagai maruyama minami miyake miyata morimoto morioka muto nagashima naito nakanishi nakata nishio nishikawa ogata oikawa okuda okumura onodera osawa sawada shinohara shirai "
        + "sudo suda sugano takenaka takeshita tanabe terada toyoda tsutsumi uehara uemura usui yagi yamaguchi yamanaka yano yasuda yokota yoshimura yoshino okazaki shimizu hoshino "
        + "hosokawa imamura iwai kikuchi kuwahara matsushita mizoguchi murayama nakao nishino oyama sekiguchi tachibana takaoka tsuchida wakabayashi yoshizawa zaitsu")
        .Split(' ').Except(["chiba", "kawasaki", "fukushima", "ishikawa", "yamaguchi", "okazaki", "ueno", "minami", "takayama", "komatsu", "morioka"])
        .Select(n => RomajiKey.Of(n)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for the <see cref="RomajiKey"/> of such a name.</summary>
    public static bool Holds(string key) => _keys.Contains(key);
}
