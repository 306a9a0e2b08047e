using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Mime;
using Sekisho.Pages.Access;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>Halting a sender's mail, and letting it go on. An administrator of a part of the organisation: its senders only.</summary>
[Needs(Right.Administer)]
public sealed class StopsModel(GatewayHost gateway) : ConsolePage
{
    /// <summary>Orders in force that he may see.</summary>
    public IReadOnlyList<StopOrder> Stops { get; private set; } = [];

    /// <summary>Why nothing was done.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was done.</summary>
    public string? Done { get; private set; }

    /// <summary>The address asked about.</summary>
    public string? Asked { get; private set; }

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? sender, long? halted, bool lifted)
    {
        await ShowAsync().ConfigureAwait(false);
        Done = halted is { } n ? Tongue[$"Stopped. {n} deliveries were halted.", $"停止しました。{n}件の配送を止めました。"] : lifted ? Tongue["The stop is lifted.", "停止を解除しました。"] : null;
        Asked = Done is null ? sender : null;
    }

    /// <summary>Stops or lifts.</summary>
    public async Task<IActionResult> OnPostAsync(string? sender, string? what, string? sure)
    {
        var cancel = HttpContext.RequestAborted;
        Asked = sender?.Trim();
        if (Asked is null || !EmailAddress.TryParse(Asked, out _))
        {
            Problem = Tongue["This is not a mail address.", "メールアドレスの形式が正しくありません。"];
        }
        else if (!MailAccess.Reaches(Me, gateway.Config, Asked))
        {
            Problem = Tongue["This sender is not in the part of the organisation you administer.", "この送信者は、あなたの担当範囲ではありません。"];
        }
        else if (what == "lift")
        {
            await gateway.Store.LiftStopAsync(Asked, Me.Address, cancel).ConfigureAwait(false);
            return LocalRedirect("/admin/stops?lifted=true");
        }
        else if (sure != "yes")
        {
            Problem = Tongue["Confirm that this sender's mail is to be halted.", "停止することを確認してください。"];
        }
        else
        {
            return LocalRedirect($"/admin/stops?halted={await gateway.Store.StopAsync(Asked, Me.Address, cancel).ConfigureAwait(false)}");
        }

        Response.StatusCode = 400;
        await ShowAsync().ConfigureAwait(false);
        return Page();
    }

    private async Task ShowAsync()
        => Stops = [.. (await gateway.Store.StopsAsync(HttpContext.RequestAborted).ConfigureAwait(false)).Where(s => MailAccess.Reaches(Me, gateway.Config, s.Sender))];
}
