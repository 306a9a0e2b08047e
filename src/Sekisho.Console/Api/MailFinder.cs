using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Storage;

namespace Sekisho.Pages.Api;

/// <summary>Finds mail for somebody: what he may not see is not there.</summary>
internal sealed class MailFinder(MailDoor door, IStore store, GatewayHost gateway)
{
    /// <summary>A mail by its whole name. Throws <see cref="Refusal"/> when there is none for him.</summary>
    public async Task<OpenedMail> FindAsync(Visitor visitor, string id, CancellationToken cancel)
        => await door.OpenAsync(id, visitor, cancel).ConfigureAwait(false) ?? throw Refusal.NotFound("mail");

    /// <summary>The mail a delivery belongs to.</summary>
    public async Task<OpenedMail> FindByDeliveryAsync(Visitor visitor, long delivery, CancellationToken cancel)
        => await store.SubmissionOfAsync(delivery, cancel).ConfigureAwait(false) is { } id ? await FindAsync(visitor, id, cancel).ConfigureAwait(false) : throw Refusal.NotFound("waiting mail");

    /// <summary>What waits and he may see, oldest first, from a delivery's number on.</summary>
    /// <param name="after">The last number of the page before, or null.</param>
    /// <param name="max">How many at the most.</param>
    public async Task<IReadOnlyList<(HeldDelivery Held, SubmissionDetail Detail)>> WaitingAsync(Visitor visitor, long? after, int max, CancellationToken cancel)
    {
        // Whose they are is told by the outlines; of thousands that wait only the page's own are read whole.
        var found = new List<(HeldDelivery, SubmissionDetail)>();
        var outlines = await store.HeldOutlinesAsync(cancel).ConfigureAwait(false);
        var ofMail = outlines.ToLookup(h => h.Submission, StringComparer.Ordinal);
        var seen = new Dictionary<string, OpenedMail?>(StringComparer.Ordinal);
        foreach (var one in outlines.Where(h => after is null || h.Id > after).OrderBy(h => h.Id))
        {
            if (!seen.TryGetValue(one.Submission, out var mail))
            {
                seen[one.Submission] = mail = MayBeSeen(visitor, one, [.. ofMail[one.Submission]]) ? await door.OpenAsync(one.Submission, visitor, cancel).ConfigureAwait(false) : null;
            }

            if (mail?.Waiting.FirstOrDefault(h => h.Id == one.Id) is { } held)
            {
                found.Add((held, mail.Detail));
            }

            if (found.Count == max)
            {
                break;
            }
        }

        return found;
    }

    private bool MayBeSeen(Visitor visitor, HeldDelivery outline, IReadOnlyList<HeldDelivery> parts)
    {
        var submission = new Submission
        {
            Id = outline.Submission,
            Origin = SubmissionOrigin.Smtp,
            ReceivedAt = outline.Since,
            MailFrom = outline.Sender,
            User = outline.Submitter,
            Body = new StoredBody(default, null),
            Size = 0,
            Digest = "",
        };
        return MailAccess.Of(visitor, gateway.Config, new SubmissionDetail(submission, [], [], []), parts) != Sight.None;
    }
}
