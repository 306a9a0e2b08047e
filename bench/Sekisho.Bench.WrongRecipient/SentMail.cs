using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>A mail of the set as the bench sees it.</summary>
/// <param name="Index">Place in date order.</param>
/// <param name="Facts">What the product reads of it.</param>
/// <param name="At">Its date.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Recipients">To and Cc, distinct, without the sender.</param>
internal sealed record SentMail(int Index, MessageFacts Facts, DateTimeOffset At, EmailAddress Sender, IReadOnlyList<EmailAddress> Recipients);
