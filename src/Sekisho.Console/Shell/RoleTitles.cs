namespace Sekisho.Pages.Shell;

/// <summary>Roles as people say them.</summary>
public static class RoleTitles
{
    /// <summary>The title of a role; the role itself where there is none.</summary>
    public static string Of(string role, Tongue tongue) => role switch
    {
        "sender" => tongue["sender", "送信者"],
        "approver" => tongue["approver", "承認者"],
        "auditor" => tongue["auditor", "監査担当"],
        "privacy-officer" => tongue["privacy officer", "個人情報保護担当"],
        "administrator" => tongue["administrator", "管理者"],
        _ => role,
    };
}
