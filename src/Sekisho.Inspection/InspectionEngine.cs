namespace Sekisho.Inspection;

/// <summary>Reads the facts once and asks every rule. A rule that throws or runs out of time becomes an <c>uninspectable</c> finding for all outside recipients (law 7).</summary>
public sealed class InspectionEngine
{
    /// <summary>An engine of the given rules.</summary>
    public InspectionEngine(IReadOnlyList<IInspector> inspectors) => throw new NotImplementedException();

    /// <summary>An engine with every rule of this room.</summary>
    public static InspectionEngine CreateDefault() => throw new NotImplementedException();

    /// <summary>Looks at one message. Does not throw but for <see cref="OperationCanceledException"/>.</summary>
    public InspectionResult Inspect(InspectionInput input, IOrganisation organisation, ICorrespondence correspondence, IRecentMail recent, RuleSettings settings, CancellationToken cancel)
        => throw new NotImplementedException();
}
