namespace Sekisho.Inspection;

/// <summary>The one outside recipient of a mail, and what its header and greeting call him: whether data is his own is a question of who he is.</summary>
internal sealed class Addressee
{
    private const int GreetingLines = 8;
    private const int MaxGreeting = 80;

    private static readonly string[] _honorifics = ["様", "さま", "殿", "さん", "先生", "氏"];

    private readonly List<string> _names = [];

    private Addressee(Person person) => Person = person;

    /// <summary>His address and organisation.</summary>
    public Person Person { get; }

    public static Addressee Of(InspectionContext context, Person person)
    {
        var addressee = new Addressee(person);
        foreach (var visible in context.Facts.Visible)
        {
            if (visible.Address.Key == person.Key && visible.DisplayName.Length is > 1 and <= MaxGreeting)
            {
                addressee.Add(visible.DisplayName);
            }
        }

        addressee.ReadGreeting(context.Facts.OwnText);
        return addressee;
    }

    /// <summary>True for a person who is he by address, or by the name the mail calls him.</summary>
    public bool Is(FoundPerson person)
    {
        if (Audience.KeyOf(person) == Person.Key)
        {
            return true;
        }

        var name = PersonNames.Key(person.Name);
        return name.Length >= 2 && _names.Exists(n => Names(n, name));
    }

    /// <summary>
    /// True where the only person of a mail may well be he: nothing calls him by another name, and it is not a patient's record on its way to an office.
    /// </summary>
    public bool MayBe(FoundPerson person)
    {
        if (Audience.KeyOf(person) is { } key && key != Person.Key && !Audience.IsSensitive(person))
        {
            // Somebody else's business card, or a private person's second address: nothing to be asked for either way.
            return false;
        }

        return _names.Count == 0 && !(Audience.IsMedical(person) && Person.Organisation != Person.Key);
    }

    /// <summary>True where a greeting means this person: it ends in his full name, or is his family name.</summary>
    private static bool Names(string greeting, string name) => greeting.EndsWith(name, StringComparison.Ordinal)
        || (greeting.Length >= 2 && name.StartsWith(greeting, StringComparison.Ordinal) && greeting.Length < name.Length)
        || (name.Length >= 4 && char.IsAscii(name[0]) && greeting.Contains(name, StringComparison.Ordinal));

    private void Add(string name)
    {
        var key = PersonNames.Key(name);
        if (key.Length >= 2)
        {
            _names.Add(key);
        }
    }

    private void ReadGreeting(string text)
    {
        var lines = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            if (++lines > GreetingLines)
            {
                return;
            }

            if (line.Length > MaxGreeting)
            {
                continue;
            }

            line = line.TrimEnd("、。,，.．:：!！ \u3000");
            foreach (var honorific in _honorifics)
            {
                if (line.Length > honorific.Length + 1 && line.EndsWith(honorific))
                {
                    AddJapanese(line[..^honorific.Length].Trim());
                    break;
                }
            }

            foreach (var opening in (ReadOnlySpan<string>)["Dear ", "Hi ", "Hello "])
            {
                if (line.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
                {
                    Add(line[opening.Length..].ToString().Replace("Mr. ", "").Replace("Ms. ", "").Replace("Mrs. ", ""));
                }
            }
        }
    }

    /// <summary>The whole line, as full names are looked for at its end, and its last word, as that may be a family name.</summary>
    private void AddJapanese(ReadOnlySpan<char> line)
    {
        if (line.EndsWith("お客") || line.EndsWith("皆") || line.EndsWith("みな") || line.EndsWith("各位"))
        {
            return;
        }

        Add(line.ToString());
        var blank = line.LastIndexOfAny(' ', '\u3000');
        if (blank > 0)
        {
            Add(line[(blank + 1)..].ToString());
        }
    }
}
