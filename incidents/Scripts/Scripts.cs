namespace Sekisho.Incidents;

/// <summary>Picks the script by mechanism.</summary>
internal static class Scripts
{
    public static IReadOnlyList<ReenactmentVariant> Of(Incident incident) => Mechanisms.Family(incident.Mechanism) switch
    {
        Mechanisms.VisibleFamily => VisibleScript.Variants(incident),
        Mechanisms.AddressesInBody => BodyScript.Variants(incident),
        Mechanisms.AddressesInSubject => BodyScript.SubjectVariants(incident),
        Mechanisms.HeaderBreak => HeaderBreakScript.Variants(incident),
        Mechanisms.DoubleStart => RunScript.DoubleStart(incident),
        Mechanisms.WrongPersonalisation => RunScript.Personalisation(incident),
        Mechanisms.SystemMisrouting => RunScript.Misrouting(incident),
        Mechanisms.ListOpen or Mechanisms.Virus => ListScript.Variants(incident),
        _ => FileScript.Variants(incident),
    };
}
