using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>Words of illness, treatment, examination, disability and medication. They are personal data only beside a person.</summary>
internal static class MedicalWords
{
    private const string Japanese =
        "癌 がん ガン 肺がん 胃がん 大腸がん 乳がん 肝がん 膵がん 前立腺がん 子宮がん 白血病 悪性リンパ腫 腫瘍 ポリープ 糖尿病 高血圧 高血圧症 低血圧 脂質異常症 高脂血症 痛風 心不全 心筋梗塞 狭心症 不整脈 心房細動 脳梗塞 脳出血 脳卒中 くも膜下出血 "
        + "認知症 アルツハイマー パーキンソン病 てんかん うつ病 鬱病 双極性障害 統合失調症 適応障害 不安障害 パニック障害 発達障害 自閉症 自閉スペクトラム症 ADHD 摂食障害 睡眠障害 不眠症 依存症 アルコール依存症 喘息 気管支喘息 肺炎 気管支炎 肺気腫 COPD 結核 "
        + "インフルエンザ 新型コロナ COVID-19 コロナ陽性 風疹 麻疹 水痘 帯状疱疹 HIV エイズ 梅毒 クラミジア 淋病 肝炎 B型肝炎 C型肝炎 肝硬変 脂肪肝 胆石 胆嚢炎 膵炎 胃潰瘍 十二指腸潰瘍 胃炎 逆流性食道炎 潰瘍性大腸炎 クローン病 過敏性腸症候群 虫垂炎 腸閉塞 痔 "
        + "腎不全 腎炎 慢性腎臓病 人工透析 透析 尿路結石 膀胱炎 前立腺肥大 子宮筋腫 子宮内膜症 不妊症 不妊治療 妊娠 流産 中絶 人工妊娠中絶 更年期障害 月経不順 甲状腺機能亢進症 橋本病 バセドウ病 リウマチ 関節リウマチ 膠原病 骨折 骨粗鬆症 腰痛症 椎間板ヘルニア "
        + "変形性膝関節症 捻挫 脱臼 アトピー アトピー性皮膚炎 湿疹 蕁麻疹 じんましん 乾癬 水虫 アレルギー 食物アレルギー 花粉症 アナフィラキシー 白内障 緑内障 網膜剥離 加齢黄斑変性 難聴 中耳炎 メニエール病 虫歯 歯周病 歯肉炎 抜歯 貧血 血友病 難病 指定難病 筋ジストロフィー ALS "
        + "障害者手帳 身体障害 知的障害 精神障害 療育手帳 要介護 要支援 要介護1 要介護2 要介護3 要介護4 要介護5 寝たきり 病名 傷病名 診断名 診断 診断書 診察 診療 診療録 カルテ 病歴 既往歴 既往症 現病歴 主訴 所見 処方 処方箋 処方薬 服薬 投薬 服用中 抗がん剤 インスリン ステロイド "
        + "抗うつ薬 睡眠薬 降圧剤 手術 手術歴 入院 退院 通院 外来 通院中 療養 リハビリ 緩和ケア 放射線治療 化学療法 移植 輸血 麻酔 人工呼吸 ペースメーカー ストーマ 検査結果 血液検査 尿検査 MRI CT検査 内視鏡 内視鏡検査 胃カメラ 心電図 レントゲン 超音波検査 PCR検査 要精密検査 要再検査 "
        + "陽性 血圧 血糖値 HbA1c コレステロール 体重減少 健康診断結果 健診結果 人間ドック ストレスチェック 高ストレス 休職 傷病手当 労災 自殺 自傷 虐待 DV 遺伝子検査 ワクチン接種 予防接種 副反応 発熱 嘔吐 下痢 めまい 頭痛 片頭痛 偏頭痛 痙攣 意識障害 骨髄 生活習慣病 肥満症 "
        + "メタボリックシンドローム 動脈硬化 動脈瘤 静脈瘤 脳腫瘍 食道がん 胆管がん 腎臓がん 膀胱がん 卵巣がん 甲状腺がん 皮膚がん 骨肉腫 多発性骨髄腫 敗血症 髄膜炎 破傷風 百日咳 手足口病 りんご病 溶連菌 ノロウイルス ロタウイルス 食中毒 熱中症";

    private const string English =
        "cancer tumor tumour leukemia leukaemia lymphoma melanoma carcinoma chemotherapy radiotherapy diabetes diabetic hypertension hypotension stroke angina arrhythmia asthma bronchitis pneumonia copd tuberculosis influenza covid covid-19 "
        + "hiv aids syphilis chlamydia gonorrhea hepatitis cirrhosis gallstones pancreatitis gastritis ulcer colitis crohn's appendicitis dialysis nephritis cystitis endometriosis infertility pregnancy pregnant miscarriage abortion menopause "
        + "hypothyroidism hyperthyroidism arthritis rheumatism osteoporosis fracture hernia eczema psoriasis dermatitis urticaria allergy allergies anaphylaxis cataract glaucoma deafness anemia anaemia hemophilia epilepsy seizure migraine dementia "
        + "alzheimer's alzheimer parkinson's sclerosis autism adhd depression bipolar schizophrenia anxiety ptsd anorexia bulimia insomnia addiction alcoholism overdose suicide disability paraplegia amputation diagnosis diagnosed prognosis biopsy "
        + "surgery transplant transfusion anesthesia pacemaker insulin antidepressant antidepressants antibiotics steroids prescription prescribed medication inpatient outpatient hospitalized hospitalised symptom symptoms syndrome obesity cholesterol sepsis "
        + "meningitis malaria measles rubella mumps vaccination colonoscopy endoscopy mammogram mri ecg electrocardiogram ultrasound x-ray rehab rehabilitation palliative";

    private static readonly FrozenSet<string> _english = English.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup = _english.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly WordShapes _shapes = WordShapes.Of(_english);

    /// <summary>Words by their first character, the longest first.</summary>
    private static readonly FrozenDictionary<char, string[]> _japanese = Japanese.Split(' ').Distinct(StringComparer.Ordinal)
        .GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Length).ToArray());

    /// <summary>First characters of the Japanese words.</summary>
    public static IEnumerable<char> Firsts => _japanese.Keys;

    /// <summary>True where a short text holds one of the words; an English one as a whole word.</summary>
    public static bool Contains(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= '\u3041' || char.IsAsciiLetterUpper(text[i]))
            {
                if (LengthAt(text, i) > 0)
                {
                    return true;
                }
            }

            if (char.IsAsciiLetter(text[i]) && (i == 0 || !char.IsAsciiLetter(text[i - 1])))
            {
                var end = i;
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '\'' or '-'))
                {
                    end++;
                }

                if (IsEnglish(text[i..end]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>True for an English word of the list.</summary>
    public static bool IsEnglish(ReadOnlySpan<char> word)
        => word.Length is >= 3 and <= 18 && char.IsAsciiLetter(word[0]) && _shapes.Fits(word) && _lookup.Contains(word);

    /// <summary>Characters of the Japanese word that begins here; 0 without one. Words in katakana or letters stand by themselves (ガン is not in ガンダム).</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (!_japanese.TryGetValue(text[at], out var words))
        {
            return 0;
        }

        foreach (var word in words)
        {
            if (text[at..].StartsWith(word, StringComparison.Ordinal))
            {
                var end = at + word.Length;
                var opens = at == 0 || !SameScript(text[at - 1], word[0]);
                var closes = end == text.Length || !SameScript(word[^1], text[end]);
                if (opens && closes)
                {
                    return word.Length;
                }
            }
        }

        return 0;
    }

    private static bool SameScript(char left, char right)
        => (char.IsAsciiLetterOrDigit(left) && char.IsAsciiLetterOrDigit(right)) || (ValueText.IsKatakana(left) && ValueText.IsKatakana(right)) || (ValueText.IsHiragana(left) && ValueText.IsHiragana(right) && right is not ('の' or 'で' or 'に' or 'は' or 'が' or 'を' or 'と' or 'も'));
}
