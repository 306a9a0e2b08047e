namespace Sekisho.Inspection.Tests;

public sealed class MeetingCodesTests
{
    private static Finding? See(string text) => new Look { To = ["taro@client.example", "hanako@client.example"] }.Finding(RuleNames.Credentials, Look.Plain(text, "To: taro@client.example, hanako@client.example\n"));

    private const string Call = "Date:  Monday, 10/22/01\nTime:  8:00am PST\nDial-in number:  888-555-0124\nPasscode:  10197\nConfirmation:  9853584\n";

    [Fact]
    public void AConferencesCode_IsNoPassword() => Assert.Null(See(Call));

    [Theory]
    [InlineData("User:  taro\nPasscode:  10197\nRegion:  east\n")]
    [InlineData(Call + "\nUser:  taro\nPassword:  Kx82-pqr1\nRegion:  east\n")]
    public void APassword_IsOne_ConferenceOrNot(string text) => Assert.NotNull(See(text));
}
