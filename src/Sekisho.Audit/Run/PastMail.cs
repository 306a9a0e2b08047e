using System.Security.Cryptography;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Audit.Run;

/// <summary>A mail of an archive as its header tells: who sent it to whom. An archive keeps no envelope, so the header has to stand in for it.</summary>
internal sealed class PastMail
{
    /// <summary>Outside domains or organisations in To and Cc from which a mail is listed whatever the policy says of it: the privacy officer asks what was exposed, not what was unusual.</summary>
    public const int ManyOutside = 10;

    private PastMail(MimeMessage message) => Message = message;

    /// <summary>The message.</summary>
    public MimeMessage Message { get; }

    /// <summary>Who sent it; null where the header does not say.</summary>
    public EmailAddress? Sender { get; private init; }

    /// <summary>True when one of ours sent it; else it came in.</summary>
    public bool FromInside { get; private init; }

    /// <summary>Everybody it was addressed to, distinct. Empty for a draft.</summary>
    public IReadOnlyList<string> Recipients { get; private init; } = [];

    /// <summary>Distinct outside organisations in To and Cc.</summary>
    public int Organisations { get; private init; }

    /// <summary>Distinct outside addresses in To and Cc.</summary>
    public int OutsideVisible { get; private init; }

    /// <summary>So many outside domains or organisations could be seen that the mail is listed by that alone.</summary>
    public bool ShowsMany { get; private init; }

    /// <summary>
    /// The same for two copies of one mail (sent folder, all mail): of Message-ID, sender and whom it shows in To and Cc, or where there is no Message-ID of the bytes. A program that gives two mails
    /// one Message-ID must not hide who was shown in the second.
    /// </summary>
    public UInt128 Identity { get; private init; }

    /// <summary>Reads the header; null when it has no field at all, so that it is no mail.</summary>
    public static PastMail? Read(ReadOnlyMemory<byte> bytes, IOrganisation organisation)
    {
        var message = MimeMessage.Parse(bytes);
        if (!HasField(message))
        {
            return null;
        }

        // Who passes a mail on by "resend" sends it anew; a newer block of fields stands above the older ones.
        var resent = message.Headers.First("Resent-From") is not null && message.Headers.First("Resent-To") is not null;
        var sender = FirstAddress(message, resent ? "Resent-From" : "From");
        var visible = Addresses(message, resent ? ["Resent-To", "Resent-Cc"] : ["To", "Cc"]);

        // Some archives repeat Cc in Bcc; as recipients are counted once, that adds nobody.
        var blind = Addresses(message, [resent ? "Resent-Bcc" : "Bcc"]);
        var outside = visible.FindAll(a => !organisation.IsInside(a));
        var organisations = Distinct(outside, organisation.OrganisationOf);
        return new PastMail(message)
        {
            Sender = sender,
            FromInside = sender is not null && organisation.IsInside(sender),
            Recipients = KeysOf(visible, blind),
            Organisations = organisations,
            OutsideVisible = outside.Count,
            ShowsMany = outside.Count >= ManyOutside && (organisations >= ManyOutside || Distinct(outside, a => a.Domain) >= ManyOutside),
            Identity = IdentityOf(message, sender, visible, bytes.Span),
        };
    }

    /// <summary>The address in From; null where there is none.</summary>
    public static EmailAddress? AuthorOf(MimeMessage message) => FirstAddress(message, "From");

    private static bool HasField(MimeMessage message)
    {
        foreach (var field in message.Headers)
        {
            if (field.IsField)
            {
                return true;
            }
        }

        return false;
    }

    private static int Distinct(List<EmailAddress> addresses, Func<EmailAddress, string> of)
        => addresses.Count <= 1 ? addresses.Count : addresses.Select(of).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Of two lists without repetitions.</summary>
    private static string[] KeysOf(List<EmailAddress> visible, List<EmailAddress> blind)
    {
        var keys = visible.ConvertAll(a => a.Key);
        if (blind.Count > 0)
        {
            var known = keys.ToHashSet(StringComparer.Ordinal);
            keys.AddRange(blind.Select(a => a.Key).Where(known.Add));
        }

        return [.. keys];
    }

    private static EmailAddress? FirstAddress(MimeMessage message, string name)
    {
        foreach (var field in message.Headers)
        {
            if (field.Is(name) && AddressList.Parse(field).FirstAddress is { } address)
            {
                return address;
            }
        }

        return null;
    }

    private static List<EmailAddress> Addresses(MimeMessage message, ReadOnlySpan<string> names)
    {
        var found = new List<EmailAddress>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            foreach (var field in message.Headers)
            {
                if (field.Is(name))
                {
                    foreach (var mailbox in AddressList.Parse(field).Mailboxes)
                    {
                        if (mailbox.Address is { } address && known.Add(address.Key))
                        {
                            found.Add(address);
                        }
                    }
                }
            }
        }

        return found;
    }

    private static UInt128 IdentityOf(MimeMessage message, EmailAddress? sender, List<EmailAddress> visible, ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[32];
        if (message.Headers.First("Message-ID")?.Unfolded.Trim() is { Length: > 0 } id)
        {
            var shown = visible.Count == 1 ? visible[0].Key : string.Join('\n', visible.Select(a => a.Key).Order(StringComparer.Ordinal));
            SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{sender?.Key}\n{shown}"), digest);
        }
        else
        {
            SHA256.HashData(bytes, digest);
        }

        return BitConverter.ToUInt128(digest);
    }
}
