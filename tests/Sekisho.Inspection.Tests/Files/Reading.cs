using System.IO.Compression;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>Files made by the tests and what is read of them.</summary>
internal static class Reading
{
    static Reading() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Cp932 => Encoding.GetEncoding(932);

    public static Encoding EucJp => Encoding.GetEncoding(51932);

    public static Encoding Jis => Encoding.GetEncoding(50220);

    public static IReadOnlyList<InspectedFile> All(string name, byte[] bytes, InspectionServices? services = null, CancellationToken cancel = default)
        => FileReader.Read(name, bytes, services ?? InspectionServices.None, cancel);

    public static InspectedFile One(string name, byte[] bytes, InspectionServices? services = null) => All(name, bytes, services)[0];

    public static InspectedFile One(string name, string text) => One(name, Encoding.UTF8.GetBytes(text));

    public static string[][] Rows(this InspectedFile file, int table = 0)
        => [.. file.Contents.OfType<TableContent>().ElementAt(table).Rows.Select(r => r.ToArray())];

    public static string Text(this InspectedFile file) => string.Join('\n', file.Contents.OfType<TextContent>().Select(t => t.Text));

    public static string[] Measures(this InspectedFile file) => [.. file.Troubles.Select(t => t.Measure).Distinct()];

    public static string[] AllMeasures(this IEnumerable<InspectedFile> files) => [.. files.SelectMany(f => f.Troubles).Select(t => t.Measure).Distinct()];

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    public static MimeMessage Mail(string header, byte[] body, string encoding = "base64")
        => MimeMessage.Parse(Encoding.Latin1.GetBytes(
            $"From: sender@home.example\r\nTo: taro@client.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\n"
            + header.ReplaceLineEndings("\r\n") + $"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
            + (encoding == "base64" ? Convert.ToBase64String(body, Base64FormattingOptions.InsertLineBreaks) : Encoding.Latin1.GetString(body)) + "\r\n--b--\r\n"));
}
