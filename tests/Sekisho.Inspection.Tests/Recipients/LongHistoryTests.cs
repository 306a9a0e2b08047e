using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>Accidents of an organisation with years of ordinary mail, in which customers took part in projects with others: what is true of many of them one by one must not excuse a list of them.</summary>
public sealed class LongHistoryTests
{
    private const string Rule = RuleNames.VisibleRecipients;

    private readonly CorrespondenceMemory _memory = new();
    private DateTimeOffset _at = Look.Noon.AddDays(-700);

    private static Organisation Home { get; } = new(["home.example"]);

    private void Sent(params string[] to)
    {
        _at += TimeSpan.FromMinutes(10);
        _memory.Learn(new LearntMail("sender@home.example", _at, [.. to.Select(t => EmailAddress.TryParse(t, out var a) ? new LearntPerson(a.Key, Home.IsInside(a) ? null : Home.OrganisationOf(a), true) : throw new ArgumentException(t, nameof(to)))]));
    }

    /// <summary>Customers each of whom was written to alone, and twice with a partner of his own.</summary>
    private string[] Customers(int count, bool projects)
    {
        for (var i = 0; i < 1000; i++)
        {
            Sent($"clerk{i % 7}@home.example");
        }

        var customers = Enumerable.Range(0, count).Select(i => $"buyer@customer{i}.example").ToArray();
        for (var i = 0; i < count; i++)
        {
            Sent(customers[i]);
            Sent(customers[i]);
            Sent(customers[i]);
            if (projects)
            {
                Sent(customers[i], $"a@lawyers{i}.example");
                Sent(customers[i], $"b@auditors{i}.example");
            }
        }

        return customers;
    }

    private Finding? Among(params string[] to) => new Look { To = to, Correspondence = _memory }.Finding(Rule, Look.Plain("Hello", $"Cc: {string.Join(", ", to)}\n"));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(480, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(5, true)]
    [InlineData(12, true)]
    [InlineData(60, true)]
    [InlineData(480, true)]
    public void CustomersInCc_AreStrangers_WhateverEachDidWithOthers(int count, bool projects)
    {
        var finding = Among(Customers(count, projects));
        Assert.True(finding is { Severity: >= Severity.High }, $"{finding?.Measures["groups"]} groups, score {finding?.Measures["score"]}");
        if (count >= 12)
        {
            Assert.InRange(finding!.Measures["groups"], 10, count);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    public void CustomersOfWhomTwoOnceMet_AreStrangersStill(int count)
    {
        var customers = Customers(count, projects: false);
        Sent(customers[0], customers[1]);
        Assert.True(Among(customers) is { Severity: >= Severity.High });
    }

    [Theory]
    [InlineData(12)]
    [InlineData(100)]
    public void OurAgency_WhoMetEachOfThem_MakesNoRoundOfAList(int count)
    {
        var customers = Customers(count, projects: false);
        foreach (var customer in customers)
        {
            Sent(customer, "agent@agency.example");
        }

        Assert.InRange(Among([.. customers, "agent@agency.example"])!.Measures["groups"], 10, count + 1);
    }

    [Fact]
    public void CustomersInBcc_OfWhomEachHadProjects_MustNotSeeOneAnother()
    {
        var customers = Customers(9, projects: true);
        var finding = new Look { To = customers, Correspondence = _memory }.Finding(Rule, Look.Plain("Hello", $"To: {customers[0]}\n"));
        Assert.True(finding is { Severity: >= Severity.High });
        Assert.Equal(customers[1..], finding!.Recipients);
    }

    [Fact]
    public void TwoRegulars_WhoKnowEachOther_StandAsideStill()
    {
        Customers(1, projects: false);
        foreach (var regular in new[] { "counsel@law.example", "books@auditors.example" })
        {
            Sent(regular, "a@one.example");
            Sent(regular, "b@two.example");
        }

        Sent("counsel@law.example", "books@auditors.example");
        Assert.Null(Among("counsel@law.example", "books@auditors.example", "c@three.example"));
    }
}
