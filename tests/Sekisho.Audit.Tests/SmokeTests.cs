namespace Sekisho.Audit.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void A_curve_of_too_few_mails_says_nothing() => Assert.Null(Inspection.ScoreCurve.Empty.AlarmsPerThousand(500));
}
