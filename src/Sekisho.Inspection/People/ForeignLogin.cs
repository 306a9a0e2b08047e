namespace Sekisho.Inspection;

/// <summary>A login by mail address, with its password, in a mail to another address.</summary>
internal static class ForeignLogin
{
    private const int MaxText = 64 * 1024;

    /// <summary>Lines between the login and its password.</summary>
    private const int Apart = 4;

    private static readonly string[] _logins = ["ログイン", "ユーザーid", "ユーザid", "ユーザー名", "ユーザ名", "アカウント", "登録アドレス", "登録メール", "登録のメール", "登録されたメール", "会員id", "login", "log-in", "user id", "userid", "username", "user name", "account", "sign-in", "sign in"];

    private static readonly string[] _passwords = ["パスワード", "password", "passwd", "暗証番号", "pass:", "pw:"];

    /// <summary>The foreign login's address, or null. Addresses of the recipient's own organisation, of ours and of the author are nobody else's.</summary>
    public static string? Find(InspectionContext context, CancellationToken cancel)
    {
        var facts = context.Facts;
        if (context.Analysis.Outside.Count != 1 || facts.OwnText.Length == 0 || !AddressScanner.MayHold(facts.OwnText))
        {
            return null;
        }

        var recipient = context.Analysis.Outside[0];
        var lines = facts.OwnText[..Math.Min(facts.OwnText.Length, MaxText)].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 300 || !AddressScanner.MayHold(lines[i]))
            {
                continue;
            }

            cancel.ThrowIfCancellationRequested();
            var line = TextFolding.ForSearch(lines[i]);
            if (!Array.Exists(_logins, l => line.Contains(l, StringComparison.Ordinal)) || !PasswordNear(lines, i))
            {
                continue;
            }

            var found = new AddressSet();
            AddressScanner.Collect(lines[i], found, cancel);
            var addresses = found.All.ToList();
            if (addresses.Count == 1 && addresses[0].Key != recipient.Key && !context.Analysis.IsInside(addresses[0]) && !facts.AuthorKeys.Contains(addresses[0].Key)
                && context.Analysis.OrganisationOf(addresses[0]) != recipient.Organisation)
            {
                return addresses[0].Key;
            }
        }

        return null;
    }

    /// <summary>A password with something behind it: "reset your password here" gives none away.</summary>
    private static bool PasswordNear(string[] lines, int at)
    {
        for (var i = Math.Max(0, at - Apart); i <= Math.Min(lines.Length - 1, at + Apart); i++)
        {
            if (lines[i].Length > 300)
            {
                continue;
            }

            var line = TextFolding.ForSearch(lines[i]);
            foreach (var word in _passwords)
            {
                var found = line.IndexOf(word, StringComparison.Ordinal);
                if (found >= 0 && line.AsSpan(found + word.Length).TrimStart(" )）】]は") is [':' or '=' or '：', ..] or [] && HasValue(lines, i, line, found + word.Length))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasValue(string[] lines, int at, string line, int from)
    {
        var rest = line.AsSpan(from).Trim(" )）】]は:=：");
        var value = rest.Length > 0 ? rest : at + 1 < lines.Length ? lines[at + 1].AsSpan().Trim() : default;
        return value.Length is >= 4 and <= 64 && value.ContainsAnyInRange('!', '~') && !value.ContainsAnyExceptInRange('!', '~') && !value.StartsWith("http");
    }
}
