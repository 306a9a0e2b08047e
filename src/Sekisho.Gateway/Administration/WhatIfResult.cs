using Sekisho.Policy;

namespace Sekisho.Gateway.Administration;

/// <summary>One mail that would have fared otherwise. Whose it was and what it said is looked up when it is shown: the result itself holds no personal data.</summary>
/// <param name="Submission">Its name.</param>
/// <param name="Before">The gravest verdict under the policy in force.</param>
/// <param name="After">The same under the changed one.</param>
/// <param name="Rules">Policy rules that made the difference.</param>
public sealed record WhatIfMail(string Submission, PolicyAction Before, PolicyAction After, IReadOnlyList<string> Rules);

/// <summary>What one policy rule would have changed, in mails.</summary>
public sealed record WhatIfRule(string Rule, long Newly, long NoLonger, long Otherwise);

/// <summary>What a changed policy would have made of stored mail. To stop: hold, approve or refuse for at least one recipient.</summary>
public sealed record WhatIfResult
{
    /// <summary>Mails spelled out of each kind.</summary>
    public const int Spelled = 50;

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Version of the policy in force when it was asked.</summary>
    public required string PolicyBefore { get; init; }

    public required string PolicyAfter { get; init; }

    /// <summary>Mails judged twice.</summary>
    public long Mails { get; init; }

    public long StoppedBefore { get; init; }

    public long StoppedAfter { get; init; }

    /// <summary>Would have stopped, did not.</summary>
    public long Newly { get; init; }

    /// <summary>Did stop, would not have.</summary>
    public long NoLonger { get; init; }

    /// <summary>Verdict or approvers differ, but stopped (or not) as before.</summary>
    public long Otherwise { get; init; }

    /// <summary>The largest changes first.</summary>
    public IReadOnlyList<WhatIfRule> Rules { get; init; } = [];

    public IReadOnlyList<WhatIfMail> NewlyMails { get; init; } = [];

    public IReadOnlyList<WhatIfMail> NoLongerMails { get; init; } = [];

    public IReadOnlyList<WhatIfMail> OtherwiseMails { get; init; } = [];

    /// <summary>Judged by what was found then: the body is gone, so changed words, file names and lists could not be looked for again.</summary>
    public long Bodiless { get; init; }

    /// <summary>Not judged: who is inside, or who belongs together, changes for it, and who knew whom at the time is not kept.</summary>
    public long NotJudged { get; init; }

    /// <summary>Interruptions per 1,000 mails under the policy in force.</summary>
    public double PerThousandBefore => Mails == 0 ? 0 : StoppedBefore * 1000.0 / Mails;

    /// <summary>Interruptions per 1,000 mails under the changed one.</summary>
    public double PerThousandAfter => Mails == 0 ? 0 : StoppedAfter * 1000.0 / Mails;
}

/// <summary>How far it is.</summary>
/// <param name="Mails">Mails read.</param>
/// <param name="Part">Of the span of time, 0 to 1.</param>
public sealed record WhatIfProgress(long Mails, double Part);
