using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>Invented personal data, one row a person. Every row begins with the person's record number, by which it is recognised in what left.</summary>
internal static class Rows
{
    private static readonly string[] s_places = ["東京都千代田区架空町", "大阪府大阪市北区仮想", "愛知県名古屋市中区見本", "福岡県福岡市博多区例示", "北海道札幌市中央区架空", "宮城県仙台市青葉区仮想"];

    private static readonly string[] s_jobs = ["看護師", "薬剤師", "事務", "営業", "溶接工", "電気工事士", "教員", "保育士"];

    public static string Postal(Person person) => $"{s_places[person.Index % s_places.Length]}{person.Index % 9 + 1}-{person.Index % 27 + 1}-{person.Index % 14 + 1}";

    /// <summary>The file of an incident's columns: CSV in the encoding that a spreadsheet of the time writes.</summary>
    public static MailFile Csv(string name, IReadOnlyList<string> columns, IReadOnlyList<Person> people, MailStyle style)
    {
        var text = Table(columns, people, ',', "\r\n");
        return style == MailStyle.Iso2022Jp
            ? new MailFile(name, "text/csv; charset=Shift_JIS", MailText.ShiftJis(text))
            : new MailFile(name, "text/csv; charset=UTF-8", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>The same as lines.</summary>
    public static string Table(IReadOnlyList<string> columns, IReadOnlyList<Person> people, char separator, string lineEnd)
    {
        var text = new StringBuilder("No").Append(separator).AppendJoin(separator, columns).Append(lineEnd);
        foreach (var person in people)
        {
            text.Append(person.Record);
            foreach (var column in columns)
            {
                text.Append(separator).Append(Value(column, person));
            }

            text.Append(lineEnd);
        }

        return text.ToString();
    }

    /// <summary>A document of one page as PDF 1.4, its text uncompressed.</summary>
    public static MailFile Pdf(string name, IEnumerable<string> lines)
    {
        var content = "BT /F1 11 Tf 60 780 Td 16 TL " + string.Concat(lines.Select(l =>
            $"({l.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj T* ")) + "ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(o => pdf.Append(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return new MailFile(name, "application/pdf", Encoding.ASCII.GetBytes(pdf.ToString()));
    }

    private static string Value(string column, Person person)
    {
        var i = person.Index;
        return column switch
        {
            "name" or "customer_name" or "pupil_name" or "guardian" => person.Name,
            "contractor" => $"株式会社見本発電{i % 109 + 1}",
            "email" => person.Address,
            "address" or "site_address" or "point_address" => Postal(person),
            "municipality" => s_places[i % s_places.Length],
            "phone" or "emergency_contact" => $"090-0000-{i % 10000:D4}",
            "age" => $"{20 + i % 50}",
            "birthdate" => $"{1950 + i % 45}/{i % 12 + 1}/{i % 28 + 1}",
            "gender" => i % 2 == 0 ? "男" : "女",
            "title" => person.Title.Length == 0 ? "担当" : person.Title,
            "occupation" or "desired_job" or "industry" => s_jobs[i % s_jobs.Length],
            "job_history" => $"{s_jobs[(i + 3) % s_jobs.Length]} {i % 20 + 1}年",
            "treatment" => i % 3 == 0 ? "心臓カテーテル検査" : "心エコー検査",
            "card_number" => i % 9493 < 9489 ? TestCard(i) : "",
            "card_expiry" => $"{i % 12 + 1:D2}/{i % 5 + 6:D2}",
            "customer_no" or "point_id" or "order_no" => $"{10_000_000 + i}",
            "sales" or "loan_balance" or "loan_amount" or "deposit_balance" => $"{(i * 7919L % 90_000 + 1000) * 1000}",
            "transactions" => $"{i % 17 + 1}",
            "plant" => $"見本第{i + 1}発電所",
            "product" => $"型式{(char)('A' + i % 6)}-{i % 40}",
            "schedule" => $"{i % 12 + 1}月着工",
            "wear_size" => "SML"[i % 3].ToString(),
            "shoe_size" => $"{22 + i % 7}.{i % 2 * 5}",
            "motivation" or "survey_answer" => i % 2 == 0 ? "興味があるため" : "知人にすすめられて",
            "password" => $"pw{Cast.Seed(person.Record):x8}",
            _ => "－",
        };
    }

    /// <summary>A card number of a test range, right by its check digit (Luhn).</summary>
    internal static string TestCard(int index)
    {
        var digits = $"411111{index:D9}";
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[digits.Length - 1 - i] - '0';
            sum += i % 2 == 0 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : d;
        }

        return digits + ((10 - sum % 10) % 10);
    }
}
