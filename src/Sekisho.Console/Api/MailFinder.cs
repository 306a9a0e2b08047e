using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages.Api;

/// <summary>One mail as somebody may see it.</summary>
internal sealed record SeenMail(SubmissionDetail Detail, IReadOnlyList<HeldDelivery> Held, Sight Sight);

/// <summary>Finds mail for somebody: what he may not see is not there.</summary>
internal sealed class MailFinder(IStore store, GatewayHost gateway)
{
    /// <summary>A mail by its whole name. Throws <see cref="Refusal"/> when there is none for him.</summary>
    public async Task<SeenMail> FindAsync(Visitor visitor, string id, CancellationToken cancel)
    {
        var detail = id.Length == 26 ? await store.FindSubmissionAsync(id, cancel).ConfigureAwait(false) : null;
        if (detail is null)
        {
            throw Refusal.NotFound("mail");
        }

        var held = await store.HeldAsync(cancel).ConfigureAwait(false);
        var mine = held.Where(h => h.Submission == detail.Submission.Id).ToList();
        var sight = MailAccess.Of(visitor, gateway.Config, detail, mine);
        return sight == Sight.None ? throw Refusal.NotFound("mail") : new SeenMail(detail, mine, sight);
    }

    /// <summary>The mail a delivery belongs to.</summary>
    public async Task<SeenMail> FindByDeliveryAsync(Visitor visitor, long delivery, CancellationToken cancel)
        => await store.SubmissionOfAsync(delivery, cancel).ConfigureAwait(false) is { } id ? await FindAsync(visitor, id, cancel).ConfigureAwait(false) : throw Refusal.NotFound("waiting mail");

    /// <summary>What waits and he may see, oldest first, from a delivery's number on.</summary>
    /// <param name="after">The last number of the page before, or null.</param>
    /// <param name="max">How many at the most.</param>
    public async Task<IReadOnlyList<(HeldDelivery Held, SubmissionDetail Detail)>> WaitingAsync(Visitor visitor, long? after, int max, CancellationToken cancel)
    {
        var found = new List<(HeldDelivery, SubmissionDetail)>();
        var held = await store.HeldAsync(cancel).ConfigureAwait(false);
        var ofMail = held.ToLookup(h => h.Submission, StringComparer.Ordinal);
        var seen = new Dictionary<string, SubmissionDetail?>(StringComparer.Ordinal);
        foreach (var one in held.Where(h => after is null || h.Id > after).OrderBy(h => h.Id))
        {
            if (!seen.TryGetValue(one.Submission, out var detail))
            {
                detail = await store.FindSubmissionAsync(one.Submission, cancel).ConfigureAwait(false);
                detail = detail is not null && MailAccess.Of(visitor, gateway.Config, detail, [.. ofMail[one.Submission]]) != Sight.None ? detail : null;
                seen[one.Submission] = detail;
            }

            if (detail is not null)
            {
                found.Add((one, detail));
            }

            if (found.Count == max)
            {
                break;
            }
        }

        return found;
    }
}
