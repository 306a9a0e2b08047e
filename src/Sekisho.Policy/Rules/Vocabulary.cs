using System.Collections.Frozen;
using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>The findings a policy can name and the measures each carries: a misspelt one would be a rule that never holds, so it is an error instead.</summary>
internal static class Vocabulary
{
    /// <summary>Interruptions per 1,000 of the organisation's own mails that asking would cost, of the findings of rules that weigh.</summary>
    private const string Alarms = "alarms";

    /// <summary>Finding name → its measures.</summary>
    public static readonly FrozenDictionary<string, string[]> Findings = new Dictionary<string, string[]>
    {
        [RuleNames.VisibleRecipients] = ["groups", "addresses", "organisations", "score", Alarms],
        [RuleNames.AddressesInBody] = ["addresses", "organisations", "together", "quoted", "run-addresses", "run-messages", "staged"],
        [RuleNames.AddressesInSubject] = ["addresses"],
        [RuleNames.HeaderInjection] = ["breaks", "unparsable", "repeated"],
        [RuleNames.CalendarAttendees] = ["groups", "addresses", "organisations"],
        [RuleNames.DuplicateSend] = ["recipients", "conflicts", "staged", "run-messages"],
        [RuleNames.ListPosting] = ["recipients", "list"],
        [RuleNames.RecalledMessage] = ["recall", "correction"],
        [RuleNames.SenderNotAuthorised] = ["recipients", "foreign-name"],
        [RuleNames.Keyword] = ["words", "matches"],
        [RuleNames.CardNumber] = ["cards"],
        [RuleNames.MyNumber] = ["numbers"],
        [RuleNames.Credentials] = ["credentials", "keys", "own"],
        [RuleNames.PersonalData] = ["own", "sensitive", "medical", "kinds", "hidden", "files"],
        [RuleNames.InternalOnly] = ["labels", "files", "audience"],
        [RuleNames.ForgottenAttachment] = ["mentions"],
        [RuleNames.AttachmentName] = ["files"],
        [RuleNames.UnlikelyRecipient] = ["score", Alarms, "mails"],
        [RuleNames.GreetingMismatch] = ["greeted", "run", "staged"],
        [RuleNames.CompanyMismatch] = ["companies", "registered"],
        [RuleNames.ForeignRecords] = ["records", "owners", "login", "addressee"],
        [RuleNames.LookalikeRecipient] = ["freemail", "homoglyph", "domain", "tld", "local", "name", "renamed", "imitates-us", "distance", "rival-mails", "known", "score", Alarms],
        [RuleNames.FirstTimeRecipient] = ["recipients", "organisations", "new-to-sender", "silent-days", "mails", "score", Alarms],
        [RuleNames.NewInThread] = ["mails", "people", "new", "organisations", "staying", "score", Alarms],
        [RuleNames.Uninspectable] = ["limit", "encrypted", "signed", "partial", "tnef", "failed", "late", "ambiguous", FileTroubles.Broken, FileTroubles.NoTool, FileTroubles.Unknown, FileTroubles.Unread, FileTroubles.Disguised],
        [RuleNames.Malware] = ["infected", "unavailable"],
    }.ToFrozenDictionary();

    /// <summary>What a measure counts as that a finding does not carry.</summary>
    public static long Unsaid(string measure) => measure == Alarms ? 1000 : 0;

    /// <summary>The measure of the keyword finding that counts the words of one list.</summary>
    public static string ListMeasure(string list) => "list-" + list;

    /// <summary>The word list of a rule's condition; a colon cannot stand in a rule's name, so the two never meet.</summary>
    public static string ListName(string rule, bool unless) => unless ? "unless:" + rule : rule;

    public static readonly string[] Severities = [.. Enum.GetNames<Severity>().Select(n => n.ToLowerInvariant())];

    public static readonly (string Word, PolicyAction Value)[] Actions = [.. Enum.GetValues<PolicyAction>().Select(a => (a.ToString().ToLowerInvariant(), a))];

    public static bool TryReadSeverity(ReadOnlySpan<char> text, out long number)
    {
        for (number = 0; number < Severities.Length; number++)
        {
            if (text.Equals(Severities[number], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
