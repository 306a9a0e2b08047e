namespace Sekisho.Inspection.Tests;

public sealed class ForgottenAttachmentTests
{
    private const string Rule = RuleNames.ForgottenAttachment;

    [Theory]
    [InlineData("議事録を添付いたします。ご確認ください。")]
    [InlineData("見積書を添付しましたので、ご査収ください。")]
    [InlineData("添付の資料をご確認ください。")]
    [InlineData("詳細は添付ファイルをご参照下さい。")]
    [InlineData("別添のとおりご報告します。")]
    [InlineData("請求書を添付にてお送りします。")]
    [InlineData("Please find attached the minutes.")]
    [InlineData("I have attached the report.")]
    [InlineData("Please find\nattached our offer.")]
    [InlineData("Attached is the signed contract.")]
    [InlineData("The minutes are attached.")]
    public void AFileThatIsSaidToBeThereAndIsNot_IsFound(string text)
    {
        var finding = new Look().Finding(Rule, Look.Plain($"田中様\n\n{text}\n\nBest regards\n"))!;
        Assert.Equal(1, finding.Measures["mentions"]);
        Assert.Equal(["taro@client.example"], finding.Recipients);
    }

    [Theory]
    [InlineData("先日添付しました資料の件です。")]
    [InlineData("いただいた添付ファイルをご確認のうえ返信します。")]
    [InlineData("申込書を添付してください。")]
    [InlineData("写真を添付していただけますか。")]
    [InlineData("ファイルは添付しておりません。")]
    [InlineData("後ほど添付にてお送りします。")]
    [InlineData("添付ファイルは開かないでください。")]
    [InlineData("You attached the wrong file.")]
    [InlineData("Please attach your CV.")]
    [InlineData("If it is attached to this message, delete it.")]
    [InlineData("We are attached to our customers.")]
    [InlineData("No attachment is needed.")]
    [InlineData("The label is attached to the box")]
    public void OtherTalkOfAttachments_IsLeftAlone(string text) => Assert.Null(new Look().Finding(Rule, Look.Plain(text)));

    [Theory]
    [InlineData("承知しました。\n\n> 議事録を添付いたします。\n")]
    [InlineData("Thanks!\n\nOn Mon, 1 Apr 2026, Taro wrote:\n> Please find attached the minutes.\n")]
    [InlineData("了解です。\n\n-----Original Message-----\nFrom: a@b.example\nSent: today\nTo: c@d.example\nSubject: x\n\n見積書を添付しました。\n")]
    [InlineData("了解です。\n-- \n資料は添付の通りです\n")]
    [InlineData("See you.\n\nThis e-mail and any attachments are confidential. If you have received this in error, please see attached policy.\n")]
    [InlineData("よろしくお願いします。\n\n本メールは、添付ファイルを含め機密情報です。添付ファイルをご確認の前に名宛人をお確かめください。\n")]
    public void QuotesSignaturesAndDisclaimers_AreNotTheAuthorsWords(string text) => Assert.Null(new Look().Finding(Rule, Look.Plain(text)));

    [Theory]
    [InlineData("application/pdf; name=\"a.pdf\"", "attachment; filename=\"a.pdf\"")]
    [InlineData("image/png", "inline")]
    [InlineData("message/rfc822", "attachment")]
    [InlineData("text/calendar; method=REQUEST", "inline")]
    public void AMailThatCarriesSomething_IsLeftAlone(string type, string disposition)
    {
        var mail = $"From: sender@home.example\nTo: taro@client.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            + $"--b\nContent-Type: text/plain; charset=utf-8\n\n資料を添付いたします。\n--b\nContent-Type: {type}\nContent-Disposition: {disposition}\n\nSubject: y\n\nz\n--b--\n";
        Assert.Null(new Look().Finding(Rule, mail));
    }

    [Fact]
    public void ASignatureAlone_IsNoAttachment()
    {
        const string Mail = "From: sender@home.example\nTo: taro@client.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\n\n"
            + "--b\nContent-Type: text/plain; charset=utf-8\n\n資料を添付いたします。\n--b\nContent-Type: application/pgp-signature; name=\"signature.asc\"\n\nx\n--b--\n";
        Assert.NotNull(new Look().Finding(Rule, Mail));
    }

    [Fact]
    public void AMillionMentions_AreCountedToABoundOnly()
        => Assert.InRange(new Look().Finding(Rule, Look.Plain(string.Concat(Enumerable.Repeat("資料を添付します。", 300_000))))!.Measures["mentions"], 1, 20);
}
