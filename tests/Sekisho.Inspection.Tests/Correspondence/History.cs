namespace Sekisho.Inspection.Tests;

/// <summary>A history in memory, written mail by mail: one a week up to <see cref="Look.Noon"/>.</summary>
internal sealed class History
{
    private static readonly Organisation _home = new(["home.example"]);

    public CorrespondenceMemory Memory { get; } = new();

    /// <summary>So many mails to these people together, from <c>sender@home.example</c> as a rule; the latest a week before noon.</summary>
    public History Wrote(int mails, params string[] to) => Wrote("sender@home.example", mails, 7, to);

    /// <summary>The same from somebody else, or the latest some days ago; a person may be given as <c>Name &lt;address&gt;</c>.</summary>
    public History Wrote(string from, int mails, int daysAgo, params string[] to)
    {
        for (var i = mails - 1; i >= 0; i--)
        {
            Memory.Learn(new LearntMail(from, Look.Noon.AddDays(-daysAgo - (7 * i)), [.. to.Select(Person)]) { MessageId = $"{Guid.NewGuid()}@home.example" });
        }

        return this;
    }

    /// <summary>Somebody outside wrote to us.</summary>
    public History Heard(string from, int mails = 1)
    {
        for (var i = 0; i < mails; i++)
        {
            Memory.Learn(new LearntMail(from, Look.Noon.AddDays(-30 - i), [new LearntPerson("sender@home.example", null, Visible: true)]) { SenderOrganisation = Person(from).Organisation });
        }

        return this;
    }

    /// <summary>Ordinary mail to others, so that the history is old enough to say that somebody is new.</summary>
    public History Grown(int mails = 400)
    {
        for (var i = 0; i < mails; i++)
        {
            Memory.Learn(new LearntMail("colleague@home.example", Look.Noon.AddDays(-100).AddHours(i), [Person($"contact{i % 40}@elsewhere{i % 40}.example")]));
        }

        return this;
    }

    /// <summary>A mail to these people under that history; a person may be given as <c>Name &lt;address&gt;</c>.</summary>
    public IReadOnlyList<Finding> Send(string rule, string text, params string[] to)
        => new Look { To = [.. to.Select(t => Split(t).Key)], Correspondence = Memory }.Findings(rule, Look.Plain(text, header: $"To: {string.Join(", ", to)}\n"));

    private static LearntPerson Person(string text)
    {
        var (key, name) = Split(text);
        Assert.True(Mime.EmailAddress.TryParse(key, out var address));
        return new LearntPerson(address.Key, _home.IsInside(address) ? null : _home.OrganisationOf(address), Visible: true, name);
    }

    private static (string Key, string Name) Split(string text)
        => text.IndexOf('<', StringComparison.Ordinal) is > 0 and var at ? (text[(at + 1)..].TrimEnd('>'), text[..at].Trim(' ', '"')) : (text, "");
}
