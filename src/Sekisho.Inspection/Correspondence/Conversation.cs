using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Who was on the mails that a mail continues, as far as the history and the quoted text tell.</summary>
internal sealed class Conversation
{
    /// <summary>People of a thread from which it is a list: the store does not tell them all, and nobody knows who is on it anyway.</summary>
    private const int MaxPeople = 64;

    /// <summary>Characters of quoted text looked through for names.</summary>
    private const int MaxChars = 100_000;

    private readonly List<string> _people = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _organisations = new(StringComparer.Ordinal);
    private readonly InspectionContext _context;
    private readonly AddressSet _quoted;

    /// <summary>Entries of quoted headers and attributions that give a name and no address.</summary>
    private IReadOnlyList<string>? _names;

    private Conversation(InspectionContext context, KnownThread? thread, IReadOnlyList<QuotedMail> mails, AddressSet quoted)
    {
        (_context, _quoted) = (context, quoted);
        foreach (var key in (thread?.People ?? new Dictionary<string, int>()).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key))
        {
            if (_keys.Add(key) && EmailAddress.TryParse(key, out var address))
            {
                _people.Add(key);
                AddOrganisation(context.Organisation.IsInside(address) ? null : context.Organisation.OrganisationOf(address));
            }
        }

        foreach (var one in mails.SelectMany(m => m.Author.Concat(m.People)))
        {
            IsQuoted = true;
            if (_keys.Add(one.Key))
            {
                _people.Add(one.Key);
            }
        }

        // Whoever wrote on the thread often names himself in his signature alone.
        foreach (var one in quoted.All)
        {
            AddOrganisation(context.Analysis.IsInside(one) ? null : context.Analysis.OrganisationOf(one));
        }

        // Each is a part of the same thread; how far they overlap is not known.
        Mails = Math.Max(thread?.Mails ?? 0, mails.Count);
    }

    /// <summary>Mails of it that are known.</summary>
    public long Mails { get; }

    /// <summary>The mail quotes one with its header, addresses in it.</summary>
    public bool IsQuoted { get; }

    /// <summary>Keys of who was on it: those of the known thread, most often first, then those named in quoted headers.</summary>
    public IReadOnlyList<string> People => _people;

    /// <summary>
    /// What the mail continues; null where it begins something new, or where not one mail before it is known. A subject alone continues nothing that the sender was not on himself: many threads
    /// are called the same.
    /// </summary>
    /// <param name="context">The mail.</param>
    /// <param name="outside">Who of it is asked about: where each was on the conversation, it is null too.</param>
    /// <param name="cancel">Ends it early.</param>
    public static Conversation? Of(InspectionContext context, List<Person> outside, CancellationToken cancel)
    {
        if (context.Analysis.Question is not { } question
            || outside.Count == 0
            || !context.Analysis.LooksContinued)
        {
            return null;
        }

        var thread = context.Analysis.Correspondence(cancel).Thread is { } known && (known.ByReference || known.People.ContainsKey(question.Sender)) ? known : null;
        var mails = context.Analysis.QuotedMails(cancel);
        return thread is { People.Count: >= MaxPeople } || (thread is null && mails.All(m => m.Author.Count + m.People.Count == 0)) || outside.TrueForAll(p => WasOn(p.Key, thread, mails))
            ? null
            : new Conversation(context, thread, mails, context.Analysis.Written(cancel).Quoted);
    }

    private static bool WasOn(string key, KnownThread? thread, IReadOnlyList<QuotedMail> mails)
    {
        if (thread?.People.ContainsKey(key) == true && EmailAddress.TryParse(key, out _))
        {
            return true;
        }

        foreach (var mail in mails)
        {
            if (mail.Author.Any(a => a.Key == key) || mail.People.Any(a => a.Key == key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>People of the conversation, or of their organisations, whom this mail reaches too, the sender left out.</summary>
    public int Staying(string sender)
    {
        var named = _context.Facts.Visible.Where(v => Lesson.IsToOrCc(v.Field)).Select(v => (v.Address.Key, v.Organisation, v.Inside));
        return _context.Facts.Recipients.Select(r => (r.Key, r.Organisation, r.Inside)).Concat(named).DistinctBy(p => p.Key)
            .Count(p => p.Key != sender && (_keys.Contains(p.Key) || (!p.Inside && _organisations.Contains(p.Organisation))));
    }

    /// <summary>True for one who was on it, or somebody of his organisation, or whom what is quoted names.</summary>
    public bool Has(Person person, IEnumerable<string> names)
        => _keys.Contains(person.Key) || _organisations.Contains(person.Organisation) || _quoted.Contains(person.Key) || IsNamed(names);

    private void AddOrganisation(string? organisation)
    {
        if (organisation is not null)
        {
            _organisations.Add(organisation);
        }
    }

    /// <summary>Where headers are quoted without addresses, a name is all that can be compared. A single word is half a town's.</summary>
    private bool IsNamed(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var words = name.Split([' ', ',', '\u3000', '.', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || (words.Length == 1 && (words[0].Length < 3 || words[0].All(char.IsAscii))))
            {
                continue;
            }

            _names ??= ReadNames(_context.Facts.QuotedText);
            if (_names.Any(entry => words.All(word => entry.Contains(word, StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> ReadNames(string quoted)
    {
        var names = new List<string>();
        var text = quoted.AsSpan(0, Math.Min(quoted.Length, MaxChars));
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            var label = QuoteLabels.Of(line, out var value);
            var isNamed = label is QuoteLabel.From or QuoteLabel.To or QuoteLabel.Cc;
            if (!line.Contains('@') && (isNamed || (label == QuoteLabel.None && line.Length > 1 && line[^1] is ':' or '：')))
            {
                var rest = isNamed ? line[value..] : line;
                foreach (var entry in rest.Split(';'))
                {
                    names.Add(rest[entry].ToString());
                }
            }
        }

        return names;
    }
}
