using System.Diagnostics;
using System.Security.Cryptography;

namespace Sekisho.Bench.Persons;

/// <summary>
/// Lets LibreOffice and 7-Zip write the formats that are theirs. What was converted is kept under the content of its source, so a second
/// run of a seed starts no program.
/// </summary>
internal sealed class Converter(string cache, Action<string> say)
{
    private const int Batch = 40;

    private static readonly Dictionary<string, string> s_filters = new()
    {
        ["xlsx"] = "xlsx:Calc MS Excel 2007 XML", ["xls"] = "xls:MS Excel 97", ["ods"] = "ods:calc8", ["odt"] = "odt:writer8", ["rtf"] = "rtf:Rich Text Format", ["doc"] = "doc:MS Word 97", ["ppt"] = "ppt:MS PowerPoint 97",
    };

    /// <summary>The bytes of each file as they are attached; files no program could write are absent.</summary>
    public IReadOnlyDictionary<int, byte[]> Bytes(IReadOnlyList<CorpusFile> files)
    {
        Directory.CreateDirectory(cache);
        var missing = files.Where(f => f.ConvertTo.Length > 0 && !File.Exists(Kept(f))).ToArray();
        foreach (var group in missing.GroupBy(f => (f.ConvertTo, Source: Source(f))))
        {
            foreach (var batch in group.Chunk(Batch))
            {
                say($"writing {batch.Length} {group.Key.ConvertTo}");
                if (group.Key.ConvertTo == "7z")
                    Array.ForEach(batch, Pack);
                else
                    Office(batch, group.Key.Source);
            }
        }

        return files.Where(f => f.ConvertTo.Length == 0 || File.Exists(Kept(f))).ToDictionary(f => f.Index, f => f.ConvertTo.Length == 0 ? f.Bytes : File.ReadAllBytes(Kept(f)));
    }

    private string Kept(CorpusFile file) => Path.Combine(cache, $"{Convert.ToHexStringLower(SHA256.HashData([.. file.Bytes, .. System.Text.Encoding.ASCII.GetBytes(file.Format)]))[..40]}.{file.ConvertTo}");

    private static string Source(CorpusFile file) => file.Format switch
    {
        "xlsx (LibreOffice)" or "xls" or "ods" or "pdf (sheet)" => "xlsx",
        "ppt" => "pptx",
        _ => "docx",
    };

    private void Office(CorpusFile[] batch, string source)
    {
        var folder = Directory.CreateTempSubdirectory("persons-");
        try
        {
            foreach (var file in batch)
                File.WriteAllBytes(Path.Combine(folder.FullName, $"{file.Index}.{source}"), file.Bytes);
            var to = batch[0].ConvertTo;
            var filter = to == "pdf" ? source == "xlsx" ? "pdf:calc_pdf_Export" : "pdf:writer_pdf_Export" : s_filters[to];
            var output = Path.Combine(folder.FullName, "out");
            Run("soffice", folder.FullName, ["--headless", "--norestore", $"-env:UserInstallation=file://{folder.FullName}/profile", "--convert-to", filter, "--outdir", output, .. batch.Select(f => $"{f.Index}.{source}")]);
            foreach (var file in batch)
            {
                var made = Path.Combine(output, $"{file.Index}.{to}");
                if (File.Exists(made))
                    File.Move(made, Kept(file), overwrite: true);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Pack(CorpusFile file)
    {
        var folder = Directory.CreateTempSubdirectory("persons-");
        try
        {
            var inner = Path.GetFileNameWithoutExtension(file.Name);
            File.WriteAllBytes(Path.Combine(folder.FullName, inner), file.Bytes);
            Run("7z", folder.FullName, ["a", "-bd", "-y", "out.7z", inner]);
            File.Move(Path.Combine(folder.FullName, "out.7z"), Kept(file), overwrite: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Run(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            say($"{program} ended with {process.ExitCode}: {errors.Trim()}");
    }
}
