using System.Runtime.CompilerServices;

namespace Sekisho.Inspection;

/// <summary>Old and variant forms of the characters names are written with (髙 for 高, 邊 and 邉 for 辺), made one for comparison.</summary>
internal static class KanjiForms
{
    private const string Pairs =
        "髙高﨑崎嵜崎碕崎邊辺邉辺齋斎齊斎斉斎濵浜濱浜德徳黑黒澤沢廣広國国嶋島嶌島櫻桜惠恵榮栄龍竜眞真彌弥壽寿豐豊學学實実圓円圡土淺浅會会藏蔵條条槇槙橫横瀨瀬靜静緖緒曾曽增増與与萬万禮礼瀧滝鐵鉄關関冨富峯峰舘館舩船鷗鴎穗穂顯顕晉晋敎教昻昂鄕郷郞郎鷄鶏"
        + "壹壱貳弐參参兒児衞衛應応來来兩両勳勲勵励區区佛仏傳伝價価僞偽亞亜惡悪爲為獨独瑤瑶甁瓶畫画當当發発盡尽碎砕祿禄稻稲竝並絲糸經経綠緑總総繩縄聲声臺台舊旧莊荘藝芸藥薬蟲虫觀観證証變変豫予賣売轉転辨弁邨村釋釈錢銭鎭鎮陷陥雙双靈霊顏顔飮飲驛駅體体髮髪"
        + "鬪闘鹽塩麥麦麴麹點点齡齢龜亀檜桧薗園蘆芦籠篭溪渓淵渕渊渕冴冱凉涼凛凜煕熙熈熙縣県";

    /// <summary>Compatibility ideographs, as escapes: an editor that normalises would make both one.</summary>
    private const string Compatible =
        "\uFA10塚\uFA12晴\uFA15凞\uFA16猪\uFA17益\uFA18礼\uFA19神\uFA1A祥\uFA1B福\uFA1C靖\uFA1D精\uFA1E羽\uFA20蘒\uFA22諸\uFA25逸\uFA26都\uFA2A飯\uFA2B飼\uFA2C館\uFA2D鶴"
        + "\uFA2E郎\uFA2F隷\uFA30侮\uFA31僧\uFA32免\uFA33勉\uFA34勤\uFA35卑\uFA36喝\uFA37嘆\uFA38器\uFA39塀\uFA3A墨\uFA3B層\uFA3C屮\uFA3D悔\uFA3E慨\uFA3F憎\uFA40懲\uFA41敏"
        + "\uFA42既\uFA43暑\uFA44梅\uFA45海\uFA46渚\uFA47漢\uFA48煮\uFA4A琢\uFA4B碑\uFA4C社\uFA4D祉\uFA4E祈\uFA4F祐\uFA50祖\uFA51祝\uFA52禍\uFA53禎\uFA54穀\uFA55突\uFA56節"
        + "\uFA57練\uFA58縉\uFA59繁\uFA5A署\uFA5B者\uFA5C臭\uFA5F著\uFA60褐\uFA61視\uFA62謁\uFA63謹\uFA64賓\uFA65贈\uFA67逸\uFA68難\uFA69響\uFA6A頻\uFA6B恵";

    /// <summary>Latin letters with marks.</summary>
    private const string Marked =
        "ÀaÁaÂaÃaÄaÅaÇcÈeÉeÊeËeÌiÍiÎiÏiÑnÒoÓoÔoÕoÖoÙuÚuÛuÜuÝyàaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoùuúuûuüuýyÿyĀaāaĂaăaĄaąaĆcćcĈcĉcĊcċcČcčcĎdďdĒe"
        + "ēeĔeĕeĖeėeĘeęeĚeěeĜgĝgĞgğgĠgġgĢgģgĤhĥhĨiĩiĪiīiĬiĭiĮiįiİiĴjĵjĶkķkĹlĺlĻlļlĽlľlŃnńnŅnņnŇnňnŌoōoŎoŏoŐoőoŔrŕrŖrŗrŘrřrŚsśsŜsŝsŞsşsŠsšsŢtţtŤtťtŨuũu"
        + "ŪuūuŬuŭuŮuůuŰuűuŲuųuŴwŵwŶyŷyŸyŹzźzŻzżzŽzžzƠoơoƯuưuǍaǎaǏiǐiǑoǒoǓuǔuǕuǖuǗuǘuǙuǚuǛuǜuǞaǟaǠaǡaǦgǧgǨkǩkǪoǫoǬoǭoǰjǴgǵgǸnǹnǺaǻaȀaȁaȂaȃaȄeȅeȆeȇeȈiȉi"
        + "ȊiȋiȌoȍoȎoȏoȐrȑrȒrȓrȔuȕuȖuȗuȘsșsȚtțtȞhȟhȦaȧaȨeȩeȪoȫoȬoȭoȮoȯoȰoȱoȲyȳyẠaạaẢaảaẤaấaẦaầaẨaẩaẪaẫaẬaậaẮaắaẰaằaẲaẳaẴaẵaẶaặaẸeẹeẺeẻeẼeẽeẾeếeỀeềeỂeểe"
        + "ỄeễeỆeệeỈiỉiỊiịiỌoọoỎoỏoỐoốoỒoồoỔoổoỖoỗoỘoộoỚoớoỜoờoỞoởoỠoỡoỢoợoỤuụuỦuủuỨuứuỪuừuỬuửuỮuữuỰuựuỲyỳyỴyỵyỶyỷyỸyỹyøoØođdĐdłlŁl";

    private static readonly char[] _forms = Make();

    /// <summary>The usual form of a character; itself where it has no other. Latin letters become lower case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Fold(char c) => c < 0x80 ? c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c : _forms[c];

    private static char[] Make()
    {
        var forms = new char[65536];
        for (var c = 0; c < forms.Length; c++)
        {
            forms[c] = (char)c;
        }

        var pairs = Pairs + Compatible + Marked;
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            forms[pairs[i]] = pairs[i + 1];
        }

        return forms;
    }
}
