using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages.Mails;

/// <summary>A mail as one visitor may see it.</summary>
/// <param name="Waiting">What waits of it, and what may still be taken back, at most <see cref="MailDoor.MostParts"/>.</param>
public sealed record OpenedMail(SubmissionDetail Detail, IReadOnlyList<HeldDelivery> Waiting, Sight Sight)
{
    /// <summary>Its row.</summary>
    public Submission Submission => Detail.Submission;

    /// <summary>Its name.</summary>
    public string Id => Detail.Submission.Id;
}

/// <summary>The one way from a name in an address to a mail: what is unknown and what is not his to see look the same.</summary>
public sealed class MailDoor(GatewayHost gateway, IStore store)
{
    /// <summary>Waiting parts shown of one mail; a policy makes a handful, only copies in their undo window are many.</summary>
    public const int MostParts = 100;

    private const int NameLength = 26;

    /// <summary>The mail, or null: there is none, or it is not his to see. Beginnings of names do not count here.</summary>
    public async Task<OpenedMail?> OpenAsync(string? id, Visitor visitor, CancellationToken cancel)
    {
        if (id is not { Length: NameLength })
        {
            return null;
        }

        var detail = await store.FindSubmissionAsync(id, cancel).ConfigureAwait(false);
        if (detail is null || !string.Equals(detail.Submission.Id, id, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var waiting = await WaitingAsync(detail, cancel).ConfigureAwait(false);
        var sight = MailAccess.Of(visitor, gateway.Config, detail, waiting);
        return sight == Sight.None ? null : new OpenedMail(detail, waiting, sight);
    }

    private async Task<IReadOnlyList<HeldDelivery>> WaitingAsync(SubmissionDetail detail, CancellationToken cancel)
    {
        var waiting = new List<HeldDelivery>((await store.HeldOfAsync(detail.Submission.Id, cancel).ConfigureAwait(false)).Take(MostParts));

        // What leaves soon can be taken back until somebody has begun with it.
        var leaving = detail.Recipients.Where(r => r is { State: DeliveryState.Ready, Attempts: 0, Outcome: Outcome.Pending }).Select(r => r.DeliveryId).Distinct();
        foreach (var part in leaving.Take(MostParts - waiting.Count))
        {
            if (await store.FindHeldAsync(part, cancel).ConfigureAwait(false) is { } held)
            {
                waiting.Add(held);
            }
        }

        return waiting;
    }
}
