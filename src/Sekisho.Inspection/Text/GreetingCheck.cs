using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Whether the person a mail greets is among those who get it.</summary>
/// <param name="Greetings">What the mail's first lines say.</param>
/// <param name="Fit">Unknown also where nobody is greeted.</param>
/// <param name="Sure">With <see cref="NameFit.Fits"/>: more than a common family name agrees.</param>
internal sealed record GreetingCheck(Greetings Greetings, NameFit Fit, bool Sure)
{
    /// <summary>More recipients than this are greeted as a group, whatever the first line says.</summary>
    private const int MaxRecipients = 20;

    private const int MaxVisible = 200;

    /// <summary>A person is greeted by name.</summary>
    public bool Greets => Greetings.Persons.Count > 0;

    /// <summary>Looks at one mail.</summary>
    public static GreetingCheck Of(InspectionContext context, CancellationToken cancel)
    {
        var facts = context.Facts;
        var greetings = Greetings.Read(facts.OwnText);
        if (greetings.Persons.Count == 0 || context.Analysis.Outside.Count is 0 or > MaxRecipients)
        {
            return new GreetingCheck(greetings, NameFit.Unknown, Sure: false);
        }

        cancel.ThrowIfCancellationRequested();
        var fit = Judge(context, greetings, out var sure);
        return new GreetingCheck(greetings, fit, sure);
    }

    private static NameFit Judge(InspectionContext context, Greetings greetings, out bool sure)
    {
        var facts = context.Facts;
        sure = false;
        var shown = facts.Visible.Take(MaxVisible).GroupBy(v => v.Address.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (g.First().Address, Names: g.Select(v => v.DisplayName).ToList()), StringComparer.Ordinal);
        AddQuoted(facts, shown);

        // Whoever stands in To or Cc may be meant though this envelope is another's: a copy for the files, a mail handed in piece by piece.
        var people = new Dictionary<string, (EmailAddress Address, bool Inside)>(StringComparer.Ordinal);
        foreach (var recipient in facts.Recipients.Where(r => r.Address is not null).Take(MaxVisible))
        {
            people.TryAdd(recipient.Key, (recipient.Address!, recipient.Inside));
        }

        foreach (var (key, (address, _)) in shown)
        {
            people.TryAdd(key, (address, context.Organisation.IsInside(address)));
        }

        var outside = facts.Outside.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var differs = facts.Outside.All(r => r.Address is not null);
        foreach (var (key, (address, inside)) in people)
        {
            var names = RecipientNames.Of(address, shown.TryGetValue(key, out var here) ? here.Names : []);
            var best = NameFit.Differs;
            foreach (var greeted in greetings.Persons)
            {
                var fit = names.Judge(greeted, out var certain);
                if (fit == NameFit.Fits)
                {
                    sure = certain;
                    return NameFit.Fits;
                }

                best = fit == NameFit.Unknown ? NameFit.Unknown : best;
            }

            // A colleague nobody can tell by his address may be the one, where the greeting is one among colleagues.
            if (best == NameFit.Unknown && (outside.Contains(key) || (inside && greetings.Persons.Any(g => !g.ForOutside))))
            {
                differs = false;
            }
        }

        return !differs ? NameFit.Unknown : IsOfThread(facts, greetings) ? NameFit.Fits : NameFit.Differs;
    }

    /// <summary>The greeted is the author himself (a text passed on), or somebody of the thread that is answered.</summary>
    private static bool IsOfThread(MessageFacts facts, Greetings greetings)
    {
        foreach (var field in facts.AddressFields.Where(f => f.Field.Is("From") || f.Field.Is("Reply-To") || f.Field.Is("Sender")))
        {
            foreach (var box in field.Entries.Mailboxes.Where(m => m.Address is not null).Take(3))
            {
                var names = RecipientNames.Of(box.Address!, [box.DisplayName]);
                if (greetings.Persons.Any(g => names.Judge(g, out _) == NameFit.Fits))
                {
                    return true;
                }
            }
        }

        return facts.QuotedText.Length > 0
            && greetings.Persons.Any(g => facts.QuotedText.Contains(g.Surname, g.Latin ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }

    /// <summary>Names that a quoted header tells: 差出人: 鈴木一郎 &lt;s-office@client.example&gt;.</summary>
    private static void AddQuoted(MessageFacts facts, Dictionary<string, (EmailAddress Address, List<string> Names)> shown)
    {
        if (facts.QuotedText.Length == 0)
        {
            return;
        }

        foreach (var recipient in facts.Outside.Where(r => r.Address is not null).Take(MaxRecipients))
        {
            var at = facts.QuotedText.IndexOf(recipient.Key, StringComparison.OrdinalIgnoreCase);
            if (at <= 0)
            {
                continue;
            }

            var line = facts.QuotedText.AsSpan(Math.Max(0, at - 100), Math.Min(100, at));
            line = line[(line.LastIndexOfAny("\n:：,;") + 1)..].Trim(" \t<\"'[(>");
            if (line.Length > 0)
            {
                if (!shown.TryGetValue(recipient.Key, out var known))
                {
                    shown[recipient.Key] = known = (recipient.Address!, []);
                }

                known.Names.Add(line.ToString());
            }
        }
    }
}
