namespace Sekisho.Inspection;

/// <summary>A paper made out to one customer: his number, and his name with 様 or behind お名前.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Name">The customer, family name shown only.</param>
internal sealed record Statement(string File, string Name)
{
    private const int MaxFiles = 50;
    private const int MaxLines = 60;

    private static readonly string[] _numbers =
    [
        "お客様番号", "お客さま番号", "お客様コード", "お客様no", "顧客番号", "会員番号", "口座番号", "契約番号", "証券番号", "患者番号", "加入者番号", "被保険者番号", "受験番号", "登録番号", "customer no", "customer number",
        "customer id", "account no", "account number", "member no", "member number", "policy no", "policy number",
    ];

    private static readonly string[] _labels =
        ["お名前", "ご氏名", "氏名", "名前", "お客様名", "お客さま名", "ご契約者名", "ご契約者", "契約者名", "契約者", "会員名", "口座名義", "名義人", "患者名", "name", "customer name", "customer", "account holder", "member name"];

    /// <summary>The first paper that names a customer who is not a recipient; null where none does, or nobody can tell.</summary>
    public static Statement? FindForeign(InspectionContext context, Lazy<OwnNames> own, CancellationToken cancel)
    {
        var facts = context.Facts;
        if (context.Analysis.Outside.Count is 0 or > 5)
        {
            return null;
        }

        foreach (var file in facts.Files.Take(MaxFiles))
        {
            cancel.ThrowIfCancellationRequested();
            if (Read(file) is { } customer && IsForeign(context, customer, cancel) && !own.Value.Has(RecordOwners.KeyOf(customer.Surname + customer.Given)))
            {
                return new Statement(file.Path, GreetingMismatch.Mask(customer));
            }
        }

        return null;
    }

    /// <summary>The one customer of a file; null where it has no customer's number, no name, more than one name, or a company above them.</summary>
    internal static Greeted? Read(InspectedFile file)
    {
        var numbered = false;
        Greeted? one = null;
        foreach (var line in Lines(file))
        {
            var folded = TextFolding.ForSearch(line);
            numbered |= Array.Exists(_numbers, n => folded.Contains(n, StringComparison.Ordinal));
            if (folded.Contains("御中", StringComparison.Ordinal))
            {
                return null;
            }

            if (NameIn(line, folded) is { } name)
            {
                if (one is not null && (one.Surname != name.Surname || (one.Given.Length > 0 && name.Given.Length > 0 && one.Given != name.Given)))
                {
                    return null;
                }

                one = one is null || one.Given.Length == 0 ? name : one;
            }
        }

        return numbered ? one : null;
    }

    /// <summary>Not the recipients by their names; where these tell nothing, not the person the mail itself greets.</summary>
    private static bool IsForeign(InspectionContext context, Greeted customer, CancellationToken cancel)
    {
        var facts = context.Facts;
        var greeted = context.Analysis.Greeting(cancel).Greetings.Persons;
        if (greeted.Any(g => Same(g, customer)))
        {
            return false;
        }

        var differs = greeted.Count > 0;
        foreach (var recipient in facts.Outside)
        {
            if (recipient.Address is not { } address)
            {
                return false;
            }

            var names = RecipientNames.Of(address, facts.Visible.Where(v => v.Address.Key == recipient.Key).Select(v => v.DisplayName));
            var fit = names.Judge(customer, out _);
            if (fit == NameFit.Fits)
            {
                return false;
            }

            differs |= fit == NameFit.Differs;
            if (fit == NameFit.Unknown && greeted.Count == 0)
            {
                return false;
            }
        }

        return differs;
    }

    /// <summary>Of one family at least: a statement to a child goes to the parents.</summary>
    private static bool Same(Greeted a, Greeted b)
    {
        if (a.Latin != b.Latin)
        {
            var (latin, kanji) = a.Latin ? (a, b) : (b, a);
            var keys = Names.Romaji(kanji.Surname).Select(r => RomajiKey.Of(r)).ToHashSet(StringComparer.Ordinal);
            return keys.Count == 0 || keys.Contains(RomajiKey.Of(latin.Surname)) || keys.Contains(RomajiKey.Of(latin.Given));
        }

        return a.Latin
            ? new[] { a.Surname, a.Given }.Where(n => n.Length > 0).Intersect([b.Surname, b.Given], StringComparer.OrdinalIgnoreCase).Any()
            : RecipientNames.Fold(a.Surname) == RecipientNames.Fold(b.Surname) || Names.Romaji(a.Surname).Intersect(Names.Romaji(b.Surname)).Any();
    }

    private static Greeted? NameIn(string line, string folded)
    {
        var text = line.Trim();
        if (text.Length is 0 or > 80)
        {
            return null;
        }

        var label = Array.Find(_labels, l => folded.StartsWith(l, StringComparison.Ordinal));
        if (label is not null)
        {
            var rest = text.Length > label.Length ? text[label.Length..].TrimStart(' ', '\u3000', ':', '：', '\t', '|', '=', '　') : "";
            var bare = rest.TrimEnd('様', ' ', '\u3000', '殿');
            return rest.Length > 0 && JapaneseGreeting.PersonIn(bare) is { } named && (named.Given.Length > 0 || rest.Length != bare.Length) && bare.Length <= 20
                ? new Greeted(bare, named.Surname, named.Given, named.Latin, ForOutside: true) : null;
        }

        // 佐藤 太郎 様 alone on its line, as above a letter.
        if (!text.EndsWith('様') || text.Length > 20)
        {
            return null;
        }

        return JapaneseGreeting.PersonIn(text[..^1].Replace('\u3000', ' ').TrimEnd()) is { Latin: false } person ? new Greeted(text[..^1].Trim(), person.Surname, person.Given, false, ForOutside: true) : null;
    }

    private static IEnumerable<string> Lines(InspectedFile file)
    {
        var left = MaxLines;
        foreach (var content in file.Contents)
        {
            // A table of more rows is no form about one.
            if (content is TableContent { Rows.Count: > MaxLines })
            {
                yield break;
            }

            var lines = content switch
            {
                TextContent text => text.Text.Length > 32 * 1024 ? text.Text[..(32 * 1024)].Split('\n') : text.Text.Split('\n'),
                TableContent table => table.Rows.Select(r => string.Join(' ', r.Where(c => c.Length is > 0 and < 100))),
                _ => [],
            };
            foreach (var line in lines.Where(l => !string.IsNullOrWhiteSpace(l)))
            {
                if (left-- == 0)
                {
                    yield break;
                }

                yield return line;
            }
        }
    }
}
