using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Whose records a table holds, where it holds any that are nobody else's business.</summary>
/// <param name="Table">The table.</param>
/// <param name="Header">Header of the column that names the owner, as written; may be empty.</param>
/// <param name="Owners">Records by owner: <see cref="CompanyName.Key"/>, folded name, or domain.</param>
internal sealed record RecordOwners(RecordTable Table, string Header, IReadOnlyDictionary<string, int> Owners)
{
    /// <summary>Owners told apart; beyond, another one more or less changes nothing.</summary>
    private const int MaxOwners = 20_000;

    private const int MaxRows = 500_000;

    /// <summary>Ends of headers of columns that say to whom a record belongs: somebody we deal with, each for himself.</summary>
    private static readonly string[] _customers =
    [
        "契約者", "契約者名", "契約者名称", "契約先", "契約先名", "取引先", "取引先名", "取引先名称", "得意先", "得意先名", "顧客", "顧客名", "顧客名称", "お客様", "お客様名", "お客さま名", "客先", "客先名", "債務者", "債務者名",
        "債権者", "融資先", "融資先名", "貸出先", "請求先", "請求先名", "納入先", "納入先名", "発電者", "発電者名", "発電事業者", "発電事業者名", "事業者名", "需要家", "需要家名", "加盟店", "加盟店名", "加入者", "加入者名",
        "支払先", "支払先名", "振込先", "委託先", "申込者", "申込者名", "申請者", "注文者", "注文者名", "購入者", "購入者名", "依頼主", "荷受人", "ご依頼主", "宛名", "名宛人", "口座名義", "名義人",
        "customer", "customername", "client", "clientname", "contractor", "contractorname", "accountname", "accountholder", "borrower", "debtor", "creditor", "subscriber", "tenant", "producer", "supplier", "vendor", "payee",
        "buyer", "purchaser", "consignee",
    ];

    /// <summary>The same for plain names of firms, which public lists have too.</summary>
    private static readonly string[] _companies =
        ["会社名", "企業名", "法人名", "社名", "貴社名", "御社名", "団体名", "事業所名", "商号", "屋号", "company", "companyname", "organization", "organisation", "organizationname", "firm", "corporation", "ドメイン", "domain", "domainname"];

    /// <summary>Parts of headers that stand over what only the two sides of a business know.</summary>
    private static readonly SearchValues<string> _secret = SearchValues.Create(
    [
        "契約番号", "契約no", "契約id", "契約電力", "契約容量", "契約金額", "顧客番号", "顧客no", "顧客コード", "顧客id", "お客様番号", "お客さま番号", "会員番号", "会員id", "取引先コード", "取引先番号", "得意先コード", "地点番号", "地点特定",
        "地点id", "受電地点", "供給地点", "受給", "計器番号", "発電所", "設備id", "設備番号", "口座", "預金", "残高", "融資", "貸出", "借入", "与信", "延滞", "未収", "未払", "売掛", "買掛", "債権", "債務", "担保", "請求額", "請求金額",
        "支払額", "支払金額", "入金", "取引額", "取引金額", "取引高", "仕切", "粗利", "注文番号", "注文no", "受注", "発注", "申込番号", "受付番号", "使用量", "買取", "保険証券", "証券番号", "パスワード", "暗証", "評価額", "格付",
        "customerno", "customerid", "customernumber", "accountno", "accountnumber", "accountid", "contractno", "contractid", "contractnumber", "pointid", "plant", "balance", "loan", "credit", "deposit", "orderno", "orderid",
        "ordernumber", "invoiceamount", "amountdue", "password", "policyno", "policynumber", "meterno", "meterid", "memberid", "memberno",
    ], StringComparison.Ordinal);

    /// <summary>What is public of listed companies, and secret of customers.</summary>
    private static readonly SearchValues<string> _money = SearchValues.Create(["売上", "年商", "利益", "金額", "sales", "revenue", "amount", "turnover", "profit", "所得", "収入"], StringComparison.Ordinal);

    /// <summary>Kinds that are secret whatever the header says.</summary>
    private const DataKinds SecretKinds = DataKinds.BankAccount | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Credential | DataKinds.HealthInsurance | DataKinds.Medical | DataKinds.PersonId;

    /// <summary>The sheet's records below the first of its upper rows that is a header and names an owner; null where none does.</summary>
    public static RecordTable? HeadedTable(string file, TableContent sheet)
    {
        const int UpperRows = 12;
        const int MaxColumns = 300;
        for (var r = 0; r < Math.Min(UpperRows, sheet.Rows.Count - 1); r++)
        {
            var row = sheet.Rows[r];
            var cells = row.Take(MaxColumns).Where(c => c.Length > 0).ToList();
            if (cells.Count < 2 || cells.Exists(c => c.Length > 60) || !cells.Exists(c => Fold(c) is var header && (Is(header, _customers) || Is(header, _companies))))
            {
                continue;
            }

            // A value may end like a header ("みなと取引先"): a header row has no numbers.
            if (!cells.Exists(c => c.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0))
            {
                return new RecordTable(file, sheet.Place, [.. row.Take(MaxColumns).Select(c => new RecordColumn(c, DataKinds.None))], new Below(sheet.Rows, r + 1));
            }
        }

        return null;
    }

    /// <summary>Owners of the table's records; null where none are named, or nothing in it is secret.</summary>
    public static RecordOwners? Of(RecordTable table, CancellationToken cancel)
    {
        if (table.Columns.Count < 2 || table.Rows.Count == 0 || (table.Columns[0].Kind != DataKinds.Company && table.Columns.All(static c => c.Header.Length == 0)))
        {
            return null;
        }

        var headers = table.Columns.Select(c => Fold(c.Header)).ToList();
        var customer = headers.FindIndex(h => Is(h, _customers));
        var company = headers.FindIndex(h => Is(h, _companies));
        if (company < 0)
        {
            company = headers.FindIndex(h => h.Length == 0) is var bare && bare >= 0 && table.Columns[bare].Kind == DataKinds.Company ? bare : -1;
        }

        var owner = customer >= 0 ? customer : company;
        if (owner < 0 || !IsSecret(table, headers, owner, customer >= 0))
        {
            return null;
        }

        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(table.Rows.Count, MaxRows); i++)
        {
            if ((i & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var row = table.Rows[i];
            var key = owner < row.Count ? KeyOf(row[owner]) : "";
            if (key.Length > 0 && key is not ("合計" or "計" or "小計" or "総計" or "total" or "subtotal") && (owners.Count < MaxOwners || owners.ContainsKey(key)))
            {
                owners[key] = owners.GetValueOrDefault(key) + 1;
            }
        }

        return owners.Count == 0 ? null : new RecordOwners(table, table.Columns[owner].Header, owners);
    }

    /// <summary>How an owner is compared: a company by its name without legal form, a person by his name without blanks, an address or site by its domain.</summary>
    public static string KeyOf(string value)
    {
        if (value.Length is 0 or > 200)
        {
            return "";
        }

        var at = value.LastIndexOf('@');
        var text = at >= 0 ? value[(at + 1)..] : value;
        foreach (var honorific in (ReadOnlySpan<string>)["御中", "様", "殿"])
        {
            text = text.EndsWith(honorific, StringComparison.Ordinal) ? text[..^honorific.Length] : text;
        }

        return string.Concat(CompanyName.Key(text).Select(KanjiForms.Fold));
    }

    private static bool IsSecret(RecordTable table, List<string> headers, int owner, bool customers)
    {
        var secret = false;
        var money = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            if (i == owner)
            {
                continue;
            }

            secret |= headers[i].AsSpan().ContainsAny(_secret) || (table.Columns[i].Kind & SecretKinds) != 0 || (customers && (table.Columns[i].Kind & DataKinds.Money) != 0);
            money += headers[i].AsSpan().ContainsAny(_money) ? 1 : 0;
        }

        // Sales and profits of firms stand in every newspaper; of customers they do not.
        return secret || (customers && money > 0);
    }

    private static bool Is(string header, string[] words)
    {
        foreach (var word in words)
        {
            if (header == word || (header.Length <= word.Length + 4 && word[0] > '\u2E80' && header.EndsWith(word, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Fold(string header)
    {
        var folded = TextFolding.ForSearch(header.Length > 60 ? header[..60] : header);
        var open = folded.AsSpan().IndexOfAny("(（");
        return string.Concat((open > 0 ? folded[..open] : folded).Where(c => char.IsLetterOrDigit(c) || c == 'ー'));
    }

    /// <summary>The rows from one on, without a copy.</summary>
    private sealed class Below(IReadOnlyList<IReadOnlyList<string>> rows, int from) : IReadOnlyList<IReadOnlyList<string>>
    {
        public int Count => rows.Count - from;

        public IReadOnlyList<string> this[int index] => rows[index + from];

        public IEnumerator<IReadOnlyList<string>> GetEnumerator() => rows.Skip(from).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
