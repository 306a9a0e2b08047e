namespace Sekisho.Inspection.Tests;

public sealed class InternalOnlyTests
{
    private const string Rule = RuleNames.InternalOnly;

    [Theory]
    [InlineData("【社外秘】営業資料", "よろしくお願いします。")]
    [InlineData("社外秘_2026年度計画", "よろしくお願いします。")]
    [InlineData("計画", "社外秘\n\n来期の計画です。")]
    [InlineData("計画", "社外秘。下記のとおり対応してください。")]
    [InlineData("計画", "（関係者外秘）\n来期の計画です。")]
    [InlineData("計画", "来期の計画です。\n【社内限り】")]
    [InlineData("Plan", "INTERNAL USE ONLY\n\nThe plan.")]
    [InlineData("Plan (internal only)", "The plan.")]
    [InlineData("Plan", "*** Company Confidential ***\nThe plan.")]
    [InlineData("計画", "社\u200B外秘\n来期の計画です。")]
    public void ALabel_IsFound(string subject, string text)
    {
        var finding = new Look().Finding(Rule, Look.Plain(text, subject: subject))!;
        Assert.Equal(1, finding.Measures["labels"]);
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Theory]
    [InlineData("研修のご案内", "社外秘情報の取扱いについて学びます。")]
    [InlineData("社内用語集のご案内", "用語集です。")]
    [InlineData("極秘セール開催", "お得です。")]
    [InlineData("ご質問", "「社外秘」の資料は送らないでください。")]
    [InlineData("規程", "資料には社外秘と記載します。")]
    [InlineData("Question", "This must not be used for internal use only purposes by you.")]
    [InlineData("Hello", "CONFIDENTIAL\nunder our NDA")]
    [InlineData("秘書室", "秘書の件、限度額の件です。")]
    public void TalkOfLabels_IsLeftAlone(string subject, string text) => Assert.Null(new Look().Finding(Rule, Look.Plain(text, subject: subject)));

    [Fact]
    public void TheSensitivityField_IsALabel()
        => Assert.NotNull(new Look().Finding(Rule, Look.Plain("x", header: "To: taro@client.example\nSensitivity: Company-Confidential\n")));

    [Theory]
    [InlineData("社員各位\n\n来週は休業です。")]
    [InlineData("全職員の皆様\n\n来週は休業です。")]
    [InlineData("Dear all staff,\n\nThe office is closed.")]
    public void AMailToTheStaff_IsFound(string text) => Assert.Equal(1, new Look().Finding(Rule, Look.Plain(text))!.Measures["audience"]);

    [Theory]
    [InlineData("株式会社みどり\n営業部 社員各位\n\nお世話になっております。")]
    [InlineData("会員各位\n\n総会のご案内です。")]
    [InlineData("お客様各位\n\n休業のご案内です。")]
    [InlineData("Dear colleagues,\n\nThe workshop is on Monday.")]
    [InlineData("関係者各位\n\n休業のご案内です。")]
    [InlineData("営業部各位\n\nお世話になっております。")]
    [InlineData("お世話になっております。\nご案内です。\n一行\n二行\n社員各位には別に送ります。")]
    public void OtherGreetings_AreLeftAlone(string text) => Assert.Null(new Look().Finding(Rule, Look.Plain(text)));

    [Fact]
    public void ADepartment_IsTheStaffWhereTheHeaderNamesColleaguesOnly()
        => Assert.NotNull(new Look().Finding(Rule, Look.Plain("営業部各位\n\n本日中に対応してください。", header: "To: sales-all@home.example\n")));

    [Fact]
    public void AForwardedLabel_CountsButAQuotedOneInAReplyDoesNot()
    {
        const string Quoted = "ご参考まで。\n\n-----Original Message-----\nFrom: b@home.example\nSent: today\nTo: c@home.example\nSubject: 計画\n\n【社外秘】\n来期の計画です。\n";
        Assert.NotNull(new Look().Finding(Rule, Look.Plain(Quoted, subject: "Fw: 計画")));
        Assert.Null(new Look().Finding(Rule, Look.Plain(Quoted, subject: "RE: 計画")));
        Assert.Null(new Look().Finding(Rule, Look.Plain(Quoted, header: "To: taro@client.example\nIn-Reply-To: <1@client.example>\n", subject: "Re: 計画")));
    }

    [Fact]
    public void InsideMail_IsNotAsked()
        => Assert.Empty((new Look { To = ["b@home.example"] }).Findings(Rule, Look.Plain("社外秘\n計画", header: "To: b@home.example\n")));
}
