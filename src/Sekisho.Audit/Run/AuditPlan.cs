using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Run;

/// <summary>One policy that past mail is judged by.</summary>
/// <param name="Name">As named on the command line: <c>shipped</c> or the configuration's path.</param>
/// <param name="Policy">Its rules.</param>
public sealed record AuditPolicy(string Name, PolicySet Policy)
{
    /// <summary>The shipped policy.</summary>
    public const string ShippedName = "shipped";
}

/// <summary>What an audit is to do.</summary>
public sealed record AuditPlan
{
    /// <summary>Paths as given, for the report.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The organisation's domains (<c>example.com</c>, <c>*.example.com</c>); at least one.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>Domains that count as one organisation.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Partners { get; init; } = [];

    /// <summary>At least one; the first decides what teaches.</summary>
    public required IReadOnlyList<AuditPolicy> Policies { get; init; }

    /// <summary>Mails read at the same time, 1 or more.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Longest look at one mail. What is not looked at by then becomes a finding, so this is far beyond what any mail needs: the report must not depend on how busy the machine is.</summary>
    public TimeSpan MailTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What else the result depends on, such as the version of the program and what it reads attachments with; a saved state of another is not taken up.</summary>
    public string Engine { get; init; } = "";
}

/// <summary>What an audit is at.</summary>
public enum AuditPhase
{
    /// <summary>Packed archives are unpacked.</summary>
    Unpacking,

    /// <summary>Messages are found and put in order.</summary>
    Indexing,

    /// <summary>Mails are judged in date order.</summary>
    Judging,
}

/// <summary>How far an audit is.</summary>
/// <param name="Phase">What it is at.</param>
/// <param name="Done">Bytes of this phase behind it.</param>
/// <param name="Total">Bytes of this phase; 0 when not known.</param>
/// <param name="Mails">Mails of this phase behind it.</param>
public readonly record struct AuditProgress(AuditPhase Phase, long Done, long Total, long Mails);
