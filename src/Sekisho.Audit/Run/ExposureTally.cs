using Sekisho.Audit.Report;
using Sekisho.Inspection;

namespace Sekisho.Audit.Run;

/// <summary>Whose address strangers saw, in how many mails. Bounded: past <see cref="Most"/> people the least exposed half is forgotten.</summary>
internal sealed class ExposureTally
{
    private const int Most = 200_000;

    private const int Shown = 50;

    private readonly Dictionary<string, ExposedPerson> _people = new(StringComparer.Ordinal);

    /// <summary>
    /// Counts one mail in which outside people who are strangers to each other could see one another. For each of them, those recipients the finding names who are of
    /// another organisation count as viewers.
    /// </summary>
    public void Add(InspectionResult result, DateTimeOffset at)
    {
        if (result.Findings.FirstOrDefault(f => f.Rule == RuleNames.VisibleRecipients) is not { } finding)
        {
            return;
        }

        var viewers = finding.Recipients.ToHashSet(StringComparer.Ordinal);
        var colleagues = result.Facts.Outside.DistinctBy(r => r.Key).Where(r => viewers.Contains(r.Key)).CountBy(r => r.Organisation, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var shown in result.Facts.Visible.Where(v => !v.Inside).DistinctBy(v => v.Address.Key))
        {
            var others = viewers.Count - colleagues.GetValueOrDefault(shown.Organisation);
            if (others > 0)
            {
                var before = _people.GetValueOrDefault(shown.Address.Key);
                _people[shown.Address.Key] = new ExposedPerson(shown.Address.Key, (before?.Mails ?? 0) + 1, (before?.Viewers ?? 0) + others, before is not null && before.LastAt > at ? before.LastAt : at);
            }
        }

        if (_people.Count > Most)
        {
            var kept = Ordered().Take(Most / 2).ToList();
            _people.Clear();
            foreach (var person in kept)
            {
                _people.Add(person.Address, person);
            }
        }
    }

    /// <summary>The most exposed first.</summary>
    public IReadOnlyList<ExposedPerson> MostExposed() => [.. Ordered().Take(Shown)];

    public void Save(BinaryWriter writer) => writer.WriteAll(_people, (w, k) => w.Write(k), (w, v) =>
    {
        w.Write(v.Mails);
        w.Write(v.Viewers);
        w.WriteMoment(v.LastAt);
    });

    public void Load(BinaryReader reader)
    {
        _people.Clear();
        for (var left = SavedCounts.Count(reader); left > 0; left--)
        {
            var address = reader.ReadString();
            _people[address] = new ExposedPerson(address, reader.ReadInt64(), reader.ReadInt64(), reader.ReadMoment() ?? default);
        }
    }

    private IEnumerable<ExposedPerson> Ordered() => _people.Values.OrderByDescending(p => p.Viewers).ThenByDescending(p => p.Mails).ThenBy(p => p.Address, StringComparer.Ordinal);
}
