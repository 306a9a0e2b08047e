using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>The words that stand over columns and before fields of forms, in Japanese and English, and what they say.</summary>
internal static class HeaderWords
{
    /// <summary>Longer than any header that is one word or two.</summary>
    public const int MaxLength = 40;

    private const DataKinds None = DataKinds.None;

    private static readonly FrozenDictionary<string, ColumnMeaning> _words = Build();
    private static readonly FrozenDictionary<string, ColumnMeaning>.AlternateLookup<ReadOnlySpan<char>> _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly WordShapes _shapes = WordShapes.Of(_words.Keys);

    /// <summary>What a header says, or null for a text that is no header known here. Width, case, blanks, numbering and what stands in brackets do not matter.</summary>
    public static ColumnMeaning? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        Span<char> buffer = stackalloc char[MaxLength];
        var key = buffer[..Normalise(text, buffer)];
        if (key.Length == 0)
        {
            return null;
        }

        if (_shapes.Fits(key) && _lookup.TryGetValue(key, out var meaning))
        {
            return meaning;
        }

        var bare = (ReadOnlySpan<char>)key.TrimEnd("0123456789一二三①②③");
        if (bare.Length > 0 && bare.Length < key.Length && _shapes.Fits(bare) && _lookup.TryGetValue(bare, out meaning))
        {
            return meaning;
        }

        return bare.Length > 0 && char.IsAscii(bare[0]) ? EnglishHeaders.Read(text) ?? Pair(text) : bare.Length > 0 ? Ending(bare) ?? Pair(text) : null;
    }

    /// <summary>Two words over one column, 氏名・フリガナ or 住所／電話番号: the first says what it holds.</summary>
    private static ColumnMeaning? Pair(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny("・/／･");
        if (at <= 0 || text[(at + 1)..].ContainsAny("・/／･"))
        {
            return null;
        }

        var one = text[..at];
        var other = text[(at + 1)..];
        return !IsAlsoValue(one) && !IsAlsoValue(other) && Read(other) is not null ? Read(one) : null;
    }

    /// <summary>The longest known word a Japanese header ends in: 届け先住所 is an address, 取引先会社名 a company.</summary>
    private static ColumnMeaning? Ending(ReadOnlySpan<char> key)
    {
        if (key.Length > 14)
        {
            return null;
        }

        for (var from = 1; from <= key.Length - 2; from++)
        {
            if (_lookup.TryGetValue(key[from..], out var meaning))
            {
                return MayEnd(key[from..], meaning) ? Qualify(key[..from], meaning) : null;
            }
        }

        return key.EndsWith("者名") || key.EndsWith("員名") || key.EndsWith("生名") ? new ColumnMeaning(DataKinds.Name, NamePart.Full)
            : key.EndsWith("先名") ? new ColumnMeaning(DataKinds.Name, NamePart.Full, Trust.Weak)
            : key.Length <= 6 && key[^1] == '名' ? new ColumnMeaning(None)
            : null;
    }

    /// <summary>True for words that stand in cells as often as over columns: 学生, 参加, 代表. They are headers among headers, never by themselves.</summary>
    public static bool IsAlsoValue(ReadOnlySpan<char> text) => text.Length <= 14 && text.Trim() is var word && _alsoValueShapes.Fits(word) && _alsoValues.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static readonly FrozenSet<string> _alsoValues = ("学生 会員 社員 職員 従業員 患者 生徒 児童 園児 メンバー 代表 役員 委員 先生 講師 監督 理事 父 母 上司 参加 出席 欠席 希望 内定 結婚 喫煙 会社 企業 法人 団体 店舗 学校 病院 障害 手術 検査 治療 処置 妊娠 配偶者 世帯主 本 本人 部 課 月 年 日 分 回 点 "
        + "勝 敗 型 組 班 県 地域 エリア 利益 年金 アレルギー 部長 ユーザー 登録日 不明 ランク 一般 課題 卒業生 元職員 在庫 責任者 担任 主治医 自営業 ステージ 血液型 場所 時間 会場 担当 "
        + "manager student teacher doctor clerk driver player member staff engineer nurse client customer owner trainee volunteer guest employee parent mother father spouse user author supervisor factory school hospital shop store branch office team club").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly WordShapes _alsoValueShapes = WordShapes.Of(_alsoValues);

    /// <summary>Kinds whose words end no value: a cell that ends in 発電所 or 検査 is a power station or an examination, one that ends in 電話番号 a header.</summary>
    private static bool MayEnd(ReadOnlySpan<char> word, ColumnMeaning meaning) => meaning.Kind switch
    {
        DataKinds.Name => meaning.Trust != Trust.Weak,
        DataKinds.None or DataKinds.Company => word[^1] is '名' or '号' or '日' or '額' or '数' or '率' or '先',
        DataKinds.Other or DataKinds.Occupation or DataKinds.Municipality or DataKinds.Medical => word[^1] is '名' or '日' || word.SequenceEqual("サイズ"),
        _ => true,
    };

    /// <summary>What stands before the word changes whose it is.</summary>
    private static ColumnMeaning Qualify(ReadOnlySpan<char> front, ColumnMeaning meaning)
    {
        if (meaning.Kind == DataKinds.Name && (front.StartsWith("保護者") || front.StartsWith("担任") || front.StartsWith("主治医") || front.StartsWith("担当医") || front.StartsWith("緊急")
            || front.StartsWith("父") || front.StartsWith("母") || front.StartsWith("配偶者") || front.StartsWith("紹介") || front.StartsWith("勤務先") || front.StartsWith("推薦")))
        {
            return meaning with { Trust = Trust.Second };
        }

        var company = front.StartsWith("会社") || front.StartsWith("店") || front.StartsWith("企業") || front.StartsWith("法人") || front.StartsWith("団体") || front.StartsWith("施設");
        return meaning.Kind == DataKinds.Name && company && meaning.Trust == Trust.Weak ? new ColumnMeaning(DataKinds.Company) : meaning;
    }

    /// <summary>Lower case, half width, no blanks, brackets with their content gone, no marks in front or behind. Answers the length.</summary>
    internal static int Normalise(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        var depth = 0;
        foreach (var raw in text)
        {
            if (char.IsAsciiLetterOrDigit(raw))
            {
                if (depth == 0)
                {
                    into[length++] = char.ToLowerInvariant(raw);
                }

                continue;
            }

            var c = TextFolding.FoldWidth(raw);
            if (c is '(' or '[' or '【' or '〔' or '<' or '〈')
            {
                // 【氏名】 is the word itself, 氏名【必須】 a remark.
                depth += length == 0 ? 0 : 1;
                continue;
            }

            if (c is ')' or ']' or '】' or '〕' or '>' or '〉')
            {
                depth = Math.Max(0, depth - 1);
                continue;
            }

            if (depth > 0 || c <= ' ' || c is '※' or '*' or '★' or '☆' or '■' or '●' or '◆' or '○' or '◎' or '□' or '◇' or '・' or ':' or ',' or '、' or '。' or '"' or '\'' or '▼' or '▲')
            {
                continue;
            }

            // Half-width katakana headers are old systems' habit: they come folded already, or stay unknown.
            into[length++] = char.ToLowerInvariant(c);
        }

        return length;
    }

    private static FrozenDictionary<string, ColumnMeaning> Build()
    {
        var words = new Dictionary<string, ColumnMeaning>(StringComparer.Ordinal);
        Add(new(DataKinds.Name, NamePart.Full), "氏名 お名前 御名前 ご氏名 御氏名 姓名 氏名漢字 漢字氏名 患者名 患者氏名 生徒名 生徒氏名 児童名 児童氏名 園児名 学生氏名 お子様のお名前 参加者氏名 本人氏名 ご本人氏名 顧客氏名 "
            + "会員氏名 申込者氏名 応募者氏名 契約者氏名 代表者氏名 担当者氏名 担当者名 代表者名 ご担当者名 ご担当者様 ご担当者 お客様名 お客様氏名 お客様のお名前 職員名 職員氏名 社員名 社員氏名 従業員名 従業員氏名 会員名 受診者 受診者名 被保険者 被保険者氏名 "
            + "被験者 受験者 受験者名 受験生 候補者 候補者名 候補者氏名 入居者 入居者名 入所者 入所者名 世帯主 世帯主氏名 応募者 応募者名 購読者 購読者名 寄附者 寄付者 寄付者名 受講者 受講者名 受講生 参加者 参加者名 出席者 出席者名 出席者氏名 申込者 申込者名 申請者 申請者名 申請者氏名 "
            + "当選者 当選者名 利用者 利用者名 利用者氏名 購入者 購入者名 注文者 注文者名 ご注文者 預金者 借主 借入人 債務者 債務者名 口座名義 口座名義人 名義人 名義 カード名義 宛名 届け先氏名 お届け先氏名 届け先名 お届け先名 送付先氏名 配送先氏名 送り先氏名 受取人 受取人名 配偶者 "
            + "宿泊者 宿泊者名 搭乗者 搭乗者名 乗客名 患者様 患者様名 患者様氏名 オーナー名 所有者 所有者名 所有者氏名 納税者 納税者名 納税義務者 投票者 会員様名 塾生名 塾生 園児 児童 卒業生 卒業生氏名 元職員 名前漢字 お名前漢字 対象者 対象者名 対象者氏名 回答者 回答者名 回答者氏名 面接者 相談者 相談者名 相談者氏名 依頼者氏名 フルネーム ニックネーム ハンドルネーム "
            + "ご芳名 芳名 御芳名 お客さま名 お客さま氏名 ゲスト名 メンバー名 世帯主名 来場者 来場者名 来館者 来館者名 来訪者 来訪者名 予約者 予約者名 予約者氏名 ご予約者 ご本人 ご本人様 受給者 受給者名 加入者 加入者名 入会者 入会者名 被災者 申込人 契約人 請求者 請求者名 届出者 留学生 実習生 研修生 訓練生 奨学生 "
            + "内定者 内定者名 退職者 退職者名 派遣社員名 アルバイト名 パート名 スタッフ名 スタッフ氏名 教員名 教員氏名 選手氏名 部員名 団員名 隊員名 発送先氏名 発送先名 ご参加者 ご参加者名 ご出席者 ご出席者名 ご利用者 ご利用者名 ご契約者氏名 ご注文者名 ご購入者 ご購入者名 預り主 飼い主 飼い主名 貸主 買主 売主");
        Add(new(DataKinds.Name, NamePart.Full, Trust.Weak), "名前 なまえ 名称 宛先 宛先名 顧客名 顧客 客先 客先名 得意先 得意先名 取引先 取引先名 契約者 契約者名 ご契約者 ご契約者名 代表者 代表 お客様 お客さま 会員 担当者 社員 職員 従業員 メンバー 生徒 学生 患者 依頼者 依頼主 発注者 "
            + "送付先 届け先 お届け先 配送先 送り先 納品先 請求先 選手名 選手 講師 講師名 先生 委員 委員名 役員 役員名 発電者 登録名 登録者 登録者名 投稿者 投稿者名 ユーザー ユーザー名 ユーザ名 ユーザ アカウント名 人名 名 者 表示名 差出人 送信者 受信者 荷受人 管理者 理事 監督");
        Add(new(DataKinds.Name, NamePart.Full, Trust.Second), "担当 当社担当 弊社担当 営業担当 営業担当者 担当営業 担当医 担当医師 主治医 医師 医師名 担任 担任名 作成者 作成者名 記入者 入力者 承認者 更新者 登録担当 受付者 受付担当 対応者 対応者名 検査者 点検者 責任者 責任者名 紹介者 紹介者名 "
            + "保護者 保護者名 保護者氏名 保護者様 保護者様氏名 父氏名 母氏名 父 母 緊急連絡先氏名 緊急連絡者 保証人 連帯保証人 連帯保証人氏名 保証人氏名 上司 上長 連絡者 著者 著者名 作者 執筆者 執刀医 家族氏名 同伴者 同伴者名 扶養者 扶養者名");
        Add(new(DataKinds.Name, NamePart.Family), "姓 苗字 名字 氏 姓漢字 氏漢字 お名前姓 氏名姓 名前姓 お名前氏");
        Add(new(DataKinds.Name, NamePart.Given), "名漢字 お名前名 氏名名 名前名 下の名前");
        Add(new(DataKinds.Name, NamePart.KanaFull), "フリガナ ふりがな カナ かな 氏名カナ 氏名かな 氏名フリガナ 氏名ふりがな カナ氏名 カナ名 ヨミガナ よみがな ヨミ よみ 読み 読みがな 読み仮名 振り仮名 フリカナ シメイ お名前カナ お名前フリガナ お名前ふりがな 名前カナ 名前フリガナ カナ名前 顧客名カナ 患者カナ "
            + "カナ氏名 ﾌﾘｶﾞﾅ ｶﾅ ｶﾅ氏名 氏名ｶﾅ ローマ字 氏名ローマ字 ローマ字氏名 英字氏名 氏名英字 セイメイ せいめい 契約者カナ 会員名カナ 生徒名カナ 口座名義カナ");
        Add(new(DataKinds.Name, NamePart.KanaFamily), "セイ せい 姓カナ 姓フリガナ 姓かな 姓ふりがな カナ姓 フリガナ姓 ｾｲ 氏カナ 姓ローマ字");
        Add(new(DataKinds.Name, NamePart.KanaGiven), "メイ めい 名カナ 名フリガナ 名かな 名ふりがな カナ名 フリガナ名 ﾒｲ 名ローマ字");
        Add(new(DataKinds.PostalAddress), "住所 ご住所 御住所 自宅住所 現住所 所在地 番地 丁目番地 町名 町名番地 町域番地 住居表示 郵送先 送付先住所 届け先住所 お届け先住所 本籍 居住地 実家住所 建物名 建物名部屋番号 マンション名 住所建物 番地建物 町丁目 施工場所 現場住所 供給場所 設置場所 設置住所 需要場所 物件住所 住まい お住まい 地番 帰省先");
        Add(new(DataKinds.Municipality), "市区町村 市町村 都道府県 都道府県名 市区町村名 市町村名 市区郡 県名 市郡区 区市町村 居住市町村 お住まいの地域 出身地 出身 居住地域 住所地域");
        Add(new(DataKinds.Postcode), "郵便番号 〒 郵便 郵便no 〒番号");
        Add(new(DataKinds.Phone), "電話 電話番号 お電話 お電話番号 御電話番号 tel 電話no 携帯 携帯電話 携帯番号 携帯電話番号 自宅電話 自宅電話番号 固定電話 fax ファックス ファクス fax番号 連絡先 ご連絡先 連絡先電話番号 緊急連絡先 緊急連絡先電話番号 日中連絡先 勤務先電話 勤務先電話番号 ケータイ 内線 内線番号 スマホ "
            + "自宅tel 携帯tel tel/fax 電話fax 緊急連絡先tel 電話携帯 モバイル");
        Add(new(DataKinds.Email), "メール メールアドレス e-mail email mail mailアドレス アドレス 電子メール eメール eメールアドレス e-mailアドレス emailアドレス 電子メールアドレス mailaddress mailadd メアド 携帯メール 携帯メールアドレス pcメール pcメールアドレス 連絡用メール 登録メール 送信先アドレス");
        Add(new(DataKinds.BirthDate), "生まれ 生れ 誕生日時 生年月日 誕生日 お誕生日 生年 誕生年月日 生年月 出生日 birthday dob 生年月日西暦 生年月日和暦");
        Add(new(DataKinds.Age), "年齢 年令 歳 満年齢 ご年齢 年代 年齢層 年齢歳");
        Add(new(DataKinds.Sex), "性別 男女 男女別 性 ご性別");
        Add(new(DataKinds.CardNumber), "カード番号 クレジットカード番号 クレジットカード クレカ番号 カードno クレジット番号 ご利用カード番号");
        Add(new(DataKinds.MyNumber), "個人番号 マイナンバー 個人番号マイナンバー マイナンバー個人番号");
        Add(new(DataKinds.CorporateNumber), "法人番号");
        Add(new(DataKinds.BankAccount), "口座番号 口座 振込先 振込先情報 入金先 振込口座 引落口座 銀行口座 振込先口座 普通預金口座 口座no 口座情報");
        Add(new(DataKinds.Passport), "パスポート番号 旅券番号 パスポート 旅券 旅券no パスポートno");
        Add(new(DataKinds.DrivingLicence), "免許証番号 運転免許証番号 運転免許番号 免許番号 運転免許 運転免許証 免許証");
        Add(new(DataKinds.HealthInsurance), "保険証番号 被保険者番号 健康保険番号 保険者番号 記号番号 保険証記号番号 健康保険証番号 介護保険番号 被保険者証番号 健康保険 健康保険証 保険証 保険証記号 保険証no");
        Add(new(DataKinds.Medical), "診断 診断名 病名 傷病名 疾患 疾患名 症状 処置 治療 治療内容 検査 検査結果 検査値 既往歴 病歴 手術 術式 アレルギー 服薬 処方 処方薬 薬剤 投薬 障害 障害等級 障害名 要介護度 介護度 入院日 退院日 診療科 主訴 所見 予後 合併症 病棟 血圧 血液型 健診結果 判定結果 ワクチン 接種日 接種歴 妊娠 "
            + "持病 配慮事項 通院歴 障がい 療育 手帳等級 転帰 検体 がん種 病期 ステージ");
        Add(new(DataKinds.Money), "給与 月給 年俸 日給 給与額 年収額 貯蓄額 資産額 預貯金 預貯金額 年収 月収 給料 基本給 支給額 支給総額 差引支給額 総支給額 手取り 賞与 残高 預金残高 貸出 貸出額 貸出残高 貸付額 貸付残高 融資 融資額 融資残高 借入 借入額 借入残高 借入金額 ローン残高 債務額 延滞額 滞納額 資産 金融資産 所得 世帯年収 課税額 税額 報酬 報酬額 時給 証拠金 預り金 入出金 年金額 滞納金額 預け金残高");
        Add(new(DataKinds.Credential), "パスワード pw ﾊﾟｽﾜｰﾄﾞ 暗証番号 初期パスワード 仮パスワード ログインパスワード パスコード 認証キー 秘密の質問 合言葉 セキュリティコード apiキー アクセスキー シークレットキー 秘密鍵 トークン");
        Add(new(DataKinds.PersonId), "会員番号 会員no 会員id 顧客番号 顧客no 顧客コード 顧客id お客様番号 お客様コード お客様id 社員番号 社員no 社員コード 社員id 職員番号 従業員番号 従業員コード 学籍番号 学生番号 生徒番号 出席番号 受験番号 患者id 患者番号 患者no カルテ番号 カルテno 診察券番号 受講番号 受講者番号 利用者番号 利用者id 登録番号 "
            + "ユーザーid ユーザid ログインid アカウント アカウントid id 契約者番号 契約番号 証券番号 整理番号 加入者番号 受付番号 管理番号 基礎年金番号 年金番号 応募番号 申込番号 個人id 個人コード マイページid");
        Add(new(DataKinds.Company), "会社名 会社 御社名 貴社名 法人名 団体名 団体 企業名 企業 事業者名 事業者 業者名 業者 店舗名 店名 店舗 支店名 営業所 営業所名 施設名 学校名 学校 校名 病院名 医療機関名 医療機関 勤務先 勤務先名 所属 所属先 所属団体 組織名 屋号 社名 商号 発電所 発電所名 プラント名 事業所 事業所名 加盟店名 取引先会社名 所属会社 派遣先 就業先 "
            + "学校名等 出身校 大学名 在籍校 幼稚園名 チーム名 チーム クラブ名 発行元 出版社 メーカー メーカー名 仕入先 仕入先名 ブランド ブランド名 機関名 金融機関名 銀行名 所属名 会社名団体名 協力会社 園名 発注元 発注先");
        Add(new(DataKinds.Occupation), "部署役職 役職部署 所属部署役職 所属役職 部署名役職 部署名役職名 会社名部署 職業勤務先 職業 役職 役職名 肩書 肩書き 部署 部署名 所属部署 部課名 部門 職種 職歴 希望職種 経歴 学歴 職務経歴 業種 学年 クラス 組 学部 学科 専攻 学級 年組 ご職業 職位 資格 等級 雇用形態 所属課 課名 班 志望 志望先 志望動機");
        Add(new(DataKinds.Other), "備考 メモ コメント 特記事項 趣味 回答 アンケート回答 ご意見 意見 感想 サイズ ウェアサイズ 靴サイズ 服のサイズ シューズサイズ 身長 体重 参加理由 志望理由 応募動機 動機 続柄 国籍 血縁 家族構成 世帯人数 結婚 婚姻 入社日 入社年月日 入会日 登録日 退職日 採用日 出欠 参加 出席 希望 希望日 要望 ご要望 点数 得点 成績 評価 順位 "
            + "ポイント 会員ランク ランク 購入履歴 応募回数 点 摘要 問い合わせ内容 問合せ内容 お問い合わせ内容 相談内容 面談内容 有効期限 カード有効期限 車番 車両番号 ナンバー 喫煙 内定 合否 結果 状況 勤続年数 欠席 遅刻 出席日数 面談日 予約日 予約日時 来店日 申込日 受付日 配布 当日連絡");
        Add(new(None), "用語 語句 単語 語 言葉 見出し 意味 読み方 no 番号 項番 連番 # № 行 行番号 通番 順番 商品名 商品 品名 品番 型番 型式 品目 製品名 製品 商品コード 製品コード jan janコード sku 数量 数 個数 単価 価格 定価 金額 小計 合計 総計 税込 税抜 税込金額 税込価格 消費税 請求額 請求金額 納期 納期日 工期 工程 発注日 受注日 注文日 注文番号 受注番号 伝票番号 請求番号 請求書番号 管理no 日付 日時 年月日 "
            + "時刻 時間 曜日 件名 題名 タイトル 案件名 プロジェクト名 ファイル名 作業名 作業内容 作業 工事名 物件名 区分 種別 種類 分類 カテゴリ カテゴリー コード 単位 規格 仕様 在庫 在庫数 売上 売上高 売上金額 売上額 前年比 構成比 比率 率 割合 県 地域 エリア url ホームページ hp webサイト サイト 場所 会場 住所コード 重量 寸法 色 カラー 原価 粗利 利益 部数 件数 人数 "
            + "駅名 路線 最寄駅 最寄り駅 営業時間 定休日 開店日 面積 試合 対戦 勝 敗 分 勝点 得失点 得失点差 回 打率 記録 タイム レーン 選択肢 設問 項目 項目名 内容 説明 概要 詳細 フラグ ステータス 状態 進捗 期限 優先度 ログ イベント 発送日 出荷日 配送日 配送方法 支払方法 決済方法 支払日 振込日 数量単位 発電量 電力量 容量 出力 図書名 書名 本 曲名 アルバム 作品名 科目 勘定科目 借方 貸方 "
            + "期間 年度 月 年 日 時 週 ip ipアドレス ホスト名 サーバ名 サーバー名 機器名 機種 機種名 バージョン 部品名 部品番号 材料 原材料 産地 賞味期限 入庫 出庫 棚番 ロット ロット番号 シリアル番号 製造番号 株価 銘柄 銘柄名 銘柄コード 業種名 資本金 従業員数 設立 設立年 変動 講座名 コース名 コース 会議名 議題 行事 行事名 大会名 種目 種目名 部 課題 型 様式 用途 検査項目 基準値 地点id 地点番号 供給地点特定番号 供給地点番号 計器番号");
        return words.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(ColumnMeaning meaning, string list)
        {
            foreach (var word in list.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                words.TryAdd(word, meaning);
            }
        }
    }
}
