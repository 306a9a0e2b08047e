using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>One address that is probably a slip for another, or imitates it.</summary>
/// <param name="Typed">The address on the mail.</param>
/// <param name="Kind">In what they resemble each other.</param>
/// <param name="Meant">Key of the address that was probably meant; for a slip in the domain, the same person there.</param>
/// <param name="Distance">Edits between what differs; 0 for a name.</param>
/// <param name="Strong">It speaks for itself; else it is only noted.</param>
internal sealed record Lookalike(EmailAddress Typed, AlikeKind Kind, string Meant, int Distance, bool Strong)
{
    /// <summary>Mails the meant one, or his organisation, was written to.</summary>
    public long RivalMails { get; init; }

    /// <summary>Mails the typed one was written to.</summary>
    public long Known { get; init; }

    /// <summary>The meant domain is our own.</summary>
    public bool ImitatesUs { get; init; }

    /// <summary>A recipient of the envelope; else somebody only shown in the header.</summary>
    public bool InEnvelope { get; init; } = true;

    /// <summary>The domain that was meant.</summary>
    public string MeantDomain => Meant[(Meant.LastIndexOf('@') + 1)..];

    /// <summary>A slip in the address of <paramref name="typed"/> whose domain should be <paramref name="domain"/>.</summary>
    public static Lookalike OfDomain(EmailAddress typed, AlikeKind kind, string domain, int distance, bool strong)
        => new(typed, kind, $"{typed.Key[..typed.Key.LastIndexOf('@')]}@{domain}", distance, strong);
}
