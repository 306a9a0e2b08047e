using System.Text;
using System.Text.RegularExpressions;
using Sekisho.Bench.WrongRecipient;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Lookalike;

/// <summary>
/// Makes of a mail that is right one with a mistake in its header: somebody outside nobody has written to yet, or one of the sender's other correspondents, stands on it too or in the place of one of the
/// recipients; or a recipient's address has a slip. Who it is, is drawn.
/// </summary>
internal sealed partial class MistakePlanter
{
    private readonly IOrganisation _organisation;
    private readonly int _seed;
    private readonly IReadOnlyList<EmailAddress> _everybody;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EmailAddress>> _books = new(StringComparer.Ordinal);

    public MistakePlanter(IReadOnlyList<SentMail> mails, IOrganisation organisation, int seed)
    {
        (_organisation, _seed) = (organisation, seed);
        _everybody = [.. mails.SelectMany(m => m.Recipients).Where(r => !organisation.IsInside(r)).DistinctBy(r => r.Key)];
    }

    /// <summary>Whom the mail went to is no stranger any more.</summary>
    public void Learn(SentMail mail)
    {
        foreach (var one in mail.Recipients.Where(r => !_organisation.IsInside(r)))
        {
            _known.Add(one.Key);
            if (!_books.TryGetValue(mail.Sender.Key, out var book))
                _books[mail.Sender.Key] = book = [];
            book.Add(one);
        }
    }

    /// <summary>The mail with each of the mistakes that can be made in it, one at a time.</summary>
    public IEnumerable<(string Mistake, MimeMessage Message, IReadOnlyList<string> Recipients)> Plant(SentMail mail)
    {
        var dice = new Dice("mistake", _seed, mail.Index);
        var outside = mail.Recipients.Where(r => !_organisation.IsInside(r)).ToList();
        var replaced = outside[dice.Below(outside.Count)];
        var stranger = _everybody[dice.Below(_everybody.Count)];
        var correspondent = _books.TryGetValue(mail.Sender.Key, out var book) ? book[dice.Below(book.Count)] : null;
        var slip = SlipMaker.Slip(replaced, ref dice) is { } typed && EmailAddress.TryParse(typed, out var slipped) && !_known.Contains(slipped.Key) && !_organisation.IsInside(slipped) ? slipped : null;
        List<(string, EmailAddress?, EmailAddress?)> mistakes =
        [
            ("a recipient's address with a slip", slip, replaced),
            ("a stranger to everybody, added", _known.Contains(stranger.Key) ? null : stranger, null),
            ("a stranger to everybody, in somebody's place", _known.Contains(stranger.Key) ? null : stranger, replaced),
            ("a correspondent of the sender, added", correspondent, null),
            ("a correspondent of the sender, in somebody's place", correspondent, replaced),
        ];
        foreach (var (name, one, instead) in mistakes)
        {
            if (one is not null && mail.Recipients.All(r => r.Key != one.Key) && Written(mail, one.Key, instead?.Key) is { } message)
                yield return (name, message, [.. mail.Recipients.Select(r => r.Key).Where(r => r != instead?.Key), one.Key]);
        }
    }

    private static MimeMessage? Written(SentMail mail, string one, string? instead)
    {
        var text = Encoding.Latin1.GetString(mail.Facts.Message.Bytes.Span);
        var end = HeaderEnd().Match(text) is { Success: true } match ? match.Index : text.Length;
        var (header, rest) = (text[..end], text[end..]);
        var changed = instead is null
            ? ToField().Replace(header, $"$0 {one},", 1)
            : RecipientField().Replace(header, field => field.Value.Replace(instead, one, StringComparison.OrdinalIgnoreCase));
        return changed == header ? null : MimeMessage.Parse(Encoding.Latin1.GetBytes(changed + rest));
    }

    [GeneratedRegex("\r?\n\r?\n")]
    private static partial Regex HeaderEnd();

    [GeneratedRegex("^To:", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ToField();

    [GeneratedRegex("^(?:To|Cc):.*(?:\n[ \t].*)*", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex RecipientField();
}
