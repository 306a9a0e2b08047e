using System.Buffers;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// What all individual copies of a message share: every field that shows an outside person is taken out or reduced to the inside ones.
/// A copy then only adds its own <c>To</c>. Law 3: an individual copy shows no other outside person in any header.
/// </summary>
internal sealed class IndividualSkeleton
{
    /// <summary>An entry longer than a header line may be is no name a person wrote.</summary>
    private const int MaxEntryBytes = 900;

    private static readonly SearchValues<char> s_addressEnds = SearchValues.Create(" \t\r\n,;:<>()[]\"'\\、。，；：＜＞（）「」【】");

    /// <summary>What stands between a service's name and the person in a return path made for him.</summary>
    private static readonly SearchValues<char> s_pathSeparators = SearchValues.Create("+-_.=/");

    /// <summary>Fields that say who a mail is for; rewritten, whatever they hold.</summary>
    private static readonly string[] s_recipientFields =
        ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc", "Apparently-To", "Envelope-To", "X-Envelope-To", "X-Original-To", "Delivered-To", "X-Original-Cc", "X-Cc", "X-To"];

    /// <summary>Fields of the author; they name the one person every reader is meant to see.</summary>
    private static readonly string[] s_authorFields = ["From", "Sender", "Return-Path", "Resent-From", "Resent-Sender"];

    /// <summary>Fields whose <c>x@y</c> are message identifiers, not people; they go only when they equal a known address.</summary>
    private static readonly string[] s_identifierFields = ["Message-ID", "In-Reply-To", "References", "Resent-Message-ID", "Content-ID", "DKIM-Signature", "ARC-Message-Signature"];

    private readonly IOrganisation _organisation;
    private readonly HashSet<string> _hidden;
    private readonly HashSet<string> _authors;
    private readonly bool _keepInside;
    private readonly IReadOnlySet<string> _struck;
    private readonly MessageEdit _shared;
    private readonly HeaderField? _anchor;
    private readonly Dictionary<string, byte[]> _written = new(StringComparer.Ordinal);

    /// <summary>Reads the header once. <paramref name="edit"/> already lacks the blind fields; it is taken over. <paramref name="struck"/>: inside people who stay in no Cc.</summary>
    public IndividualSkeleton(MimeMessage message, IOrganisation organisation, IReadOnlyCollection<string> envelope, bool keepInside, MessageEdit edit, IReadOnlySet<string>? struck = null)
    {
        _struck = struck ?? System.Collections.Frozen.FrozenSet<string>.Empty;
        _organisation = organisation;
        _keepInside = keepInside;
        _shared = edit;
        _authors = Authors(message);
        _hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in envelope)
        {
            var address = Parse(given);
            if (address is null || !organisation.IsInside(address))
            {
                _hidden.Add(address?.Key ?? given.ToLowerInvariant());
            }
        }

        CollectVisible(message);
        _anchor = message.Headers.First("To") ?? message.Headers.First("Cc");
        Reduce(message);
    }

    /// <summary>The copy for one outside recipient: <c>To:</c> himself as originally written, inside people in <c>Cc</c>.</summary>
    public MessageEdit For(string recipient)
    {
        var edit = _shared.Clone();
        var key = Parse(recipient)?.Key ?? recipient.ToLowerInvariant();
        var to = _written.TryGetValue(key, out var written) ? written : Encoding.UTF8.GetBytes(recipient);
        if (_anchor is not null)
        {
            edit.InsertBefore(_anchor, "To", to);
        }
        else
        {
            edit.Prepend("To", to);
        }

        return edit;
    }

    private void Reduce(MimeMessage message)
    {
        var cc = Join(InsideEntries(message, "To"), InsideEntries(message, "Cc"));
        var ccWritten = cc.Length == 0;
        foreach (var field in message.Headers)
        {
            if (CopyMaker.IsBlind(field))
            {
                continue;
            }

            if (Array.Exists(s_recipientFields, field.Is))
            {
                // The inside people of To and Cc stand in one Cc, where the first of the two fields stood.
                if (!ccWritten && (field.Is("To") || field.Is("Cc")))
                {
                    _shared.InsertBefore(field, "Cc", cc);
                    ccWritten = true;
                }

                _shared.Remove(field);
            }
            else if (ShowsOutsider(field))
            {
                Withhold(message, field);
            }
        }
    }

    /// <summary>Takes a field out; of the two without which nobody could read the mail, only what names people.</summary>
    private void Withhold(MimeMessage message, HeaderField field)
    {
        if (field.Is("Content-Type"))
        {
            // "taro@example.com.txt" names him no less, though it reads as another address.
            if (message.Root.Parameters.Any(p => p.Key.StartsWith("name", StringComparison.OrdinalIgnoreCase) && HasSign(p.Value)))
            {
                _shared.Replace(field, ContentTypeWithoutName(message.Root));
            }
        }
        else if (field.Is("From") && AddressList.Parse(field).Mailboxes.FirstOrDefault(m => m.Address is not null && _authors.Contains(m.Address.Key)) is { } author)
        {
            _shared.Replace(field, Entry(message, author, author.Address!));
        }
        else
        {
            _shared.Remove(field);
        }
    }

    /// <summary>The type with what its reader needs; a file's name goes, the boundary stays, since the body is not touched.</summary>
    private static byte[] ContentTypeWithoutName(MimeEntity root)
    {
        var value = new StringBuilder(root.MediaType);
        foreach (var (name, content) in root.Parameters)
        {
            if (!name.StartsWith("name", StringComparison.OrdinalIgnoreCase) && !content.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                value.Append("; ").Append(name).Append("=\"").Append(content.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }
        }

        return Encoding.ASCII.GetBytes(value.ToString());
    }

    private void CollectVisible(MimeMessage message)
    {
        foreach (var field in message.Headers)
        {
            if (!Array.Exists(s_recipientFields, field.Is))
            {
                continue;
            }

            foreach (var mailbox in AddressList.Parse(field).Mailboxes)
            {
                if (mailbox.Address is { } address && !_organisation.IsInside(address))
                {
                    _hidden.Add(address.Key);
                    if (field.Is("To") || field.Is("Cc"))
                    {
                        _written.TryAdd(address.Key, Entry(message, mailbox, address));
                    }
                }
            }
        }
    }

    /// <summary>
    /// An entry as originally written, folds undone. The bare address instead where the words beside it could name somebody else
    /// (an address in the display name or a comment), or where the entry is broken.
    /// </summary>
    private static byte[] Entry(MimeMessage message, Mailbox mailbox, EmailAddress address)
    {
        var raw = message.Bytes.Span.Slice(mailbox.Raw.Offset, mailbox.Raw.Length);
        var bare = mailbox.Defect is not null || raw.Length > MaxEntryBytes || raw.ContainsAny((byte)'(', (byte)0)
            || raw.Count((byte)'@') > 1 || HasSign(mailbox.DisplayName);
        if (bare)
        {
            return Encoding.UTF8.GetBytes(address.Key);
        }

        var unfolded = new byte[raw.Length];
        var length = 0;
        foreach (var b in raw)
        {
            if (b is not ((byte)'\r' or (byte)'\n'))
            {
                unfolded[length++] = b;
            }
        }

        return unfolded[..length];
    }

    /// <summary>The inside entries of a field as they were written, joined by comma.</summary>
    private byte[] InsideEntries(MimeMessage message, string name)
    {
        if (!_keepInside)
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in message.Headers.All(name))
        {
            foreach (var mailbox in AddressList.Parse(field).Mailboxes)
            {
                if (mailbox.Address is not { } address || !_organisation.IsInside(address) || _struck.Contains(address.Key) || !seen.Add(address.Key))
                {
                    continue;
                }

                if (buffer.WrittenCount > 0)
                {
                    buffer.Write(", "u8);
                }

                buffer.Write(Entry(message, mailbox, address));
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private bool ShowsOutsider(HeaderField field)
    {
        var knownOnly = Array.Exists(s_identifierFields, field.Is) || Array.Exists(s_authorFields, field.Is);
        return People(field).Any(a => !_authors.Contains(a.Key) && (_hidden.Contains(a.Key) || (!knownOnly && !_organisation.IsInside(a)) || NamesHidden(a.LocalPart)));
    }

    /// <summary>A return path that carries whom it was made for: <c>leave+taro=example.com@list.example</c>.</summary>
    private bool NamesHidden(string local)
    {
        var equals = local.LastIndexOf('=');
        if (equals <= 0 || local.Length > MaxEntryBytes)
        {
            return false;
        }

        var address = string.Concat(local.AsSpan(0, equals), "@", local.AsSpan(equals + 1)).ToLowerInvariant();
        for (var from = 0; from >= 0 && from < equals; from = address.AsSpan(from).IndexOfAny(s_pathSeparators) is >= 0 and var next ? from + next + 1 : -1)
        {
            if (_hidden.Contains(address[from..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whoever can be read in a field: as an address list (blanks and comments about the sign), as text, and as its bytes stand.</summary>
    private static IEnumerable<EmailAddress> People(HeaderField field)
    {
        var decoded = field.Decoded;
        var unfolded = field.Unfolded;
        if (!HasSign(decoded) && !HasSign(unfolded))
        {
            return [];
        }

        return AddressesIn(decoded).Concat(AddressesIn(unfolded)).Concat(TextAddresses.Find(decoded)).Concat(TextAddresses.Find(unfolded))
            .Concat(AddressList.Parse(field).Mailboxes.Where(m => m.Address is not null).Select(m => m.Address!));
    }

    private static bool HasSign(string text) => text.AsSpan().ContainsAny('@', '＠', '﹫') || text.Contains("%40", StringComparison.Ordinal);

    /// <summary>Everything in a text that reads as an address, whatever stands around it.</summary>
    private static IEnumerable<EmailAddress> AddressesIn(string text)
    {
        if (!text.Contains('@') && !text.Contains('＠'))
        {
            yield break;
        }

        text = text.Replace('＠', '@');
        foreach (var range in Tokens(text))
        {
            var token = text[range].Trim('.', '=', '|', '!', '?', '/', '*');
            if (token.Contains('@') && EmailAddress.TryParse(token, out var address))
            {
                yield return address;
            }
            else if (token.IndexOf('=') is >= 0 and var equals && EmailAddress.TryParse(token.AsSpan(equals + 1), out address))
            {
                // Parameters: i=user@host, for=user@host.
                yield return address;
            }
        }
    }

    private static IEnumerable<Range> Tokens(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny(s_addressEnds);
            var end = length < 0 ? text.Length : start + length;
            if (end > start)
            {
                yield return start..end;
            }

            start = end + 1;
        }
    }

    private static HashSet<string> Authors(MimeMessage message)
    {
        var authors = new HashSet<string>(StringComparer.Ordinal);
        if (message.Headers.Addresses("From").FirstAddress is { } address)
        {
            authors.Add(address.Key);
        }

        return authors;
    }

    private static EmailAddress? Parse(string text) => EmailAddress.TryParse(text, out var address) ? address : null;

    private static byte[] Join(byte[] first, byte[] second)
        => first.Length == 0 ? second : second.Length == 0 ? first : [.. first, .. ", "u8, .. second];
}
