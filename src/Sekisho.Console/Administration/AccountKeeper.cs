using Sekisho.Gateway;
using Sekisho.Inspection;
using Sekisho.Pages.Access;
using Sekisho.Pages.SignIn;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Administration;

/// <summary>
/// Who may change which account to what. Pure. An administrator of a part of the organisation changes the people of that part and gives rights within it alone; nobody
/// raises himself; an administrator of everything always remains.
/// </summary>
public static class AccountKeeper
{
    /// <summary>Why the change may not be, or null.</summary>
    /// <param name="me">Who changes.</param>
    /// <param name="before">The account as it is; null for a new one.</param>
    /// <param name="after">As it would be; null: removed.</param>
    /// <param name="all">Every account.</param>
    public static Summary? Objection(Visitor me, EffectiveConfig config, Account? before, Account? after, IReadOnlyList<Account> all)
    {
        var address = (before ?? after)!.Address;
        if (!CanTouch(me, config, address, before))
        {
            return new("This person is not in the part of the organisation you administer, or has rights beyond it.", "この人はあなたの担当範囲外か、範囲を超える権限を持っています。");
        }

        if (me.Scopes.Count > 0 && IsNamed(config, address))
        {
            return new("The configuration file gives this person rights beyond your part of the organisation.", "この人には、設定ファイルであなたの担当範囲を超える権限が与えられています。");
        }

        var mine = string.Equals(me.Address, address, StringComparison.OrdinalIgnoreCase);
        if (mine && (after is null || after.Disabled || (before is not null && (!after.Roles.Order(StringComparer.Ordinal).SequenceEqual(before.Roles.Order(StringComparer.Ordinal)) || !after.Scopes.SequenceEqual(before.Scopes)))))
        {
            return new("Your own roles, scope and account are changed by another administrator.", "自分の役割・担当範囲・アカウントは、ほかの管理者だけが変更できます。");
        }

        if (after is not null && me.Scopes.Count > 0 && Raised(after) && (after.Scopes.Count == 0 || !after.Scopes.All(s => me.Scopes.Contains(s, StringComparer.OrdinalIgnoreCase))))
        {
            return new("You can give roles within your own part of the organisation only.", "役割は、あなたの担当範囲の中でだけ付与できます。");
        }

        return before is not null && IsChief(before) && (after is null || !IsChief(after)) && !all.Any(a => a.Address != address && IsChief(a))
            ? new("This is the last administrator of everything; name another one first.", "全体を管理できる最後の管理者です。先に別の管理者を指定してください。")
            : null;
    }

    /// <summary>True when he may see and change the account at all.</summary>
    public static bool CanTouch(Visitor me, EffectiveConfig config, string address, Account? account)
        => me.Scopes.Count == 0
            || (me.Scopes.Any(s => config.Reaches(s, address)) && (account is null || (!Raised(account) && !IsNamed(config, address)) || (account.Scopes.Count > 0 && account.Scopes.All(s => me.Scopes.Contains(s, StringComparer.OrdinalIgnoreCase)))));

    /// <summary>A scope as kept, or null when it is none: <c>@domain</c> or <c>department:NAME</c>.</summary>
    public static string? Scope(string text)
    {
        const string department = "department:";
        text = text.Trim();
        return text.Length > 200 || text.Any(char.IsControl) ? null
            : text.StartsWith('@') && Mime.EmailAddress.TryParse("x" + text, out var address) ? "@" + address.Domain
            : text.StartsWith(department, StringComparison.Ordinal) && text[department.Length..].Trim() is { Length: > 0 } name ? department + name
            : null;
    }

    /// <summary>Named in the file, whose rights know no parts: a password for his account would be a way to them.</summary>
    private static bool IsNamed(EffectiveConfig config, string address)
    {
        var (policy, people) = (config.Config.Policy, config.Config.People);
        IEnumerable<string> names =
        [
            .. config.Config.Approvers, .. policy.DefaultApproval.EscalateTo ?? [],
            .. policy.Rules.SelectMany(r => r.Approvers), .. policy.Rules.SelectMany(r => r.Approval.EscalateTo ?? []),
        ];
        return config.Config.Users.Any(u => AccountRules.IsSame(u.Address, address) && u.Roles.Any(r => r != "sender"))
            || ApproverNames.Resolve([.. names.Distinct(StringComparer.OrdinalIgnoreCase)], people, senders: []).Any(a => AccountRules.IsSame(a, address));
    }

    private static bool Raised(Account account) => account.Roles.Any(r => r != "sender");

    private static bool IsChief(Account account) => !account.Disabled && account.Scopes.Count == 0 && account.Roles.Contains("administrator");
}
