using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Mail;

/// <summary>One mail's life: what was found, who decided what, and what became of each recipient's copy.</summary>
[Needs(Right.SignedIn)]
public sealed class LifeModel(MailDoor door, GatewayHost gateway, IStore store) : ConsolePage
{
    /// <summary>Recipients of one page.</summary>
    public const int Rows = 100;

    /// <summary>The mail.</summary>
    public OpenedMail Mail { get; private set; } = null!;

    /// <summary>Its story.</summary>
    public IReadOnlyList<Happening> Story { get; private set; } = [];

    /// <summary>Recipients of this page.</summary>
    public IReadOnlyList<(RecipientDetail Fate, bool Inside, Summary? Odd)> Recipients { get; private set; } = [];

    /// <summary>Number of the page of recipients, and how many there are.</summary>
    public (int Number, int Pages) Place { get; private set; }

    /// <summary>Files.</summary>
    public IReadOnlyList<AttachedFile> Files { get; private set; } = [];

    /// <summary>Files beyond those listed.</summary>
    public int MoreFiles { get; private set; }

    /// <summary>It has a plain and a formatted text.</summary>
    public bool BothForms { get; private set; }

    /// <summary>The message itself is still kept.</summary>
    public bool Kept { get; private set; }

    /// <summary>Something of it waits for the visitor himself.</summary>
    public bool MayDecide { get; private set; }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(string id, int p, CancellationToken cancel)
    {
        if (await door.OpenAsync(id, Me, cancel).ConfigureAwait(false) is not { } mail)
        {
            return NotFound();
        }

        Mail = mail;
        Story = Timeline.Of(mail.Detail, Tongue);
        var all = mail.Detail.Recipients;
        var pages = Math.Max(1, (all.Count + Rows - 1) / Rows);
        Place = (Math.Clamp(p, 1, pages), pages);
        var config = gateway.Config;
        var organisation = config.Organisation.ForSender(mail.Submission.MailFrom);
        var lookalike = LookalikeAddress.For(config);
        Recipients = [.. all.Skip((Place.Number - 1) * Rows).Take(Rows).Select(r =>
        {
            var inside = EnvelopeRecipient.Of(r.Address, organisation).Inside;
            return (r, inside, inside ? null : lookalike.Of(r.Address));
        })];
        MayDecide = mail.Waiting.Any(h => Entitlement.Choices(config, h, Me.Address).Count > 0);
        ReadBody();
        return Page();
    }

    private void ReadBody()
    {
        try
        {
            using var body = store.Spool.Open(Mail.Submission.Body, Mail.Submission.Size);
            Kept = true;
            if (Mail.Sight == Sight.Full)
            {
                var message = MimeMessage.Parse(body.Bytes);
                (Files, MoreFiles) = AttachedFiles.Of(message, Mail.Detail.Findings);
                BothForms = MailText.HasBoth(message);
            }
        }
        catch (StoreException)
        {
            // Removed after its time; the story stays.
        }
    }
}
