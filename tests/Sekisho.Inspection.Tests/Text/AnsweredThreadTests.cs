namespace Sekisho.Inspection.Tests;

/// <summary>What a recipient himself wrote or passed on to us is no news to him; whatever else stands in a quoted thread is.</summary>
public sealed class AnsweredThreadTests
{
    private const string Taro = "taro@client.example";
    private const string Hanako = "hanako@other.example";

    private static readonly string _list = string.Join('\n', Look.People(30));

    /// <summary>An answer to a mail of <paramref name="from"/> that holds an older one with <paramref name="nested"/> in it, and <paramref name="first"/> in his own lines.</summary>
    private static string Answer(string from, string nested, string first = "Thank you for this.", string to = "sender@home.example", string mark = "-----Original Message-----")
        => $"Certainly.\n\n{mark}\nFrom: {from}\nSent: Monday, March 30, 2026 10:00\nTo: {to}\nSubject: Plan\n\n{first}\n\n-----Original Message-----\nFrom: Jiro <jiro@client.example>\n"
            + $"Sent: Friday, March 27, 2026 10:00\nTo: {Taro}\nSubject: Plan\n\n{nested}\n";

    private static long Shown(string text, params string[] to)
        => (to.Length == 0 ? new Look() : new Look { To = to }).Finding(RuleNames.AddressesInBody, Look.Plain(text, $"To: {(to.Length == 0 ? Taro : string.Join(", ", to))}\nIn-Reply-To: <plan@client.example>\n", "Re: Plan"))?.Measures["addresses"] ?? 0;

    private static bool Secret(string text, params string[] to)
        => (to.Length == 0 ? new Look() : new Look { To = to }).Finding(RuleNames.Credentials, Look.Plain(text, subject: "Re: Plan")) is not null;

    [Fact]
    public void WhatHePassedOnToUs_IsNoNewsToHim()
    {
        Assert.Equal(0, Shown(Answer(Taro, _list)));
        Assert.False(Secret(Answer(Taro, "初期パスワード：Kx7mPq2w\n管理者パスワード：Zr4tLm9s")));
    }

    [Fact]
    public void WhatHeWroteMarkedLineByLine_IsNoNewsToHim()
    {
        var marked = string.Join('\n', _list.Split('\n').Select(l => $"> {l}"));
        Assert.Equal(0, Shown($"Certainly.\n\nOn Mon, 30 Mar 2026 at 10:00, Taro <{Taro}> wrote:\n{marked}\n"));
        Assert.InRange(Shown($"Certainly.\n\nOn Mon, 30 Mar 2026 at 10:00, Hanako <{Hanako}> wrote:\n{marked}\n"), 30, 32);
    }

    [Fact]
    public void SomebodyElseWhoGetsTheAnswer_MustNotSeeIt()
    {
        Assert.InRange(Shown(Answer(Taro, _list), Taro, Hanako), 30, 32);
        Assert.True(Secret(Answer(Taro, "初期パスワード：Kx7mPq2w\n管理者パスワード：Zr4tLm9s"), Taro, Hanako));
        Assert.InRange(Shown(Answer(Hanako, _list)), 30, 32);
    }

    [Fact]
    public void WhoStoodInItsHeader_HadItToo()
        => Assert.Equal(0, Shown(Answer(Taro, _list, to: $"sender@home.example, {Hanako}"), Taro, Hanako));

    [Fact]
    public void TextOfOurOwnThatIsAnswered_IsNoExcuse() => Assert.InRange(Shown(Answer("sender@home.example", _list, to: Taro)), 30, 32);

    [Theory]
    [InlineData("---------- Forwarded message ----------")]
    [InlineData("---------- 転送メッセージ ----------")]
    public void AForward_IsNoAnswer(string mark) => Assert.InRange(Shown(Answer(Taro, _list, mark: mark)), 30, 32);

    [Fact]
    public void WhatMayHaveBeenTypedBetweenHisLines_IsLookedAt()
    {
        Assert.InRange(Shown(Answer(Taro, "Fine.", first: _list)), 30, 32);
        Assert.True(Secret(Answer(Taro, "Fine.", first: "初期パスワード：Kx7mPq2w\n管理者パスワード：Zr4tLm9s")));
    }

    [Fact]
    public void WhatStandsAboveTheQuote_IsLookedAt() => Assert.InRange(Shown($"{_list}\n\n{Answer(Taro, _list)}"), 30, 32);

    [Fact]
    public void TwoMailsQuotedOneByOne_AreNotBothHis()
    {
        var marked = string.Join('\n', _list.Split('\n').Select(l => $"> {l}"));
        Assert.InRange(Shown($"Both say so:\n\nOn Mon, 30 Mar 2026 at 10:00, Taro <{Taro}> wrote:\n> Fine.\n\nOn Mon, 30 Mar 2026 at 11:00, Hanako <{Hanako}> wrote:\n{marked}\n"), 30, 32);
    }

    /// <summary>His mail marked line by line, as a client quotes it; only its first line says whose it is.</summary>
    private static string Marked(string text) => $"Certainly.\n\nOn Mon, 30 Mar 2026 at 10:00, Taro <{Taro}> wrote:\n{string.Join('\n', text.Split('\n').Select(l => $"> {l}"))}\n";

    private static IReadOnlyList<Finding> Found(string text, string header = "", string subject = "Re: Plan")
        => new Look().Inspect(Look.Plain(text, $"To: {Taro}\n{header}", subject)).Findings;

    [Fact]
    public void AMailThatAnswersNothing_QuotesNobody()
    {
        Assert.Contains(Found(Marked(_list), subject: "List"), f => f.Rule == RuleNames.AddressesInBody && f.Measures["addresses"] >= 30);
        Assert.DoesNotContain(Found(Marked(_list), "In-Reply-To: <plan@client.example>\n", "List"), f => f.Rule == RuleNames.AddressesInBody);
    }

    [Fact]
    public void WhereOnlyTheSubjectSaysSo_TenAreAList()
    {
        Assert.Contains(Found(Marked(_list)), f => f.Rule == RuleNames.AddressesInBody && f.Measures["addresses"] >= 30);
        Assert.DoesNotContain(Found(Marked(string.Join('\n', Look.People(9)))), f => f.Rule == RuleNames.AddressesInBody);
        Assert.DoesNotContain(Found(Marked(_list), "In-Reply-To: <plan@client.example>\n"), f => f.Rule == RuleNames.AddressesInBody);
    }

    [Fact]
    public void AHundredPeople_CountWhoeverIsSaidToHaveSentThem()
    {
        string[] family = ["山田", "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "小林", "加藤", "吉田", "中村", "松本"];
        string[] given = ["太郎", "花子", "一郎", "美咲", "健", "直樹", "恵子", "翔太", "由美", "大輔", "真理", "和也"];
        string People(int count) => Marked(string.Join('\n', Enumerable.Range(0, count).Select(i => $"{family[i % 12]} {given[i / 12]} 03-1234-{5000 + i} 東京都千代田区神田{(i % 9) + 1}-{(i % 30) + 1}-5")));
        static long Persons(string text, string header = "") => Found(text, header).FirstOrDefault(f => f.Rule == RuleNames.PersonalData)?.Persons ?? 0;
        Assert.InRange(Persons(People(120)), 100, 130);
        Assert.InRange(Persons(People(120), "In-Reply-To: <plan@client.example>\n"), 100, 130);
        Assert.Equal(0, Persons(People(60), "In-Reply-To: <plan@client.example>\n"));
        Assert.InRange(Persons(People(60)), 50, 70);
        Assert.Equal(0, Persons(People(8)));
        Assert.Contains(Found(Marked(string.Join('\n', Look.People(120)))), f => f.Rule == RuleNames.AddressesInBody && f.Measures["addresses"] >= 100);
    }

    [Fact]
    public void CardNumbers_CountWhoeverIsSaidToHaveSentThem()
        => Assert.Contains(Found(Marked("Card 4111 1111 1111 1111, exp 12/28"), "In-Reply-To: <plan@client.example>\n"), f => f.Rule == RuleNames.CardNumber);

    [Fact]
    public void TheSick_AndListsOfPasswords_CountWhoeverIsSaidToHaveSentThem()
    {
        const string Patients = "氏名,生年月日,病名\n山田 太郎,1960/01/10,糖尿病\n佐藤 花子,1971/05/02,高血圧\n鈴木 一郎,1948/11/23,胃がん\n高橋 美咲,1980/07/30,喘息";
        Assert.Contains(Found(Marked(Patients), "In-Reply-To: <plan@client.example>\n"), f => f.Rule == RuleNames.PersonalData && f.Persons >= 3);
        Assert.Contains(Found(Marked("初期パスワード：Kx7mPq2w\n管理者パスワード：Zr4tLm9s\n予備パスワード：Wb8sTn3k")), f => f.Rule == RuleNames.Credentials);
    }
}
