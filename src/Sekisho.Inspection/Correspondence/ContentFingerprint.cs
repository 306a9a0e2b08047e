using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Digests by which the memory of recent mail knows a message, its content and its kind again.</summary>
internal static class ContentFingerprint
{
    private const int Chunk = 64 * 1024;

    /// <summary>What a recipient reads: subject, text and files; not who else gets it, not identifiers, dates, trace or the wrapping for transport.</summary>
    public static string OfContent(MessageFacts facts, string files)
    {
        return Of(TextFolding.ForSearch(facts.Subject), facts.FullText.AsSpan().Trim(), files);
    }

    /// <summary>The digest of a few texts; of short ones, as nearly all are, in one step.</summary>
    private static string Of(ReadOnlySpan<char> one, ReadOnlySpan<char> two, ReadOnlySpan<char> three)
    {
        const int MostAtOnce = 16 * 1024;
        var length = one.Length + two.Length + three.Length + 3;
        if (length > MostAtOnce)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Append(hash, one);
            Append(hash, two);
            Append(hash, three);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        var rented = ArrayPool<char>.Shared.Rent(length);
        try
        {
            one.CopyTo(rented);
            two.CopyTo(rented.AsSpan(one.Length + 1));
            three.CopyTo(rented.AsSpan(one.Length + two.Length + 2));
            rented[one.Length] = rented[one.Length + two.Length + 1] = rented[length - 1] = '\uFFFF';
            return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(rented.AsSpan(0, length))));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>The files' bytes, pictures and signatures included; empty where there are none.</summary>
    public static string OfFiles(MessageFacts facts, CancellationToken cancel)
    {
        if (!facts.Message.Entities().Any(e => e.IsAttachment))
        {
            return "";
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Files(hash, facts, cancel);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The letter around a file, as two runs of one job write it to the same person: the same subject, and text and file names the same but for digits.
    /// Somebody who sends "photos (1/3)" and "photos (2/3)" writes two letters.
    /// </summary>
    public static string OfLetter(MessageFacts facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, TextFolding.ForSearch(facts.Subject));
        Append(hash, WithoutDigits(facts.FullText));
        foreach (var part in facts.Message.Entities())
        {
            if (part.IsAttachment)
            {
                Append(hash, WithoutDigits(part.FileName ?? ""));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string WithoutDigits(string text) => string.Concat(TextFolding.ForSearch(text).Where(c => !char.IsDigit(c)));

    /// <summary>The kind of mail: the subject without digits and addresses, which are what a run changes from one person to the next.</summary>
    public static string OfTemplate(string sender, string subject)
    {
        var folded = TextFolding.ForSearch(subject).AsSpan();
        var words = new StringBuilder(folded.Length + 1);
        foreach (var range in folded.Split(' '))
        {
            if (!AddressScanner.MayHold(folded[range]))
            {
                foreach (var c in folded[range])
                {
                    if (!char.IsDigit(c))
                    {
                        words.Append(c);
                    }
                }

                words.Append(' ');
            }
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, sender);
        Append(hash, words.ToString());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The submission itself, for callers that gave it no id.</summary>
    public static string OfInput(InspectionInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(input.Message.Bytes.Span);
        Append(hash, input.MailFrom);
        foreach (var recipient in input.Recipients)
        {
            Append(hash, recipient);
        }

        Append(hash, input.ReceivedAt.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Files(IncrementalHash hash, MessageFacts facts, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            foreach (var part in facts.Message.Entities())
            {
                if (!part.IsAttachment)
                {
                    continue;
                }

                using var stream = part.OpenDecoded();
                long length = 0;
                for (var read = stream.Read(buffer, 0, Chunk); read > 0; read = stream.Read(buffer, 0, Chunk))
                {
                    cancel.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                    length += read;
                }

                // The length sets one file apart from the next, so that the same bytes cut elsewhere are not the same files.
                Append(hash, length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<char> text)
    {
        hash.AppendData(MemoryMarshal.AsBytes(text));
        hash.AppendData([0xFF, 0xFF]);
    }
}
