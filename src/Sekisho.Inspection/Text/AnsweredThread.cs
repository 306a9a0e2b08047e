using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Of a quoted thread what is news to somebody outside: not what a recipient himself wrote, or passed on to us, in the mail that is answered. Whatever that mail held, he had. It must stand first, be
/// by one who gets the answer, and have gone to everybody outside who gets it. A forward is no answer, and text of ours that was answered is none either: an announcement that went wrong
/// is shown once more by its correction. The mail must be an answer by its header too: who wrote the lines of a quote only the quote says, and anybody can put marks before a list. So a hundred
/// people (ten, where the header names no mail that is answered), two patients, three passwords, and numbers that pay or name somebody for the state, count whoever is said to have sent them.
/// </summary>
internal static class AnsweredThread
{
    /// <summary>Lines of "On … wrote:".</summary>
    private const int Attribution = 3;

    /// <summary>People from which on what is quoted is a list that leaves the house.</summary>
    private const int List = 100;

    /// <summary>The same where only the subject says that something is answered: that is typed in a moment.</summary>
    private const int Few = 10;

    /// <summary>Sick people, or those who are known by their papers and accounts, from which on it is no longer one person's own business that is answered.</summary>
    private const int Sensitive = 2;

    /// <summary>Passwords and keys from which on it is a list of them.</summary>
    private const int Keys = 3;

    private const DataKinds SensitiveKinds = DataKinds.Medical | DataKinds.BankAccount | DataKinds.Passport | DataKinds.DrivingLicence | DataKinds.HealthInsurance;

    private static readonly string[] _forwards = ["Forward", "転送"];

    /// <summary>The quoted text without what everybody outside has had; all of it where the mail answers nobody who gets it.</summary>
    public static string NewsOf(InspectionContext context, CancellationToken cancel)
    {
        var quoted = context.Facts.QuotedText;
        if (quoted.Length == 0 || context.Analysis.Outside.Count == 0 || !IsAnswer(context) || !AddressScanner.MayHold(quoted))
        {
            return quoted;
        }

        var lines = new List<Range>();
        foreach (var line in quoted.AsSpan().Split('\n'))
        {
            lines.Add(line);
        }

        return (Marked(context, quoted, lines, cancel) ?? Headed(context, quoted, lines, cancel)) is { } news && !IsGrave(context, quoted, cancel) ? news : quoted;
    }

    private static bool IsAnswer(InspectionContext context) => context.Analysis.IsReply || Topic.IsContinued(context.Facts.Subject);

    /// <summary>True for what nobody is taken at his word for.</summary>
    private static bool IsGrave(InspectionContext context, string quoted, CancellationToken cancel)
    {
        var list = context.Analysis.IsReply ? List : Few;
        if (context.Analysis.Written(cancel).Quoted.All.Count >= list)
        {
            return true;
        }

        var found = PeopleReader.ReadQuoted(quoted, cancel);
        return found.Persons.Count >= list || found.Persons.Count(p => (p.Kinds & SensitiveKinds) != 0) >= Sensitive
            || found.Secrets.Count >= Keys || found.Secrets.Any(s => (s.Kind & (DataKinds.CardNumber | DataKinds.MyNumber)) != 0);
    }

    /// <summary>"On … he wrote:", and below it nothing but marked lines: nobody types there.</summary>
    private static string? Marked(InspectionContext context, string quoted, List<Range> lines, CancellationToken cancel)
    {
        var author = new AddressSet();
        var said = 0;
        var i = 0;
        for (; i < lines.Count; i++)
        {
            var line = quoted.AsSpan()[lines[i]];
            if (QuoteSplitter.IsQuoteLine(line))
            {
                break;
            }

            if (!line.IsWhiteSpace() && (++said > Attribution || IsForward(line)))
            {
                return null;
            }

            AddressScanner.Collect(line, author, cancel);
        }

        if (said == 0 || author.All.Count != 1 || !WentToAll(context, author.All, []))
        {
            return null;
        }

        var rest = lines.Skip(i).All(l => quoted.AsSpan()[l].IsWhiteSpace() || QuoteSplitter.IsQuoteLine(quoted.AsSpan()[l]));
        return rest ? "" : null;
    }

    /// <summary>
    /// Under a header nothing tells his lines from what was typed between and below them; but what stands in his mail as a quote of its own, nobody types into.
    /// </summary>
    private static string? Headed(InspectionContext context, string quoted, List<Range> lines, CancellationToken cancel)
    {
        var mails = context.Analysis.QuotedMails(cancel);
        if (mails.Count == 0 || !WentToAll(context, mails[0].Author, mails[0].People))
        {
            return null;
        }

        for (var i = 0; i < mails[0].First; i++)
        {
            var line = quoted.AsSpan()[lines[i]];
            if (!line.IsWhiteSpace() && (!QuoteSplitter.IsSeparator(line) || IsForward(line)))
            {
                return null;
            }
        }

        var news = new StringBuilder();
        var below = mails.Count > 1 ? mails[1].First : lines.Count;
        for (var i = mails[0].Last + 1; i < below; i++)
        {
            var line = quoted.AsSpan()[lines[i]];
            if (QuoteSplitter.IsSeparator(line))
            {
                break;
            }

            if (!QuoteSplitter.IsQuoteLine(line))
            {
                news.Append(line).Append('\n');
            }
        }

        return news.ToString();
    }

    private static bool WentToAll(InspectionContext context, IReadOnlyList<FoundAddress> author, IReadOnlyList<FoundAddress> people)
    {
        var outside = context.Analysis.Outside;
        var got = people.Concat(author).Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        return author.Any(a => !context.Analysis.IsInside(a) && !context.Facts.AuthorKeys.Contains(a.Key) && outside.Any(p => p.Key == a.Key)) && outside.All(p => got.Contains(p.Key));
    }

    private static bool IsForward(ReadOnlySpan<char> line)
    {
        foreach (var word in _forwards)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
