namespace Sekisho.Inspection.Tests;

public sealed class TopicTests
{
    [Theory]
    [InlineData("Delivery of the parts")]
    [InlineData("Re: Delivery of the parts")]
    [InlineData("RE[2]: Re: delivery of  the parts")]
    [InlineData("Re(3): Fwd: DELIVERY of the parts")]
    [InlineData("AW: WG: Delivery of the parts")]
    [InlineData("Antwort: Delivery of the parts")]
    [InlineData("[team] Re: [team] Delivery of the parts")]
    [InlineData("転送：返信： Delivery of the parts")]
    [InlineData("Ｒｅ：　Delivery of the parts")]
    [InlineData("Re : SV: VS: RV: TR: Odp: YNT: 回复: 답장: Delivery of the parts.")]
    public void AMailItsAnswersAndWhatIsPassedOn_HaveOneTopic(string subject) => Assert.Equal("delivery of the parts", Topic.Of(subject));

    [Theory]
    [InlineData("Re: 御見積書 A-12345 の件", "御見積書 a-12345 の件")]
    [InlineData("Note: parts arrived", "note: parts arrived")]
    [InlineData("Project Hermes: Re: budget", "project hermes: re: budget")]
    public void WhatIsNoMark_Stays(string subject, string topic) => Assert.Equal(topic, Topic.Of(subject));

    [Theory]
    [InlineData("")]
    [InlineData("Re:")]
    [InlineData("Re: Re: ")]
    [InlineData("Hi")]
    [InlineData("Hello!")]
    [InlineData("RE: hello")]
    [InlineData("お世話になっております。")]
    [InlineData("Re: ご連絡")]
    [InlineData("[team]")]
    [InlineData("??? !!!")]
    [InlineData("見積")]
    public void ASubjectThatSaysTooLittle_IsNoTopic(string subject) => Assert.Equal("", Topic.Of(subject));

    [Fact]
    public void NoSubjectIsTooLong()
    {
        Assert.InRange(Topic.Of(string.Concat(Enumerable.Repeat("Re: ", 100_000))).Length, 0, 200);
        Assert.InRange(Topic.Of(new string('あ', 100_000)).Length, 100, 200);
    }
}
