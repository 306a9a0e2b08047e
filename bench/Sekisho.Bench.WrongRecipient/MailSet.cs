using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>Reads mbox files into mails in date order.</summary>
internal static class MailSet
{
    private static readonly byte[] _from = "From "u8.ToArray();

    /// <summary>
    /// Fields the archive's makers added: the names they hold are of the true recipients only, so that a planted one would stand out by their lack. The Bcc of this
    /// corpus repeats the Cc.
    /// </summary>
    private static readonly string[] _notOfTheMail = ["X-From:", "X-To:", "X-cc:", "X-bcc:", "X-Folder:", "X-Origin:", "X-FileName:", "Bcc:"];

    /// <summary>Every mail of the files that has an author and somebody else as recipient, in date order; ties as they stand in the files.</summary>
    public static IReadOnlyList<SentMail> Read(IReadOnlyList<string> paths, string? inside, Action<string> say, out IOrganisation organisation)
    {
        var raw = new List<byte[]>();
        foreach (var path in paths)
        {
            say($"reading {Path.GetFileName(path)}");
            Split(Unpacked(path), raw);
        }

        var domain = inside ?? raw.AsParallel().AsOrdered().Select(b => Author(MimeMessage.Parse(b))?.Domain).Where(d => d is not null)
            .GroupBy(d => d, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key
            ?? throw new InvalidDataException("no mail with an author");
        var house = new Organisation([domain]);
        var done = 0;
        var mails = raw.AsParallel().AsOrdered().Select(bytes =>
        {
            var count = Interlocked.Increment(ref done);
            if (count % 500 == 0)
                say($"parsing {count:N0} of {raw.Count:N0}");
            return One(bytes, house);
        }).OfType<SentMail>().ToList();
        organisation = house;
        return [.. mails.OrderBy(m => m.At).Select((m, i) => m with { Index = i })];
    }

    private static SentMail? One(byte[] bytes, Organisation house)
    {
        var message = MimeMessage.Parse(bytes);
        if (Author(message) is not { } author || DateOf(message) is not { } at)
            return null;
        var people = new List<EmailAddress>();
        foreach (var field in message.Headers)
        {
            if (field.Is("To") || field.Is("Cc"))
                people.AddRange(AddressList.Parse(field).Mailboxes.Select(m => m.Address).OfType<EmailAddress>());
        }

        people = [.. people.DistinctBy(p => p.Key).Where(p => p.Key != author.Key)];
        if (people.Count == 0)
            return null;
        var input = new InspectionInput { Message = message, MailFrom = author.Key, Recipients = [.. people.Select(p => p.Key)], ReceivedAt = at };
        using var lease = ExpansionGate.Shared.Open(CancellationToken.None);
        var facts = FactsReader.Read(input, FactsReader.Recipients(input, house), house, InspectionServices.None, lease, CancellationToken.None);
        return new SentMail(0, facts, at, author, people);
    }

    private static EmailAddress? Author(MimeMessage message)
        => message.Headers.Where(f => f.Is("From")).SelectMany(f => AddressList.Parse(f).Mailboxes).Select(m => m.Address).FirstOrDefault(a => a is not null);

    private static DateTimeOffset? DateOf(MimeMessage message)
    {
        var text = message.Headers.FirstOrDefault(f => f.Is("Date"))?.Unfolded.Trim();
        if (text is null)
            return null;
        var comment = text.IndexOf('(', StringComparison.Ordinal);
        return DateTimeOffset.TryParse(comment < 0 ? text : text[..comment], out var at) ? at.ToUniversalTime() : null;
    }

    private static byte[] Unpacked(string path)
    {
        using var into = new MemoryStream();
        if (path.EndsWith(".xz", StringComparison.Ordinal))
        {
            using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", path]) { RedirectStandardOutput = true, UseShellExecute = false }) ?? throw new IOException("xz cannot be started");
            xz.StandardOutput.BaseStream.CopyTo(into);
            xz.WaitForExit();
            if (xz.ExitCode != 0)
                throw new IOException($"xz could not unpack {path}");
        }
        else
        {
            using var file = File.OpenRead(path);
            using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            content.CopyTo(into);
        }

        return into.ToArray();
    }

    private static void Split(byte[] content, List<byte[]> into)
    {
        var start = -1;
        var body = false;
        var message = new MemoryStream();
        for (var at = 0; at < content.Length;)
        {
            var end = Array.IndexOf(content, (byte)'\n', at);
            end = end < 0 ? content.Length : end + 1;
            var line = content.AsSpan(at, end - at);
            if (line.StartsWith(_from))
            {
                Flush();
                start = at;
                body = false;
            }
            else if (start >= 0)
            {
                body |= line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
                var skip = !body && IsForeign(line);
                while (skip && end < content.Length && content[end] is (byte)' ' or (byte)'\t')
                    end = Array.IndexOf(content, (byte)'\n', end) is >= 0 and var next ? next + 1 : content.Length;
                if (!skip)
                    message.Write(line);
            }

            at = end;
        }

        Flush();

        void Flush()
        {
            if (message.Length > 0)
                into.Add(message.ToArray());
            message.SetLength(0);
        }
    }

    private static bool IsForeign(ReadOnlySpan<byte> line)
    {
        foreach (var name in _notOfTheMail)
        {
            if (line.Length > name.Length && Encoding.ASCII.GetString(line[..name.Length]).Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
