using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sekisho.Bench.Persons;

/// <summary>Formats that are text, mails and archives.</summary>
internal static class TextWriters
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
    private static readonly JsonSerializerOptions s_escaped = new() { WriteIndented = false };

    static TextWriters() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Values with a separator, quoted where needed.</summary>
    public static string Delimited(Document document, char separator, Dice dice)
    {
        var always = dice.Chance(25);
        var end = dice.Of("\r\n", "\r\n", "\n");
        var text = new StringBuilder();
        foreach (var row in document.Sheets[0].Grid.Rows)
        {
            for (var i = 0; i < row.Count; i++)
            {
                var value = row[i].Text;
                if (i > 0)
                    text.Append(separator);
                if (always || value.AsSpan().IndexOfAny(separator, '"', '\n') >= 0)
                    text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
                else
                    text.Append(value);
            }

            text.Append(end);
        }

        return text.ToString();
    }

    /// <summary>Paragraphs as lines; tables with tabs, or in columns filled up with spaces.</summary>
    public static string Text(IReadOnlyList<Block> blocks, Dice dice)
    {
        var aligned = dice.Chance(50);
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            if (block.Table is not { } grid)
            {
                text.Append(block.Text).Append('\n');
                continue;
            }

            var widths = new int[grid.Width];
            foreach (var row in grid.Rows)
            {
                for (var i = 0; i < row.Count; i++)
                    widths[i] = Math.Max(widths[i], Grid.TextWidth(Line(row[i])));
            }

            foreach (var row in grid.Rows)
            {
                for (var i = 0; i < row.Count; i++)
                {
                    var value = Line(row[i]);
                    text.Append(value).Append(aligned ? new string(' ', i == row.Count - 1 ? 0 : widths[i] - Grid.TextWidth(value) + 2) : i == row.Count - 1 ? "" : "\t");
                }

                text.Append('\n');
            }
        }

        return text.ToString().Replace("\n", dice.Of("\r\n", "\n"), StringComparison.Ordinal);
    }

    private static string Line(Cell cell) => cell.Text.Replace('\n', ' ');

    /// <summary>The text in the encoding, or in UTF-8 with a mark where that encoding lacks a character.</summary>
    public static byte[] Encode(string text, string encoding)
    {
        var how = encoding switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(false, true),
            "sjis" => Encoding.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback),
            "euc-jp" => Encoding.GetEncoding(51932, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback),
            "iso-2022-jp" => Encoding.GetEncoding(50220, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, null),
        };
        byte[] body;
        try
        {
            body = how.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return Encode(text, "utf-8-bom");
        }

        // The legacy encoders have answered a question mark for what they lack: then the file would not hold what its truth says.
        return how is UTF8Encoding or UnicodeEncoding || how.GetString(body) == text ? [.. how.GetPreamble(), .. body] : Encode(text, "utf-8-bom");
    }

    /// <summary>A web page.</summary>
    public static string Html(IReadOnlyList<Block> blocks, Dice dice)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>page</title><style>td{border:1px solid #999}</style></head>\n<body>\n");
        var head = dice.Chance(60);
        foreach (var block in blocks)
        {
            if (block.Table is not { } grid)
            {
                text.Append(CultureInfo.InvariantCulture, $"<p>{Escape(block.Text!)}</p>\n");
                continue;
            }

            text.Append("<table>\n");
            foreach (var (r, row) in grid.Rows.Index())
            {
                var tag = r == 0 && head ? "th" : "td";
                text.Append("<tr>");
                for (var c = 0; c < row.Count; c++)
                {
                    var merge = grid.MergeAt(r, c);
                    if (merge.Row >= 0 && (r > merge.Row || c > merge.Column))
                        continue;
                    var span = merge.Row < 0 ? "" : $" rowspan=\"{merge.LastRow - merge.Row + 1}\" colspan=\"{merge.LastColumn - merge.Column + 1}\"";
                    text.Append(CultureInfo.InvariantCulture, $"<{tag}{span}>{Escape(row[c].Text)}</{tag}>");
                }

                text.Append("</tr>\n");
            }

            text.Append("</table>\n");
        }

        return text.Append("</body></html>\n").ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>An array of objects, keys as a program or as a person names them.</summary>
    public static string Json(Document document, Dice dice)
    {
        var columns = document.Columns;
        var english = dice.Chance(50);
        var keys = columns.Select(c => english ? Key(c) : c.Headers[0]).ToArray();
        var records = document.Persons.Select(p =>
        {
            var record = new Dictionary<string, string>();
            for (var i = 0; i < columns.Count; i++)
                record[keys[i]] = columns[i].Value(p, document.Style!);
            return record;
        }).ToArray();
        var options = dice.Chance(70) ? s_plain : s_escaped;
        return dice.Chance(50) ? JsonSerializer.Serialize(records, options) : JsonSerializer.Serialize(new { total = records.Length, items = records }, options);
    }

    private static string Key(Column column) => column.Key switch
    {
        "member" => "memberId", "birth" => "birthDate", "family" => "lastName", "given" => "firstName", "roman" => "name", "card" => "cardNumber", "mynumber" => "myNumber", "account" => "bankAccount",
        "passport" => "passportNumber", "licence" => "licenseNumber", "insurance" => "insuranceNumber", "illness" => "diagnosis", var key => key,
    };

    /// <summary>Contact cards.</summary>
    public static string VCards(IReadOnlyList<Person> persons, Dice dice)
    {
        var text = new StringBuilder();
        var old = dice.Chance(30);
        foreach (var p in persons)
        {
            text.Append("BEGIN:VCARD\r\nVERSION:").Append(old ? "2.1" : "3.0").Append("\r\n");
            text.Append(CultureInfo.InvariantCulture, $"N{(old ? ";CHARSET=UTF-8" : "")}:{p.Family};{p.Given};;;\r\nFN{(old ? ";CHARSET=UTF-8" : "")}:{p.Family} {p.Given}\r\n");
            text.Append(CultureInfo.InvariantCulture, $"TEL;{(old ? "CELL" : "TYPE=CELL")}:{p.Mobile.A}-{p.Mobile.B}-{p.Mobile.C}\r\nEMAIL;{(old ? "INTERNET" : "TYPE=INTERNET")}:{p.Email}\r\n");
            text.Append(CultureInfo.InvariantCulture, $"ADR;{(old ? "HOME;CHARSET=UTF-8" : "TYPE=HOME")}:;;{p.Street};{p.City};{p.Prefecture};{p.Postcode};日本\r\nEND:VCARD\r\n");
        }

        return text.ToString();
    }

    /// <summary>A mail from a role address with the file attached.</summary>
    public static byte[] Mail(string name, byte[] file, string type, Dice dice)
    {
        var boundary = $"=_{dice.Digits(12)}";
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes("添付のとおりお送りします。\r\nご確認ください。\r\n"));
        return Encoding.ASCII.GetBytes($"""
            From: info@example.co.jp
            To: office@example.com
            Subject: =?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("送付の件"))}?=
            Date: Mon, 3 Jun 2024 10:00:00 +0900
            Message-ID: <{dice.Digits(10)}@example.co.jp>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="{boundary}"

            --{boundary}
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            {text}
            --{boundary}
            Content-Type: {type}; name="=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}?="
            Content-Disposition: attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}
            --{boundary}--

            """.ReplaceLineEndings("\r\n"));
    }

    /// <summary>A zip of it, in a folder, beside another file or not; again a zip of that, or not.</summary>
    public static byte[] Zip(string name, byte[] file, Dice dice)
    {
        var bytes = One($"{dice.Of("", "2024/", "資料/")}{name}", file, dice.Chance(40));
        return dice.Chance(40) ? One("送付分.zip", bytes, false) : bytes;
    }

    private static byte[] One(string name, byte[] file, bool note)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, name, file);
            if (note)
                Put(zip, "readme.txt", Encoding.UTF8.GetBytes("資料一式です。\r\n"));
        }

        return stream.ToArray();
    }

    private static void Put(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(2024, 6, 3, 10, 0, 0, TimeSpan.Zero);
        using var to = entry.Open();
        to.Write(bytes);
    }
}
