using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>Files of people who build and measure: pictures, signed reports, source code, logs, long numbers.</summary>
internal static class Technical
{
    public static IEnumerable<RightCase> Cases() => [.. Pictures(), .. Signed(), .. Source(), .. Logs(), .. Measurements(), .. Slips()];

    private static IEnumerable<RightCase> Pictures()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("pictures", n, mix: AudienceMix.OneEach, english: n == 4);
            yield return desk.To(desk.First, desk.English ? "Photos" : "現場の写真", desk.English ? "Please find attached the photos of the site." : "現場の写真を添付いたします。",
                [.. Enumerable.Range(1, n).Select(i => Papers.Picture(desk.English ? $"IMG_{1000 + i}.png" : $"現場写真{i}.png", 10 * n + i))]).Done();
        }
    }

    private static IEnumerable<RightCase> Signed()
    {
        for (var n = 1; n <= 3; n++)
        {
            var desk = new Desk("signed-report", n, mix: AudienceMix.OneEach);
            var report = Papers.Pdf("報告書", ["調査報告書", "1. 目的 橋の点検", "2. 結果 異常なし", "3. 所見 次回は5年後でよい", $"作成：{desk.Firm}"]);
            yield return desk.Send([desk.First.Address], desk.Box(desk.First), "調査報告書", () => SignedBody(desk, report)).Done();
        }
    }

    // S/MIME, RFC 8551: what is signed stands in the clear, the signature is a part of its own.
    private static MailBody SignedBody(Desk desk, MailFile report)
    {
        var inner = MailBody.Create(desk.Letter(desk.First, "調査報告書を添付いたします。"), desk.Style, report);
        var signature = new byte[700];
        new Random(desk.Number).NextBytes(signature);
        ReadOnlySpan<byte> start = [0x30, 0x82, 0x02, 0xB8, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
        start.CopyTo(signature);
        using var all = new MemoryStream();
        all.Write(Encoding.ASCII.GetBytes($"--=_signed\r\n{inner.Fields.Replace("MIME-Version: 1.0\r\n", "", StringComparison.Ordinal)}\r\n"));
        all.Write(inner.Bytes);
        all.Write(Encoding.ASCII.GetBytes("\r\n--=_signed\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n"
            + Convert.ToBase64String(signature, Base64FormattingOptions.InsertLineBreaks) + "\r\n--=_signed--\r\n"));
        return MailBody.Of("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256;\r\n boundary=\"=_signed\"\r\n", all.ToArray());
    }

    private static IEnumerable<RightCase> Source()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("source", n, mix: AudienceMix.OneEach, english: n > 2);
            var code = new StringBuilder("# Reads the configuration\nimport sys\n\n@dataclass\nclass Config:\n    host: str = \"localhost\"\n    port: int = 8080\n\n");
            for (var i = 0; i < 200; i++)
            {
                code.Append(CultureInfo.InvariantCulture, $"@route(\"/page/{i}\")\ndef page_{i}(request):\n    return render(request, \"page{i}.html\", {{\"id\": {1_000_000_007L * (i + 1)}}})\n\n");
            }

            (string, byte[])[] files = [("src/app.py", Encoding.ASCII.GetBytes(code.ToString())), ("README.md", "# Demo\n\nRun `make`.\n"u8.ToArray()), ("src/style.css", "@media print { a { color: #123456 } }\n"u8.ToArray())];
            yield return desk.To(desk.First, desk.English ? "Source code" : "ソースコード", desk.English ? "I have attached the source code." : "ソースコード一式を添付いたします。",
                n % 2 == 0 ? new MailFile("demo.tar.gz", "application/gzip", TarGzWriter.Write(files)) : new MailFile("demo.zip", "application/zip", ZipWriter.Write(shiftJisNames: false, files))).Done();
        }
    }

    private static IEnumerable<RightCase> Logs()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("log", n, mix: AudienceMix.OneEach, english: n == 4);
            var log = new StringBuilder();
            for (var i = 0; i < 500 * n; i++)
            {
                log.Append(CultureInfo.InvariantCulture, $"2024-06-03T{i / 3600 % 24:D2}:{i / 60 % 60:D2}:{i % 60:D2}.{i % 1000:D3}+09:00 srv{i % 4} INFO [req-{i * 2_654_435_761L % 9_999_999_999:D10}] 192.0.2.{i % 250} GET /item/{i} 200 {i % 900}ms\r\n");
            }

            yield return desk.To(desk.First, desk.English ? "Log" : "ログの送付", desk.English ? "The log is attached." : "ご依頼のログを添付いたします。", new MailFile("server.log", "text/plain", Encoding.ASCII.GetBytes(log.ToString()))).Done();
        }
    }

    private static IEnumerable<RightCase> Measurements()
    {
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("measurements", n, mix: AudienceMix.OneEach, english: n > 4);
            var random = new Random(100 + n);
            // Ticks of 18 digits, counters of 13 to 17: one in ten of any long number passes a check digit.
            var sheet = new Sheet("測定値", [["時刻(tick)", "センサー", "計数", "累積", "電圧", "温度"], .. Enumerable.Range(0, 800).Select(i => (IReadOnlyList<string>)
            [
                $"{638_530_000_000_000_000L + i * 10_000_000L + random.Next(9_999_999)}", $"S{i % 12:D2}", $"{random.NextInt64(1_000_000_000_000, 9_999_999_999_999)}", $"{7_000_000_000_000_000L + i * 123_456_789L}", $"{3 + random.NextDouble():F4}", $"{20 + random.NextDouble() * 9:F2}",
            ])]);
            yield return desk.To(desk.First, desk.English ? "Measurements" : "測定データ", desk.English ? "I have attached the measurements." : "測定データを添付いたします。", Papers.List(n, "測定データ", sheet, desk.Style)).Done();
        }
    }

    // Parcel numbers have twelve digits, as the number of a person has.
    private static IEnumerable<RightCase> Slips()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("parcels", n, mix: AudienceMix.OneEach);
            var random = new Random(200 + n);
            var sheet = new Sheet("出荷一覧", [["出荷日", "送り状番号", "品名", "個数"], .. Enumerable.Range(0, 60 * n).Select(i => (IReadOnlyList<string>)["2024/6/3", Slip(random), $"部品{(char)('A' + i % 26)}", $"{i % 9 + 1}"])]);
            yield return desk.To(desk.First, "出荷のお知らせ", $"本日出荷しました。送り状番号の一覧を添付いたします。\n代表の送り状番号：{Slip(random)}", Papers.List(n, "出荷一覧", sheet, desk.Style)).Done();
        }
    }

    // Eleven digits and the rest of their division by seven.
    private static string Slip(Random random)
    {
        var number = random.NextInt64(10_000_000_000, 99_999_999_999);
        return $"{number}{number % 7}";
    }
}
