namespace Sekisho.Inspection;

/// <summary>Other people's data on its way outside: persons counted once each, whatever file or sheet they stand in, without the recipient himself.</summary>
public sealed class PersonalData : IInspector
{
    private const int Thousand = 1000;
    private const int Hundred = 100;
    private const int Ten = 10;

    /// <inheritdoc/>
    public string Rule => RuleNames.PersonalData;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var found = context.Analysis.People(cancel);
        var audience = Audience.Of(context, found, cancel);
        if (audience.Most == 0)
        {
            yield break;
        }

        var kinds = PersonalDataWording.CountKinds(audience.Others);
        var files = audience.Others.SelectMany(p => p.Files).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        yield return new Finding
        {
            Rule = Rule,
            Severity = Grade(audience, files.Count > 0),
            Summary = PersonalDataWording.Say(audience, files, kinds),
            Evidence = PersonalDataWording.Evidence(audience, kinds),
            Recipients = audience.Concerned,
            Persons = audience.Most,
            Measures = new Dictionary<string, long>
            {
                ["own"] = audience.Own,
                ["sensitive"] = audience.MostSensitive,
                ["medical"] = audience.MostMedical,
                ["kinds"] = kinds.Count,
                ["hidden"] = audience.Others.Count(p => p.Hidden),
                ["files"] = files.Count,
            },
        };
    }

    private static Severity Grade(Audience audience, bool inFile) => audience.Most >= Thousand ? Severity.Critical
        : audience.MostSensitive > 0 ? audience.Most >= Ten ? Severity.Critical : Severity.High
        : audience.Most >= Hundred ? Severity.High
        : audience.Most >= Ten ? Severity.Medium
        : inFile ? Severity.Low : Severity.Info;
}
