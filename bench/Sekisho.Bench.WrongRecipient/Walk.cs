using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>
/// Goes through all mail of the house in date order, learning from each after it was looked at, so that every mail is judged with the history there was then.
/// </summary>
internal sealed class Walk(IReadOnlyList<SentMail> mails, IOrganisation organisation, Action<string> say)
{
    private readonly CorrespondenceMemory _memory = new();

    /// <summary>The mail looked at.</summary>
    public SentMail Mail { get; private set; } = mails[0];

    /// <summary>Looks at each mail before it is learnt from.</summary>
    public void Through(string what, Action<Walk> look)
    {
        for (var i = 0; i < mails.Count; i++)
        {
            Mail = mails[i];
            _text = null;
            look(this);
            if (Lesson.Of(Mail.Facts, organisation, Mail.At) is { } lesson)
                _memory.Learn(lesson);
            if (i % 500 == 0)
                say($"{what}: {i:N0} of {mails.Count:N0}");
        }
    }

    private NamedInText? _text;

    /// <summary>The mail as the product would judge it, with a leak or without. He is put among the others at a place drawn by lot, so that nothing can follow from where he stands.</summary>
    public IReadOnlyList<BelongingMail> Judged(EmailAddress? leak)
    {
        var people = Mail.Recipients.ToList();
        if (leak is not null)
            people.Insert(new Dice("place", Mail.Index, leak.Key).Below(people.Count + 1), leak);
        return BelongingMail.Of(Mail.Sender.Key, people, Mail.Facts, _text ??= NamedInText.Of(Mail.Facts), organisation, _memory, Mail.At);
    }

    /// <summary>The features of the recipients of the mail; with a leak, his last.</summary>
    public float[][] Features(EmailAddress? leak) => LeakLast(Judged(leak), BelongingFeatures.Of, leak, []);

    /// <summary>How little each recipient belongs; with a leak, he last. Somebody beyond those the product looks at belongs.</summary>
    public double[] Figures(BelongingModel model, EmailAddress? leak) => LeakLast(Judged(leak), model.Figures, leak, double.NegativeInfinity);

    private T[] LeakLast<T>(IReadOnlyList<BelongingMail> parts, Func<BelongingMail, T[]> of, EmailAddress? leak, T beyond)
    {
        var found = parts.SelectMany(p => p.People.Zip(of(p))).ToDictionary(p => p.First.Key, p => p.Second, StringComparer.Ordinal);
        var order = leak is null ? Mail.Recipients : Mail.Recipients.Append(leak);
        return [.. order.Select(r => found.GetValueOrDefault(r.Key, beyond))];
    }

    /// <summary>True for a mail whose people fit into one question.</summary>
    public bool IsWhole => Mail.Recipients.Count < CorrespondenceQuestion.MaxPeople / 2;
}
