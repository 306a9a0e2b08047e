using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// The sender's own private addresses: a freemail address that carries his whole name and that practically he alone writes to. A surname is not enough: half a town is called so; an initial with
/// a surname only where he alone has written to it for long. One that was never written to, or is written to by colleagues, is somebody else's.
/// </summary>
internal static class OwnAddresses
{
    private const int ShortestName = 2;

    /// <summary>Mails after which "he alone" says something.</summary>
    private const int Often = 3;

    /// <summary>Mails after which an initial with the surname says as much.</summary>
    private const int ForLong = 15;

    /// <summary>Colleagues on a mail whose names are looked at.</summary>
    private const int MaxColleagues = 16;

    /// <summary>Of so many mails to it one may be another's: a colleague who answers to both.</summary>
    private const int OthersShare = 5;

    /// <summary>Those of the people who are the sender himself.</summary>
    public static IReadOnlySet<string> Of(InspectionContext context, IReadOnlyList<Person> people, CorrespondenceView view)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        List<string[]>? names = null;
        foreach (var person in people)
        {
            if (person.Organisation != person.Key || !view.Contacts.TryGetValue(person.Key, out var known)
                || known.BySender < Often || (known.Mails - known.BySender) * OthersShare > known.Mails)
            {
                continue;
            }

            names ??= [.. NamesOf(context)];
            var local = person.Key.AsSpan(0, person.Key.LastIndexOf('@'));
            if (Carries(local, names) || (known.BySender >= ForLong && IsInitialAndSurname(local, names)))
            {
                own.Add(person.Key);
            }
        }

        return own;
    }

    /// <summary>
    /// True for a private address that by its whole name is the sender's or that of a colleague on the mail, though nothing may ever have been sent to it. A namesake's is as likely to be on the mail as
    /// anybody's, but nobody shows a customer to himself; an initial with the surname is a namesake's too often.
    /// </summary>
    public static bool IsNamedLikeUs(InspectionContext context, Person person)
    {
        if (person.Organisation != person.Key)
        {
            return false;
        }

        var local = person.Key.AsSpan(0, person.Key.LastIndexOf('@'));
        List<string[]> names = [.. NamesOf(context), .. context.Facts.Recipients.Where(r => r.Inside).Take(MaxColleagues).Select(r => Words(r.Key[..r.Key.LastIndexOf('@')]))];
        return Carries(local, names);
    }

    /// <summary>The sender's name in words, as his address and his From field spell it.</summary>
    private static IEnumerable<string[]> NamesOf(InspectionContext context)
    {
        if (context.Facts.Sender is not { } sender)
        {
            yield break;
        }

        yield return Words(sender.LocalPart);
        foreach (var field in context.Facts.AddressFields.Where(f => f.Field.Is("From")))
        {
            foreach (var mailbox in field.Entries.Mailboxes.Where(m => m.Address is { } address && address.Equals(sender)))
            {
                yield return Words(mailbox.DisplayName);
            }
        }
    }

    private static string[] Words(string name)
        => [.. name.ToLowerInvariant().Split([' ', '.', '_', '-', ',', '\t', '\u3000'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= ShortestName && w.All(char.IsAsciiLetterLower))];

    private static bool IsInitialAndSurname(ReadOnlySpan<char> local, List<string[]> names)
    {
        foreach (var words in names)
        {
            if (words.Length >= 2 && words[^1].Length >= 4 && local.Length <= words[^1].Length + 2 && local[0] == words[0][0] && local.EndsWith(words[^1], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where first and last of the words both stand in the local part, apart from each other.</summary>
    private static bool Carries(ReadOnlySpan<char> local, List<string[]> names)
    {
        foreach (var words in names)
        {
            if (words.Length < 2 || words[0].Length + words[^1].Length < 6)
            {
                continue;
            }

            var (first, last) = (local.IndexOf(words[0], StringComparison.OrdinalIgnoreCase), local.LastIndexOf(words[^1], StringComparison.OrdinalIgnoreCase));
            if (first >= 0 && last >= 0 && (first + words[0].Length <= last || last + words[^1].Length <= first))
            {
                return true;
            }
        }

        return false;
    }
}
