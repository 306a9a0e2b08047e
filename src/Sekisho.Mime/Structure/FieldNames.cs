namespace Sekisho.Mime;

/// <summary>What the reader knows of field names: spellings it need not allocate, fields that may stand once, fields that hold addresses.</summary>
internal static class FieldNames
{
    private static readonly string[] Common =
    [
        "To", "Cc", "Bcc", "From", "Date", "Sender", "Subject", "Reply-To", "Message-ID", "Message-Id", "References", "In-Reply-To",
        "Return-Path", "Received", "MIME-Version", "Mime-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
        "Content-ID", "Content-Id", "Content-Description", "Content-Language", "X-Mailer", "User-Agent", "Thread-Topic", "Thread-Index",
        "DKIM-Signature", "Authentication-Results", "X-Priority", "Importance", "Delivered-To", "CC", "BCC", "List-Id", "Precedence",
        "Auto-Submitted", "X-MS-Has-Attach", "X-Originating-IP", "Accept-Language", "X-MimeOLE", "Resent-To", "Resent-From",
    ];

    private static readonly string[][] ByLength = BuildTable();

    private static readonly Dictionary<string, int> OnceOnly = BuildOnce();

    private static readonly HashSet<string> Recipient =
        new(["To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Address = new(
        ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc", "From", "Sender", "Reply-To", "Resent-From", "Resent-Sender", "Resent-Reply-To"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name as written, one shared string where it is a common one.</summary>
    public static string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var known in ByLength[name.Length])
            {
                if (Equal(name, known))
                {
                    return known;
                }
            }
        }

        return System.Text.Encoding.Latin1.GetString(name);
    }

    /// <summary>A small number for a field that may stand once only (RFC 5322 section 3.6, RFC 2045), or -1.</summary>
    public static int OnceIndex(string name) => OnceOnly.GetValueOrDefault(name, -1);

    public static bool IsRecipient(string name) => Recipient.Contains(name);

    public static bool HoldsAddresses(string name) => Address.Contains(name);

    private static bool Equal(ReadOnlySpan<byte> name, string known)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != known[i])
            {
                return false;
            }
        }

        return true;
    }

    private static string[][] BuildTable()
    {
        var table = new string[Common.Max(n => n.Length) + 1][];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = [.. Common.Where(n => n.Length == i)];
        }

        return table;
    }

    private static Dictionary<string, int> BuildOnce()
    {
        string[] names =
        [
            "Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject",
            "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID",
        ];
        var once = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            once[names[i]] = i;
        }

        return once;
    }
}
