using Sekisho.Audit.Archives;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Audit.Run;

/// <summary>Whose archive it is, where nobody said: the domain most of its mail was written from.</summary>
public static class InsideGuess
{
    /// <summary>Mails looked at, spread evenly over the archive: the answer shows long before.</summary>
    private const int Most = 4_000;

    private const int HeaderBytes = 64 * 1024;

    /// <summary>
    /// The most frequent sender's domain that is no freemail, with everything below it; empty where nobody wrote from one. The same on every run (of two equally frequent the alphabetically
    /// first). Messages that cannot be read are passed over.
    /// </summary>
    public static IReadOnlyList<string> Domains(IMailArchive archive, CancellationToken cancel)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var step = Math.Max(1, archive.Count / Most);
        for (var i = 0; i < archive.Count; i += step)
        {
            cancel.ThrowIfCancellationRequested();
            if (SenderDomain(archive, i) is { } domain)
            {
                counts[domain] = counts.GetValueOrDefault(domain) + 1;
            }
        }

        return counts.Count == 0 ? [] : Whole(counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key);
    }

    private static string? SenderDomain(IMailArchive archive, int index)
    {
        try
        {
            var bytes = archive.Read(index);
            var domain = PastMail.AuthorOf(MimeMessage.Parse(bytes[..Math.Min(bytes.Length, HeaderBytes)]))?.Domain;
            return domain is null || Organisation.IsFreemail(domain) ? null : domain;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Whole(string domain) => [domain, "*." + domain];
}
