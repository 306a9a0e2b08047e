using System.Runtime.InteropServices;
using Sekisho.Mime;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>Whom a sender knows, and whom he could take by mistake.</summary>
internal sealed class AddressBook
{
    private readonly List<EmailAddress> _all = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EmailAddress>> _byPrefix = new(StringComparer.Ordinal);

    public IReadOnlyList<EmailAddress> All => _all;

    public bool Holds(string key) => _keys.Contains(key);

    public void Add(EmailAddress address)
    {
        if (!_keys.Add(address.Key))
            return;
        _all.Add(address);
        for (var length = 1; length <= Math.Min(3, address.Key.Length); length++)
            (CollectionsMarshal.GetValueRefOrAddDefault(_byPrefix, address.Key[..length], out _) ??= []).Add(address);
    }

    /// <summary>
    /// Somebody known who is not on the mail and whose address begins as a randomly chosen recipient's does: with the same three characters, else two, else one, else
    /// anybody. Null where nobody else is known.
    /// </summary>
    public EmailAddress? Neighbour(SentMail mail, ref Dice dice)
    {
        var meant = mail.Recipients[dice.Below(mail.Recipients.Count)].Key;
        for (var length = 3; length >= 1; length--)
        {
            if (meant.Length >= length && _byPrefix.TryGetValue(meant[..length], out var group) && Draw(group, mail, ref dice) is { } found)
                return found;
        }

        return Anybody(mail, ref dice);
    }

    /// <summary>Anybody known who is not on the mail.</summary>
    public EmailAddress? Anybody(SentMail mail, ref Dice dice) => Draw(_all, mail, ref dice);

    /// <summary>Anybody of <paramref name="others"/> who is neither known nor on the mail.</summary>
    public EmailAddress? Foreigner(SentMail mail, IReadOnlyList<EmailAddress> others, ref Dice dice)
    {
        for (var tries = 0; tries < 100 && others.Count > 0; tries++)
        {
            var one = others[dice.Below(others.Count)];
            if (one.Key != mail.Sender.Key && !Holds(one.Key) && !IsOn(mail, one))
                return one;
        }

        return null;
    }

    private static EmailAddress? Draw(List<EmailAddress> group, SentMail mail, ref Dice dice)
    {
        var free = group.Where(a => a.Key != mail.Sender.Key && !IsOn(mail, a)).ToList();
        return free.Count == 0 ? null : free[dice.Below(free.Count)];
    }

    private static bool IsOn(SentMail mail, EmailAddress address)
    {
        foreach (var one in mail.Recipients)
        {
            if (one.Key == address.Key)
                return true;
        }

        return false;
    }
}
