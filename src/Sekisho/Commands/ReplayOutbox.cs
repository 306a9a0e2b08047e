using System.Text.Json;

namespace Sekisho.Program.Commands;

/// <summary>
/// Reads the copies that left from a gateway's outbox and has them counted. Files of mail that is none of the replay's are left alone; of an own
/// gateway everything is read, and removed once counted.
/// </summary>
internal sealed class ReplayOutbox
{
    private readonly string _directory;
    private readonly ReplayLedger _ledger;
    private readonly bool _own;
    private readonly bool _remove;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _unclaimed = [];

    /// <summary>Remembers what lies there already, so that only new copies are counted.</summary>
    public ReplayOutbox(string data, ReplayLedger ledger, bool own, bool remove)
    {
        (_directory, _ledger, _own, _remove) = (Path.Combine(data, "outbox"), ledger, own, remove);
        foreach (var file in Files())
        {
            _seen.Add(Path.GetFileName(file));
        }
    }

    /// <summary>Copies counted so far.</summary>
    public long Copies { get; private set; }

    /// <summary>Counts what has come since; returns how many files that were.</summary>
    public int Drain(CancellationToken cancel)
    {
        var count = 0;
        foreach (var file in Files())
        {
            cancel.ThrowIfCancellationRequested();
            if (!_seen.Add(Path.GetFileName(file)))
            {
                continue;
            }

            count++;
            if (!Take(file, final: false))
            {
                _unclaimed.Add(file);
            }
        }

        return count;
    }

    /// <summary>Looks once more at what no submission claimed: now all replies are in, so that is the gateway's own mail, or somebody else's.</summary>
    public void DrainUnclaimed()
    {
        foreach (var file in _unclaimed)
        {
            Take(file, final: true);
        }

        _unclaimed.Clear();
    }

    private IEnumerable<string> Files() => Directory.Exists(_directory) ? Directory.EnumerateFiles(_directory, "*.json") : [];

    private bool Take(string file, bool final)
    {
        var (to, submission) = ReadEnvelope(file);
        var message = Path.ChangeExtension(file, ".eml");
        if (_ledger.Find(submission) is { } entry)
        {
            var bytes = File.ReadAllBytes(message);
            entry.Variant.Tally.Add(bytes, to, entry.Addresses, entry.MustNotLeave, entry.BodyDigest);
            foreach (var address in to)
            {
                entry.Reached[address] = to.Length == 1 || entry.Reached.GetValueOrDefault(address);
            }

            Copies++;
            Remove(file, message);
            return true;
        }

        if (!final)
        {
            return false;
        }

        // A note or a report of the gateway: it, too, must not show anybody to an outsider.
        foreach (var group in to.GroupBy(_ledger.OwnerOf))
        {
            group.Key?.Tally.Add(File.ReadAllBytes(message), [.. group], envelope: null, mustNotLeave: false, originalBody: null);
        }

        if (_own)
        {
            Remove(file, message);
        }

        return true;
    }

    private void Remove(string file, string message)
    {
        if (_remove)
        {
            File.Delete(file);
            File.Delete(message);
            _seen.Remove(Path.GetFileName(file));
        }
    }

    private static (string[] To, string Submission) ReadEnvelope(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = json.RootElement;
        return ([.. root.GetProperty("to").EnumerateArray().Select(a => a.GetString() ?? "")],
            root.TryGetProperty("submission", out var id) ? id.GetString() ?? "" : "");
    }
}
