using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Held;

/// <summary>The decision page: why a mail was stopped, who would see what, and what to do. From the list, or by the signed link of a note.</summary>
[Needs(Right.Known)]
public sealed class DecideModel(MailDoor door, GatewayHost gateway, IStore store) : ConsolePage
{
    /// <summary>Deliveries one form may name: copies in their undo window are taken back together.</summary>
    private const int MostAtOnce = MailDoor.MostParts;

    /// <summary>The mail.</summary>
    public OpenedMail Mail { get; private set; } = null!;

    /// <summary>What waits for a decision.</summary>
    public IReadOnlyList<DecisionPart> Parts { get; private set; } = [];

    /// <summary>What may still be taken back before it leaves.</summary>
    public IReadOnlyList<DecisionPart> Leaving { get; private set; } = [];

    /// <summary>Decisions so far.</summary>
    public IReadOnlyList<PastDecision> Past { get; private set; } = [];

    /// <summary>Files.</summary>
    public IReadOnlyList<AttachedFile> Files { get; private set; } = [];

    /// <summary>Files beyond those listed.</summary>
    public int MoreFiles { get; private set; }

    /// <summary>The message itself is still kept.</summary>
    public bool Kept { get; private set; }

    /// <summary>It has a plain and a formatted text.</summary>
    public bool BothForms { get; private set; }

    /// <summary>The answer to a decision that did not take effect, or null.</summary>
    public Summary? Answer { get; private set; }

    /// <summary>This page's own address.</summary>
    public string Here => Request.Path.Value ?? "/held";

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(string? id, CancellationToken cancel)
        => await OpenAsync(id, cancel).ConfigureAwait(false) ? Page() : NotFound();

    /// <summary>Decides, on what stood on the page he saw.</summary>
    /// <param name="part">Delivery and the digest seen, as <c>number:digest</c>; several only to take back what is leaving.</param>
    /// <param name="decide">Kind of decision.</param>
    /// <param name="reason">For a rejection.</param>
    /// <param name="actFor">Approver an administrator acts for.</param>
    /// <param name="remove">Addresses to strike off, one a line, where they are too many for a choice each.</param>
    /// <param name="wait">Addresses to keep waiting, likewise.</param>
    public async Task<IActionResult> OnPostAsync(string? id, [FromForm] string[]? part, [FromForm] string? decide, [FromForm] string? reason, [FromForm] string? actFor, [FromForm] string? remove, [FromForm] string? wait, CancellationToken cancel)
    {
        if (!await OpenAsync(id, cancel).ConfigureAwait(false))
        {
            return NotFound();
        }

        if (part is not { Length: > 0 and <= MostAtOnce } || Kind(decide) is not { } kind || (part.Length > 1 && kind != DecisionKind.Cancel))
        {
            return BadRequest();
        }

        var refused = (DeskAnswer?)null;
        foreach (var one in part)
        {
            if (Seen(one) is not var (delivery, digest) || !await IsOfThisAsync(delivery, cancel).ConfigureAwait(false))
            {
                return BadRequest();
            }

            var request = new DecisionRequest(delivery, kind, Me.Address, digest)
            {
                Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
                For = string.IsNullOrWhiteSpace(actFor) ? null : actFor.Trim(),
                Remove = kind is DecisionKind.Cancel or DecisionKind.Reject ? [] : [.. Chosen(delivery, "remove"), .. Lines(remove)],
                KeepWaiting = kind is DecisionKind.Cancel or DecisionKind.Reject ? [] : [.. Chosen(delivery, "wait"), .. Lines(wait)],
            };
            var answer = await gateway.Desk.DecideAsync(request, cancel).ConfigureAwait(false);
            refused = answer.Done ? refused : answer;
        }

        if (refused is null)
        {
            return Redirect(Here);
        }

        Response.StatusCode = refused.Result == DecisionResult.NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict;
        Answer = refused.Told;
        return await OpenAsync(id, cancel).ConfigureAwait(false) ? Page() : NotFound();
    }

    private async Task<bool> OpenAsync(string? id, CancellationToken cancel)
    {
        if (await door.OpenAsync(id ?? Me.LinkedTo, Me, cancel).ConfigureAwait(false) is not { } mail)
        {
            return false;
        }

        Mail = mail;
        var parts = mail.Waiting.Select(h => DecisionPart.Of(h, mail.Submission.MailFrom, gateway.Config, Me)).ToList();
        Parts = [.. parts.Where(p => !p.IsLeaving).OrderByDescending(p => p.Choices.Count > 0)];
        Leaving = [.. parts.Where(p => p.IsLeaving && p.Choices.Count > 0)];
        Past = PastDecision.In(mail.Detail);
        using var body = Body();
        if (body is not null)
        {
            var message = MimeMessage.Parse(body.Bytes);
            (Files, MoreFiles) = AttachedFiles.Of(message, mail.Detail.Findings);
            (Kept, BothForms) = (true, MailText.HasBoth(message));
        }

        return true;
    }

    /// <summary>Null where the message itself is no longer kept.</summary>
    private IBodyLease? Body()
    {
        try
        {
            return store.Spool.Open(Mail.Submission.Body, Mail.Submission.Size);
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>He was let in for this mail; a form that names a part of another one decides nothing.</summary>
    private async Task<bool> IsOfThisAsync(long delivery, CancellationToken cancel)
        => string.Equals(await store.SubmissionOfAsync(delivery, cancel).ConfigureAwait(false), Mail.Id, StringComparison.Ordinal);

    private IEnumerable<string> Chosen(long delivery, string choice)
    {
        var held = Mail.Waiting.FirstOrDefault(h => h.Id == delivery);
        for (var i = 0; held is not null && i < held.Recipients.Count && i < DecisionPart.MostChoices; i++)
        {
            if (string.Equals(Request.Form[$"to-{(i < held.Ordinals.Count ? held.Ordinals[i] : i)}"], choice, StringComparison.Ordinal))
            {
                yield return held.Recipients[i];
            }
        }
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static (long Delivery, string Digest)? Seen(string part)
        => part.Split(':') is [var number, { Length: 64 } digest] && long.TryParse(number, System.Globalization.NumberStyles.None, null, out var delivery) ? (delivery, digest) : null;

    private static DecisionKind? Kind(string? decide) => decide switch
    {
        "release" => DecisionKind.Release,
        "release-individually" => DecisionKind.ReleaseIndividually,
        "cancel" => DecisionKind.Cancel,
        "approve" => DecisionKind.Approve,
        "reject" => DecisionKind.Reject,
        _ => null,
    };
}
