using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Inspection;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Pages.Held;

/// <summary>All recipients of a mail in pages, with what is odd about their addresses.</summary>
[Needs(Right.Known)]
public sealed class RecipientsModel(MailDoor door, GatewayHost gateway) : ConsolePage
{
    /// <summary>Rows of one page.</summary>
    public const int Rows = 200;

    /// <summary>The mail.</summary>
    public OpenedMail Mail { get; private set; } = null!;

    /// <summary>Number of the page, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Pages there are.</summary>
    public int Pages { get; private set; }

    /// <summary>The recipients of this page.</summary>
    public IReadOnlyList<(Storage.RecipientDetail Fate, bool Inside, Summary? Odd)> Shown { get; private set; } = [];

    /// <summary>Back to the decision.</summary>
    public string Back => (Request.Path.Value ?? "/held")[..^"/recipients".Length];

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync(string? id, int p, CancellationToken cancel)
    {
        if (await door.OpenAsync(id ?? Me.LinkedTo, Me, cancel).ConfigureAwait(false) is not { } mail)
        {
            return NotFound();
        }

        Mail = mail;
        var all = mail.Detail.Recipients;
        Pages = Math.Max(1, (all.Count + Rows - 1) / Rows);
        Number = Math.Clamp(p, 1, Pages);
        var config = gateway.Config;
        var organisation = config.Organisation.ForSender(mail.Submission.MailFrom);
        var lookalike = LookalikeAddress.For(config);
        Shown = [.. all.Skip((Number - 1) * Rows).Take(Rows).Select(r =>
        {
            var inside = EnvelopeRecipient.Of(r.Address, organisation).Inside;
            return (r, inside, inside ? null : lookalike.Of(r.Address));
        })];
        return Page();
    }
}
