using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>The audit trail, newest first, from the trail itself. Whose roles are kept to a part sees the events of that part's mail, and his own.</summary>
[Needs(Right.AuditTrail)]
public sealed class AuditModel(GatewayHost gateway, ChainCheck chain) : ConsolePage
{
    /// <summary>The check of the chain.</summary>
    public ChainCheck Chain => chain;

    /// <summary>The page.</summary>
    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    /// <summary>Where older ones begin, or null.</summary>
    public long? Next { get; private set; }

    /// <summary>Where this page began, or null.</summary>
    public long? Before { get; private set; }

    /// <summary>Asked kind, or null.</summary>
    public string? Kind { get; private set; }

    /// <summary>Asked person, or null.</summary>
    public string? By { get; private set; }

    /// <summary>Shows a page.</summary>
    public async Task OnGetAsync(string? kind, string? by, long? before)
    {
        (Kind, By, Before) = (string.IsNullOrWhiteSpace(kind) ? null : kind, string.IsNullOrWhiteSpace(by) ? null : by.Trim(), before);
        var page = await gateway.Store.EventsAsync(new AuditQuery { Kind = Kind, By = By, Before = before }, HttpContext.RequestAborted).ConfigureAwait(false);
        (Lines, Next) = ([.. page.Lines.Where(l => MaySee(Me, gateway.Config, l))], page.Next);
        if (chain.UnderWay)
        {
            Response.Headers["Refresh"] = "2";
        }
    }

    /// <summary>Begins a check of the chain.</summary>
    public IActionResult OnPost()
    {
        chain.Start();
        return LocalRedirect("/audit");
    }

    /// <summary>The address of another page of the same filter.</summary>
    public string Link(long? before)
        => "/audit?" + string.Join('&', new[] { ("kind", Kind), ("by", By), ("before", before?.ToString(CultureInfo.InvariantCulture)) }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));

    /// <summary>True when an event is his to see.</summary>
    internal static bool MaySee(Visitor visitor, EffectiveConfig config, AuditLine line)
        => visitor.Scopes.Count == 0 || string.Equals(line.Event.By, visitor.Address, StringComparison.OrdinalIgnoreCase) || (line.Sender is { Length: > 0 } sender && MailAccess.Reaches(visitor, config, sender));
}
