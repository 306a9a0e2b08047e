using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>
/// Where to look for addresses that could be taken for another: tables of digests of what two of them would share (the local part, one half of it at the same domain, a name, the first
/// letters among one sender's contacts). Entries are only added; each list of candidates is read from the latest, and not to its end.
/// </summary>
internal sealed class AlikeIndex
{
    /// <summary>Candidates read of one list: an <c>info@</c> has thousands.</summary>
    private const int MaxRead = 128;

    /// <summary>Letters after which a mail program offers contacts.</summary>
    private const int Offered = 3;

    private readonly Dictionary<ulong, int> _heads = [];
    private readonly List<(Someone One, int Next, uint Letters)> _entries = [];

    private enum Kind : ulong
    {
        Local = 1,
        Front,
        Back,
        Label,
        Name,
        Contact,
    }

    /// <summary>Enters an address or an organisation.</summary>
    public void Add(Someone one)
    {
        Split(one.Key, out var local, out var domain);
        if (one.IsOrganisation)
        {
            // A name looks like another as a whole or by its first label, whatever it ends in.
            Halves(domain, "", one);
            Put(Key(Kind.Label, Label(domain)), one);
        }
        else
        {
            Halves(local, domain, one);
            Put(Key(Kind.Local, local), one);
        }
    }

    /// <summary>Enters a name used for an address.</summary>
    public void AddName(Someone one, string name)
    {
        if (NameKey(name) is { Length: > 0 } key)
        {
            Put(Key(Kind.Name, key), one);
        }
    }

    /// <summary>Enters one of a sender's contacts.</summary>
    public void AddContact(Someone sender, Someone one)
    {
        if (!one.IsOrganisation)
        {
            Put(ContactKey(sender, one.Key), one);
        }
    }

    /// <summary>Adds the addresses with this local part, anywhere.</summary>
    public void OfLocal(string key, List<Someone> into)
    {
        Split(key, out var local, out _);
        Read(Key(Kind.Local, local), into);
    }

    /// <summary>Adds addresses of the same domain, a half of whose local part stands in this one.</summary>
    public void Near(string key, List<Someone> into)
    {
        Split(key, out var local, out var domain);
        ReadHalves(local, domain, into);
    }

    /// <summary>Adds organisations a half or the first label of whose domain stands in this one.</summary>
    public void OfDomain(string domain, List<Someone> into)
    {
        ReadHalves(domain, "", into);
        Read(Key(Kind.Label, Label(domain)), into);
    }

    /// <summary>Adds the addresses a display name was used for.</summary>
    public void OfName(string name, List<Someone> into)
    {
        if (name.Length > 0 && NameKey(name) is { Length: > 0 } key)
        {
            Read(Key(Kind.Name, key), into);
        }
    }

    /// <summary>Adds a sender's contacts with the same first letters.</summary>
    public void OfContacts(Someone sender, string key, List<Someone> into) => Read(ContactKey(sender, key), into);

    /// <summary>A name as it is compared: its words, folded, in order of the alphabet, so that family and given name may change places; in kanji and kana without the blank, which is written or not.</summary>
    public static string NameKey(string name)
    {
        var words = TextFolding.ForSearch(name).Split([' ', ',', '.', '・', '、', '(', ')', '"', '\'', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (string.Concat(words) is var together && together.AsSpan().IndexOfAnyInRange('\0', '\u2E7F') < 0)
        {
            return together.Length >= 2 ? together : "";
        }

        Array.Sort(words, StringComparer.Ordinal);
        var key = string.Join(' ', words);
        return key.Length >= 2 ? key : "";
    }

    private static void Split(string key, out ReadOnlySpan<char> local, out ReadOnlySpan<char> domain)
    {
        var at = key.LastIndexOf('@');
        local = at < 0 ? key : key.AsSpan(0, at);
        domain = at < 0 ? [] : key.AsSpan(at + 1);
        if (at == 0 && domain.LastIndexOf(':') is var colon and >= 0)
        {
            domain = domain[(colon + 1)..];
        }
    }

    private static ReadOnlySpan<char> Label(ReadOnlySpan<char> domain) => domain.IndexOf('.') is var dot and > 0 ? domain[..dot] : domain;

    /// <summary>
    /// By its front and its back half, the letter in the middle in neither: whatever one slip changes, and also the two letters it may swap, one half is left. So a database finds it by
    /// an index from the front and one from the back.
    /// </summary>
    private void Halves(ReadOnlySpan<char> text, ReadOnlySpan<char> domain, Someone one)
    {
        if (text.Length >= 2)
        {
            Put(Half(Kind.Front, text[..(text.Length / 2)], text.Length, domain), one);
            Put(Half(Kind.Back, text[((text.Length / 2) + 1)..], text.Length, domain), one);
        }
    }

    /// <summary>By the halves an address up to two letters shorter or longer would have, were they these.</summary>
    private void ReadHalves(ReadOnlySpan<char> text, ReadOnlySpan<char> domain, List<Someone> into)
    {
        var letters = Letters.Of(text);
        for (var length = Math.Max(2, text.Length - 2); length <= text.Length + 2; length++)
        {
            var front = length / 2;
            var back = length - front - 1;
            if (front <= text.Length && back <= text.Length)
            {
                ReadNear(Half(Kind.Front, text[..front], length, domain), letters, into);
                ReadNear(Half(Kind.Back, text[(text.Length - back)..], length, domain), letters, into);
            }
        }
    }

    private static ulong Half(Kind kind, ReadOnlySpan<char> half, int length, ReadOnlySpan<char> domain)
        => Hash64.Of(Hash64.Of(((ulong)kind << 32) | (uint)length, half), domain);

    private static ulong Key(Kind kind, ReadOnlySpan<char> text) => Hash64.Of((ulong)kind << 32, text);

    private static ulong ContactKey(Someone sender, string key) => Hash64.Of(((ulong)Kind.Contact << 32) | (uint)sender.Id, key.AsSpan(0, Math.Min(Offered, key.Length)));

    private void Put(ulong key, Someone one)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, key, out var known);
        _entries.Add((one, known ? head : -1, one.Letters));
        head = _entries.Count - 1;
    }

    private void Read(ulong key, List<Someone> into)
    {
        var at = _heads.GetValueOrDefault(key, -1);
        for (var read = 0; at >= 0 && read < MaxRead; read++)
        {
            var (one, next, _) = _entries[at];
            into.Add(one);
            at = next;
        }
    }

    /// <summary>The same, but for those whose letters say that they are not spelt nearly so: most that end alike are nothing alike.</summary>
    private void ReadNear(ulong key, uint letters, List<Someone> into)
    {
        var at = _heads.GetValueOrDefault(key, -1);
        for (var read = 0; at >= 0 && read < MaxRead; read++)
        {
            var (one, next, others) = _entries[at];
            if (Letters.MayBeNear(letters, others))
            {
                into.Add(one);
            }

            at = next;
        }
    }
}
