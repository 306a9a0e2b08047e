using Sekisho.Mime;

namespace Sekisho.Gateway.Hold;

/// <summary>Who stands as the author of a message: nobody approves what he wrote himself, under whatever envelope it came.</summary>
internal static class Authors
{
    /// <summary>More are no authors but a list; who handed it in is known all the same.</summary>
    private const int Most = 100;

    private static readonly string[] s_fields = ["From", "Sender", "Resent-From", "Resent-Sender"];

    /// <summary>The addresses of From, Sender and their resent kin, each once.</summary>
    public static IReadOnlyList<string> Of(MimeMessage message)
        => [.. s_fields.SelectMany(name => message.Headers.All(name)).SelectMany(field => AddressList.Parse(field).Mailboxes)
            .Where(m => m.Address is not null).Select(m => m.Address!.Key).Distinct(StringComparer.Ordinal).Take(Most)];
}
