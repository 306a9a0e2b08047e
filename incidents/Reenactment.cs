namespace Sekisho.Incidents;

/// <summary>One reading of an incident. Where the source leaves a question open (To or Cc? text or file?), each answer is a variant.</summary>
public sealed class ReenactmentVariant
{
    private readonly IEnumerable<ReenactedMessage> _messages;

    internal ReenactmentVariant(string name, Cast cast, IEnumerable<ReenactedMessage> messages)
        => (Name, Cast, _messages) = (name, cast, messages);

    /// <summary>A word or two, e.g. <c>Cc</c>.</summary>
    public string Name { get; }

    /// <summary>Its people. No address or record of it occurs in another variant or incident.</summary>
    public Cast Cast { get; }

    /// <summary>The submissions in order. Enumerating is cheap: a message is built when it is asked for.</summary>
    public IEnumerable<ReenactedMessage> Messages => _messages;

    /// <summary>True when the order matters: one connection then sends them all.</summary>
    public bool Ordered { get; init; }

    /// <summary>An address of the organisation whose owner presses <c>stop</c> right after sending, or null.</summary>
    public string? StopsSender { get; init; }

    /// <summary>What was assumed where the record gives no figure; empty when nothing was.</summary>
    public string Assumed { get; init; } = "";
}

/// <summary>An incident as mail, at the size it really had.</summary>
public sealed class Reenactment
{
    /// <summary>Recipients where the source gives no number.</summary>
    public const int UnstatedCount = 20;

    private Reenactment(Incident incident, IReadOnlyList<ReenactmentVariant> variants) => (Incident, Variants) = (incident, variants);

    /// <summary>The record.</summary>
    public Incident Incident { get; }

    /// <summary>Every reading; all are sent, and none may leak.</summary>
    public IReadOnlyList<ReenactmentVariant> Variants { get; }

    /// <summary>True when it needs a gateway with an injected fault: its own mail is in order, the system that carries it is not.</summary>
    public bool NeedsFaultyGateway => Incident.Mechanism == Mechanisms.SystemMisrouting;

    /// <summary>The re-enactment of an incident. Depends on the record alone: the same record gives the same bytes.</summary>
    public static Reenactment For(Incident incident) => new(incident, Scripts.Of(incident));
}
