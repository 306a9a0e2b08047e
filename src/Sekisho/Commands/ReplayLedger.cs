using System.Collections.Concurrent;
using Sekisho.Incidents;

namespace Sekisho.Program.Commands;

/// <summary>One message that was handed in.</summary>
internal sealed class ReplaySubmission(ReplayVariant variant, ReenactedMessage mail, byte[] bodyDigest)
{
    private HashSet<string>? _envelope;

    public ReplayVariant Variant { get; } = variant;

    public IReadOnlyList<string> Recipients { get; } = mail.Recipients;

    public bool MustNotLeave { get; } = mail.MustNotLeave;

    public byte[] BodyDigest { get; } = bodyDigest;

    /// <summary>Recipients whom a copy reached; true for those who got one of their own.</summary>
    public Dictionary<string, bool> Reached { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the address is in the envelope.</summary>
    public bool Addresses(string address)
        => Recipients.Count < 8 ? Recipients.Contains(address, StringComparer.OrdinalIgnoreCase)
            : (_envelope ??= new HashSet<string>(Recipients, StringComparer.OrdinalIgnoreCase)).Contains(address);
}

/// <summary>One variant under way. Its counters are written by the sender, then by the outbox reader, then by the judge.</summary>
internal sealed class ReplayVariant(Incident incident, ReenactmentVariant script)
{
    private ExposureTally? _tally;

    public Incident Incident { get; } = incident;

    public ReenactmentVariant Script { get; } = script;

    /// <summary>Made when the first copy leaves: most variants never need one.</summary>
    public ExposureTally Tally => _tally ??= new ExposureTally(Script.Cast);

    public int Exposed => _tally?.Exposed ?? 0;

    public int Strays => _tally?.Strays ?? 0;

    public int Forbidden => _tally?.Forbidden ?? 0;

    public int Altered => _tally?.Altered ?? 0;

    public int Messages;

    public long Recipients;

    public long Delivered;

    public long Missing;

    public long Sealed;

    public Dictionary<string, long> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>True when the gateway that took it has a fault put in on purpose: then the seal must have been tried.</summary>
    public bool Faulty { get; init; }

    public bool Stopped => Exposed == 0 && Strays == 0 && Forbidden == 0 && (!Faulty || Sealed > 0);

    public void Count(string action, long n = 1)
    {
        lock (Actions)
        {
            Actions[action] = Actions.GetValueOrDefault(action) + n;
        }
    }
}

/// <summary>What was sent, by submission and by slug.</summary>
internal sealed class ReplayLedger
{
    private readonly ConcurrentDictionary<string, ReplaySubmission> _bySubmission = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReplayVariant> _bySlug = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ReplayVariant> _variants = [];

    public IReadOnlyList<ReplayVariant> Variants => _variants;

    public ICollection<KeyValuePair<string, ReplaySubmission>> Submissions => _bySubmission;

    public void Open(ReplayVariant variant)
    {
        _variants.Add(variant);
        _bySlug[variant.Script.Cast.Slug] = variant;
    }

    public void Sent(string submission, ReplaySubmission entry) => _bySubmission[submission] = entry;

    public ReplaySubmission? Find(string submission) => _bySubmission.GetValueOrDefault(submission);

    /// <summary>The variant whose people have that address.</summary>
    public ReplayVariant? OwnerOf(string address) => Cast.SlugOf(address) is { } slug ? _bySlug.GetValueOrDefault(slug) : null;
}
