using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Gateway;
using Sekisho.Mime;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.OwnAccount;

/// <summary>One's own deputies: named for some days, ended at any time.</summary>
[Needs(Right.SignedIn)]
public sealed class DeputiesModel(GatewayHost gateway) : OwnPage
{
    /// <summary>Deputies one person may have named at a time.</summary>
    private const int Most = 20;

    /// <summary>A year ahead is planning; more is forgetting.</summary>
    private const int LongestDays = 366;

    /// <summary>What went wrong, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows them.</summary>
    public void OnGet()
    {
    }

    /// <summary>Names one.</summary>
    public async Task<IActionResult> OnPostAddAsync(string? address, string? from, string? until, CancellationToken cancel)
    {
        var config = gateway.Config;
        if (!EmailAddress.TryParse((address ?? "").Trim(), out var deputy) || !config.Organisation.ForSender(Me.Address).IsInside(deputy))
        {
            return Wrong("A deputy is a colleague: give a mail address of your organisation.", "代理には、組織内の方のメールアドレスを入力してください。");
        }

        if (EmailAddress.TryParse(Me.Address, out var own) && own.Equals(deputy))
        {
            return Wrong("A deputy is somebody else.", "ご自身を代理にすることはできません。");
        }

        if (Day(from) is not { } first || Day(until) is not { } last || last < first || last < config.Today || last.DayNumber - config.Today.DayNumber > LongestDays)
        {
            return Wrong($"Give a first and a last day, at most {LongestDays} days ahead.", $"開始日と終了日を入力してください（{LongestDays} 日先まで）。");
        }

        if (DeputyList.Of(gateway, Me.Address).Own.Count >= Most)
        {
            return Wrong($"You have named {Most} deputies already. End one first.", $"すでに {Most} 人の代理を登録しています。先にどれかを終了してください。");
        }

        await gateway.Store.Deputies.AddDeputyAsync(new Deputy(0, Me.Address, deputy.Key, first, last, Me.Address), cancel).ConfigureAwait(false);
        return LocalRedirect("/account/deputies");
    }

    /// <summary>Ends one of his own.</summary>
    public async Task<IActionResult> OnPostEndAsync(string? deputy, CancellationToken cancel)
    {
        if (!long.TryParse(deputy, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !DeputyList.Of(gateway, Me.Address).Own.Any(d => d.Id == id))
        {
            return NotFound();
        }

        await gateway.Store.Deputies.RemoveDeputyAsync(id, Me.Address, cancel).ConfigureAwait(false);
        return LocalRedirect("/account/deputies");
    }

    private PageResult Wrong(string english, string japanese)
    {
        Problem = Tongue[english, japanese];
        return Page();
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Whom somebody named, and for whom he stands in.</summary>
/// <param name="Own">His deputies.</param>
/// <param name="Others">Those he is the deputy of.</param>
internal sealed record DeputyList(IReadOnlyList<Deputy> Own, IReadOnlyList<Deputy> Others)
{
    /// <summary>Asked of the store itself: what he just did must show.</summary>
    public static DeputyList Of(GatewayHost gateway, string address)
    {
        var all = gateway.Store.Deputies.DeputiesNow(gateway.Config.Today);
        return new([.. all.Where(d => Same(d.Approver, address))], [.. all.Where(d => Same(d.Substitute, address))]);
    }

    private static bool Same(string a, string b) => EmailAddress.TryParse(a, out var first) && EmailAddress.TryParse(b, out var second) && first.Equals(second);
}
