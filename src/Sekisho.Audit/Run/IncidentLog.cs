using System.Text;
using System.Text.Json;
using Sekisho.Audit.Report;
using Sekisho.Gateway;

namespace Sekisho.Audit.Run;

/// <summary>Every incident under one policy, in the order found, a JSON line each: years of mail may hold more of them than memory should.</summary>
internal sealed class IncidentLog(string path, long length, long count) : IDisposable
{
    private readonly AppendLog _log = new(path, length);

    /// <summary>How many.</summary>
    public long Count { get; private set; } = count;

    /// <summary>Bytes of them.</summary>
    public long Length => _log.Length;

    /// <summary>Adds one.</summary>
    public void Add(AuditIncident incident)
    {
        _log.Add(JsonSerializer.SerializeToUtf8Bytes(incident, AnswerJson.Options));
        _log.Add("\n"u8);
        Count++;
    }

    /// <inheritdoc cref="AppendLog.Flush"/>
    public void Flush() => _log.Flush();

    /// <summary>All, in the order they were added.</summary>
    public IEnumerable<AuditIncident> All()
    {
        using var reader = new StreamReader(_log.OpenRead(), Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 64 * 1024);
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<AuditIncident>(line, AnswerJson.Options)!;
        }
    }

    /// <summary>The gravest, gravest first, at most <paramref name="most"/>: by verdict, severity, persons exposed, visible organisations, then as they came.</summary>
    public IReadOnlyList<AuditIncident> Gravest(int most)
    {
        var kept = new PriorityQueue<AuditIncident, (int, int, long, int, long)>();
        long order = 0;
        foreach (var incident in All())
        {
            kept.Enqueue(incident, ((int)incident.Verdict, (int)incident.Severity, incident.Exposed, incident.Organisations, -order++));
            if (kept.Count > most)
            {
                kept.Dequeue();
            }
        }

        return [.. kept.UnorderedItems.OrderByDescending(i => i.Priority).Select(i => i.Element)];
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();
}
