using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>A way out: the relay, or the outbox folder.</summary>
internal interface IOutgoing
{
    /// <summary>True when the other side reports on deliveries itself (RFC 3461), as far as seen.</summary>
    bool Reports { get; }

    /// <summary>Copies under way at once.</summary>
    int Concurrency { get; }

    /// <summary>True when one transaction takes any number of recipients, and must have them all: what is kept under the delivery's name is kept once.</summary>
    bool TakesAllAtOnce => false;

    /// <summary>
    /// Sends one copy to its recipients, all of one transaction. Answers what became of each and how far it came; does not throw for
    /// anything the other side does. <paramref name="cancel"/> takes effect only while nothing can have been taken.
    /// </summary>
    Task<SmtpSendResult> SendAsync(Delivery delivery, IReadOnlyList<StoredRecipient> recipients, ISmtpContent content, CancellationToken cancel);

    /// <summary>Closes what is pooled.</summary>
    Task CloseAsync();
}
