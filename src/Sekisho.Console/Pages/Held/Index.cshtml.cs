using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Held;

/// <summary>What waits: for the visitor himself first, then what of his own waits for others, and for administrators everything.</summary>
[Needs(Right.SignedIn)]
public sealed class HeldListModel(GatewayHost gateway, IStore store) : ConsolePage
{
    /// <summary>Rows of one page.</summary>
    public const int Rows = 50;

    /// <summary>What he is asked to decide, oldest first.</summary>
    public HeldPage ForMe { get; private set; } = new([], null, 0);

    /// <summary>What he sent and others decide, the first of it.</summary>
    public HeldPage ForOthers { get; private set; } = new([], null, 0);

    /// <summary>What waits beside, for administrators.</summary>
    public HeldPage Beside { get; private set; } = new([], null, 0);

    /// <summary>Shows it.</summary>
    /// <param name="after">Continues what waits for him.</param>
    /// <param name="beside">Continues what waits beside.</param>
    public async Task<IActionResult> OnGetAsync(string? after, string? beside, CancellationToken cancel)
    {
        var config = gateway.Config;
        var administers = Rights.Has(Me, Right.Administer);
        try
        {
            var lists = await store.HeldPagesAsync(h => ListOf(config, h, administers), [after, null, beside], Rows, cancel).ConfigureAwait(false);
            (ForMe, ForOthers, Beside) = (lists[0], lists[1], lists[2]);
        }
        catch (ArgumentException)
        {
            return BadRequest();
        }

        return Page();
    }

    private int? ListOf(EffectiveConfig config, HeldDelivery held, bool administers)
        => IsForMe(config, held) ? 0 : MailAccess.IsOwn(Me, held) ? 1 : administers && MailAccess.Reaches(Me, config, held.Sender) ? 2 : null;

    private bool IsForMe(EffectiveConfig config, HeldDelivery held) => held.Action switch
    {
        PolicyAction.Hold => MailAccess.IsOwn(Me, held),
        PolicyAction.Approve => DecisionPart.IsAsked(config, held, Me),
        _ => false,
    };
}
