using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Mail addresses and passwords in URLs, at their sign.</summary>
internal static class EmailReader
{
    private const int MaxLocal = 64;
    private const int MaxDomain = 100;

    private static readonly SearchValues<char> _local = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-%ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９．＿－");

    private static readonly SearchValues<char> _domain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９．－");

    /// <summary>Reads around the sign at <paramref name="at"/>; answers where to read on.</summary>
    public static int Read(ReadOnlySpan<char> text, int at, int lineStart, int line, List<Hit> hits, List<Credential> credentials)
    {
        var from = Math.Max(lineStart, at - MaxLocal);
        var cut = text[from..at].LastIndexOfAnyExcept(_local);
        var start = from + cut + 1;
        var rest = text[(at + 1)..Math.Min(text.Length, at + 1 + MaxDomain)];
        var size = rest.IndexOfAnyExcept(_domain);
        var domain = (size < 0 ? rest : rest[..size]).TrimEnd(".-．－");
        var dot = domain.LastIndexOfAny('.', '．');
        if (dot <= 0 || domain.Length - dot - 1 < 2)
        {
            return at + 1;
        }

        if (start > lineStart && text[start - 1] == ':' && UserInfo(text, lineStart, start))
        {
            // https://user:secret@host
            CredentialReader.Add(text[start..at], line, credentials);
            return at + 1 + domain.Length;
        }

        while (start < at && text[start] is '.' or '-')
        {
            start++;
        }

        var top = domain[(dot + 1)..];
        if (start == at || ValueText.IsDigit(top[0]) || top is "png" or "jpg" or "gif")
        {
            return at + 1;
        }

        // Digits of the local part may have been taken for something else.
        while (hits.Count > 0 && hits[^1].End > start)
        {
            hits.RemoveAt(hits.Count - 1);
        }

        hits.Add(new Hit(DataKinds.Email, start, at + 1 + domain.Length, line));
        return at + 1 + domain.Length;
    }

    private static bool UserInfo(ReadOnlySpan<char> text, int lineStart, int start)
    {
        var front = text[Math.Max(lineStart, start - 100)..(start - 1)];
        var scheme = front.LastIndexOf("://", StringComparison.Ordinal);
        return scheme >= 0 && front.Length - scheme > 3 && !front[(scheme + 3)..].ContainsAny(' ', '/', '\t');
    }
}
