using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Sekisho.Incidents;

/// <summary>The catalogue cannot be read; the message says where and why.</summary>
public sealed class CatalogueException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What to look for; every field given must fit.</summary>
public sealed record CatalogueQuery
{
    /// <summary>Words, all of which must occur somewhere in the record (either language, any field a person reads); case is not minded.</summary>
    public string? Text { get; init; }

    /// <summary>A mechanism, or <c>visible-recipients</c> for the three of them; secondary mechanisms count.</summary>
    public string? Mechanism { get; init; }

    /// <summary>A year.</summary>
    public int? Year { get; init; }

    /// <summary>A sector.</summary>
    public string? Sector { get; init; }
}

/// <summary>The incident catalogue as the product carries it.</summary>
public sealed class Catalogue
{
    private static readonly Lazy<Catalogue> s_embedded = new(LoadEmbedded);

    private readonly Dictionary<string, Incident> _byId;

    private Catalogue(List<Incident> incidents)
    {
        Incidents = incidents;
        _byId = incidents.ToDictionary(i => i.Id, StringComparer.OrdinalIgnoreCase);
        Statistics = CatalogueStatistics.Of(incidents);
    }

    /// <summary>The catalogue inside this assembly, read once. Throws <see cref="CatalogueException"/> when it is damaged.</summary>
    public static Catalogue Embedded => s_embedded.Value;

    /// <summary>Every incident, oldest first.</summary>
    public IReadOnlyList<Incident> Incidents { get; }

    /// <summary>Figures over all of them.</summary>
    public CatalogueStatistics Statistics { get; }

    /// <summary>Reads a catalogue. Throws <see cref="CatalogueException"/> with the record and the field when it is not one.</summary>
    public static Catalogue Parse(ReadOnlySpan<byte> utf8)
    {
        List<Incident>? incidents;
        try
        {
            incidents = JsonSerializer.Deserialize(utf8, CatalogueJson.Default.ListIncident);
        }
        catch (JsonException e)
        {
            throw new CatalogueException($"incidents.json, line {e.LineNumber + 1}, {e.Path ?? "$"}: {e.Message}", e);
        }

        if (incidents is null || incidents.Count == 0)
        {
            throw new CatalogueException("incidents.json: a list of incidents was expected");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var incident in incidents)
        {
            Check(incident);
            if (!seen.Add(incident.Id))
            {
                throw new CatalogueException($"incidents.json: the id '{incident.Id}' stands twice");
            }
        }

        return new Catalogue([.. incidents.OrderBy(i => i.Date).ThenBy(i => i.Id, StringComparer.Ordinal)]);
    }

    /// <summary>The incident of that id (case not minded), or null.</summary>
    public Incident? Find(string id) => _byId.GetValueOrDefault(id.Trim());

    /// <summary>Ids that look like <paramref name="id"/>: those that contain it first, then those a few letters away. At most <paramref name="max"/>.</summary>
    public IReadOnlyList<string> NearMatches(string id, int max = 5)
    {
        var wanted = id.Trim().ToLowerInvariant();
        if (wanted.Length == 0)
        {
            return [];
        }

        return [.. Incidents
            .Select(i => (i.Id, Distance: i.Id.Contains(wanted, StringComparison.Ordinal) ? 0
                : Math.Min(EditDistance(wanted, i.Id), 1 + EditDistance(wanted, i.Id.Length > 11 ? i.Id[11..] : i.Id))))
            .Where(x => x.Distance <= Math.Max(3, wanted.Length / 3))
            .OrderBy(x => x.Distance)
            .ThenBy(x => x.Id, StringComparer.Ordinal)
            .Take(max)
            .Select(x => x.Id)];
    }

    /// <summary>Incidents that fit, oldest first.</summary>
    public IReadOnlyList<Incident> Search(CatalogueQuery query)
    {
        var words = (query.Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. Incidents.Where(i =>
            (query.Year is null || i.Year == query.Year)
            && (query.Sector is null || string.Equals(i.Sector, query.Sector, StringComparison.OrdinalIgnoreCase))
            && (query.Mechanism is null || HasMechanism(i, query.Mechanism))
            && words.All(w => SearchText(i).Contains(w, StringComparison.OrdinalIgnoreCase)))];
    }

    private static bool HasMechanism(Incident incident, string mechanism)
        => incident.SecondaryMechanisms.Prepend(incident.Mechanism).Any(m =>
            string.Equals(m, mechanism, StringComparison.OrdinalIgnoreCase)
            || string.Equals(Mechanisms.Family(m), mechanism, StringComparison.OrdinalIgnoreCase));

    private static string SearchText(Incident i) => new StringBuilder()
        .AppendLine(i.Id).AppendLine(i.Organization).AppendLine(i.OrganizationEn).AppendLine(i.Sector).AppendLine(i.Mechanism)
        .AppendJoin(' ', i.SecondaryMechanisms).AppendLine()
        .AppendLine(Mechanisms.Describe(i.Mechanism, japanese: true)).AppendLine(Mechanisms.Describe(i.Mechanism, japanese: false))
        .AppendLine(i.Cause).AppendLine(i.Audience).AppendJoin(' ', i.ExposedKinds).AppendLine().AppendJoin(' ', i.Control).AppendLine()
        .AppendLine(i.Tool).AppendLine(i.SummaryEn).AppendLine(i.SummaryJa).AppendLine(i.SeedHeading).AppendLine(i.Notes)
        .AppendLine(i.Replay.Notes).ToString();

    private static void Check(Incident incident)
    {
        if (incident.Id.Length is 0 or > 50 || incident.Id.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
        {
            throw new CatalogueException($"incidents.json: the id '{incident.Id}' must be 1 to 50 lower-case letters, digits and hyphens");
        }

        if (!Mechanisms.All.Contains(incident.Mechanism))
        {
            throw new CatalogueException($"incidents.json: {incident.Id}: the mechanism '{incident.Mechanism}' is not known");
        }

        int?[] counts =
        [
            incident.Recipients, incident.RecipientOrgs, incident.MailingTotal, incident.Batches, incident.Undelivered, incident.Exposed,
            incident.ExposedOrgs, incident.Replay.Messages, incident.Replay.ToCount, incident.Replay.CcCount, incident.Replay.BccCount,
            incident.Replay.AddressesInBody, incident.Replay.AddressesInSubject, incident.Replay.Attachment.Rows,
        ];
        if (counts.Any(c => c < 0))
        {
            throw new CatalogueException($"incidents.json: {incident.Id}: a count is negative");
        }
    }

    private static Catalogue LoadEmbedded()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("incidents.json")
            ?? throw new CatalogueException("the incident catalogue is missing from this build");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Parse(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private static int EditDistance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
