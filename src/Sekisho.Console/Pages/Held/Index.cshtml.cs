using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Mime;
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
        try
        {
            ForMe = await store.HeldPageAsync(h => IsForMe(config, h), after, Rows, cancel).ConfigureAwait(false);
            ForOthers = await store.HeldPageAsync(h => IsOwn(h) && !IsForMe(config, h), null, Rows, cancel).ConfigureAwait(false);
            if (Rights.Has(Me, Right.Administer))
            {
                Beside = await store.HeldPageAsync(h => !IsOwn(h) && !IsForMe(config, h) && MailAccess.Reaches(Me, config, h.Sender), beside, Rows, cancel).ConfigureAwait(false);
            }
        }
        catch (ArgumentException)
        {
            return BadRequest();
        }

        return Page();
    }

    private bool IsForMe(EffectiveConfig config, HeldDelivery held) => held.Action switch
    {
        PolicyAction.Hold => IsOwn(held),
        PolicyAction.Approve => DecisionPart.IsAsked(config, held, Me),
        _ => false,
    };

    private bool IsOwn(HeldDelivery held) => Same(held.Sender) || (held.Submitter is { } submitter && Same(submitter));

    private bool Same(string address) => EmailAddress.TryParse(address, out var other) && EmailAddress.TryParse(Me.Address, out var me) && me.Equals(other);
}
