namespace Sekisho.Inspection.Tests;

public sealed class RecalledMessageTests
{
    private const string Rule = RuleNames.RecalledMessage;

    [Theory]
    [InlineData("Recall: Survey")]
    [InlineData("RECALL: Survey")]
    [InlineData("Message Recall Request")]
    [InlineData("取り消し: アンケートのお願い")]
    [InlineData("取り消し： アンケートのお願い")]
    [InlineData("メッセージの取り消し")]
    [InlineData("【回収】アンケートのお願い")]
    [InlineData("=?utf-8?B?5Y+W44KK5raI44GXOiDjgqLjg7PjgrHjg7zjg4g=?=")]
    public void ARecall_IsKnownByItsSubject(string subject)
    {
        var finding = new Look { To = Look.People(12) }.Finding(Rule, Look.Plain("x", "", subject))!;
        Assert.Equal(1, finding.Measures["recall"]);
        Assert.Equal(0, finding.Measures["correction"]);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal("A recall takes nothing back outside: 12 recipients would only get one more mail about it.", finding.Summary.En);
    }

    [Theory]
    [InlineData("Content-Class: urn:content-classes:recallmessage\n")]
    [InlineData("X-Message-Class: IPM.Outlook.Recall\n")]
    public void ARecall_IsKnownByItsClass(string header)
        => Assert.Equal(1, new Look().Finding(Rule, Look.Plain("x", "To: taro@client.example\n" + header))!.Measures["recall"]);

    [Theory]
    [InlineData("先ほどのメールは削除してください。")]
    [InlineData("お世話になっております。\n先程お送りしたメールを破棄していただけますでしょうか。")]
    [InlineData("誤ってメールを送信してしまいましたので、削除をお願いいたします。")]
    [InlineData("このたび、メールを誤送信してしまいました。")]
    [InlineData("Please delete my previous email.")]
    [InlineData("Dear all,\n\nplease delete my\nprevious email.")]
    [InlineData("先ほどのメー\nルは削除してくだ\nさい")]
    [InlineData("Kindly disregard the last message.")]
    [InlineData("I am sorry - please ignore my earlier mail, it went to the wrong list.")]
    public void ARequestToDelete_IsACorrection(string text)
    {
        var finding = new Look().Finding(Rule, Look.Plain(text))!;
        Assert.Equal(1, finding.Measures["correction"]);
        Assert.Equal(0, finding.Measures["recall"]);
        Assert.Equal(Severity.Medium, finding.Severity);
    }

    [Theory]
    [InlineData("If you are not the intended recipient, please delete this message and any previous email.")]
    [InlineData("本メールにお心当たりのない場合は、お手数ですが削除してください。")]
    [InlineData("万一、誤送信の場合はご連絡のうえ破棄してください。")]
    [InlineData("メール誤送信防止のため、宛先を確認しています。")]
    [InlineData("先ほどはお電話ありがとうございました。不要なファイルを削除しました。")]
    [InlineData("We will delete your data. The previous message is on file.")]
    [InlineData("When my e-mail was full I went through deleting stuff and must have had to delete yours.")]
    [InlineData("Product recall: the toaster of 2025")]
    [InlineData("> Please delete my previous email.\n\nDone!")]
    public void DisclaimersQuotesAndOtherDeletions_AreLeftAlone(string text) => Assert.Null(new Look().Finding(Rule, Look.Plain(text)));

    [Theory]
    [InlineData("Total recall")]
    [InlineData("Recalling our talk")]
    [InlineData("回収スケジュールのご案内")]
    [InlineData("Re: Recall: Survey")]
    public void OtherSubjects_AreLeftAlone(string subject) => Assert.Null(new Look().Finding(Rule, Look.Plain("x", subject: subject)));

    [Fact]
    public void InsideOnly_ARecallMayWork() => Assert.Null(new Look { To = ["a@home.example"] }.Finding(Rule, Look.Plain("x", subject: "Recall: Survey")));
}
