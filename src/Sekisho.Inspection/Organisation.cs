using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// The organisation by its domains. Where none are set, the envelope sender's own domain is inside (a freemail sender has none):
/// use <see cref="ForSender"/>.
/// </summary>
public sealed class Organisation : IOrganisation
{
    /// <summary>An organisation with these domains (<c>example.com</c>, <c>*.example.com</c>) and partners' domain groups that count as one organisation.</summary>
    public Organisation(IReadOnlyList<string> domains, IReadOnlyList<IReadOnlyList<string>>? partners = null) => throw new NotImplementedException();

    /// <summary>This, or where no domains are set one whose inside is the domain of <paramref name="mailFrom"/> (nothing for freemail or the null sender).</summary>
    public IOrganisation ForSender(string mailFrom) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool IsInside(EmailAddress address) => throw new NotImplementedException();

    /// <inheritdoc/>
    public string OrganisationOf(EmailAddress address) => throw new NotImplementedException();

    /// <summary>True for a freemail provider's domain (list carried by the product).</summary>
    public static bool IsFreemail(string domain) => throw new NotImplementedException();
}
