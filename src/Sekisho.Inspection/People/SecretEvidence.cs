namespace Sekisho.Inspection;

/// <summary>The secrets of a mail by kind, counted once each, and how they are shown.</summary>
internal static class SecretEvidence
{
    /// <summary>Those of a kind; the same value in the same place of its file (or anywhere in the mail's text, which says everything twice) counts once.</summary>
    public static List<FoundSecret> Of(InspectionContext context, DataKinds kind, CancellationToken cancel)
    {
        var all = new List<FoundSecret>();
        var seen = new HashSet<(int, string)>();
        foreach (var secret in context.Analysis.People(cancel).Secrets)
        {
            if (secret.Kind == kind && (secret.Key == 0 || seen.Add((secret.Key, secret.File))))
            {
                all.Add(secret);
            }
        }

        return all;
    }

    /// <summary><c>4012-****-****-1234 (list.xlsx, Sheet1, row 7)</c>.</summary>
    public static IReadOnlyList<string> Lines(List<FoundSecret> secrets) => Wording.Some(secrets.Select(Line), secrets.Count);

    /// <summary>"in the text" or "in list.xlsx", for a sentence.</summary>
    public static (string En, string Ja) Where(List<FoundSecret> secrets)
    {
        var files = secrets.Select(s => s.File).Distinct(StringComparer.Ordinal).ToList();
        return files is [""] ? ("the text", "本文")
            : files is [var file] ? ($"\"{Wording.Safe(file)}\"", $"「{Wording.Safe(file)}」")
            : files.Contains("") ? ("the text and the files", "本文と添付ファイル") : ("the files", "添付ファイル");
    }

    private static string Line(FoundSecret secret)
    {
        string[] parts = [secret.File, secret.Place, secret.Row > 0 ? $"{(secret.File.Length == 0 ? "line" : "row")} {secret.Row}" : ""];
        var shown = secret.Kind == DataKinds.Credential && secret.Masked.StartsWith('*') ? $"password {secret.Masked}" : secret.Masked;
        var where = string.Join(", ", parts.Where(p => p.Length > 0));
        return where.Length == 0 ? shown : $"{shown} ({where})";
    }
}
