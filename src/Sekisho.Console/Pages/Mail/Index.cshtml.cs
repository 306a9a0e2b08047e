using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Mail;

/// <summary>All mail he may know of, searched: everybody his own, auditors and the like that of their part of the organisation.</summary>
[Needs(Right.SignedIn)]
public sealed class MailListModel(IMailIndex index) : ConsolePage
{
    private const int Longest = 200;

    /// <summary>Words in sender, recipients or subject.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    /// <summary>Part of the sender's address.</summary>
    [BindProperty(SupportsGet = true, Name = "sender")]
    public string? Sender { get; set; }

    /// <summary>Part of a recipient's address.</summary>
    [BindProperty(SupportsGet = true, Name = "recipient")]
    public string? Recipient { get; set; }

    /// <summary>Part of the subject.</summary>
    [BindProperty(SupportsGet = true, Name = "subject")]
    public string? Subject { get; set; }

    /// <summary>A rule that found something.</summary>
    [BindProperty(SupportsGet = true, Name = "rule")]
    public string? Rule { get; set; }

    /// <summary>Where it stands, by its number.</summary>
    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    /// <summary>First day, <c>2026-11-21</c>, in the machine's time zone.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    /// <summary>Last day.</summary>
    [BindProperty(SupportsGet = true, Name = "until")]
    public string? Until { get; set; }

    /// <summary>Continues a page before.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>What was found.</summary>
    public MailPage Found { get; private set; } = new([], null, 0);

    /// <summary>Other people's mail is searched too.</summary>
    public bool Everybody => Rights.Has(Me, Right.SearchAll);

    /// <summary>Something narrows the list.</summary>
    public bool Narrowed => new[] { Words, Sender, Recipient, Subject, Rule, State, From, Until }.Any(s => !string.IsNullOrWhiteSpace(s));

    /// <summary>The same search, continued.</summary>
    public string? NextPage => Found.Next is null ? null : "/mail" + QueryString(("after", Found.Next));

    /// <summary>The same search from its beginning.</summary>
    public string FirstPage => "/mail" + QueryString();

    /// <summary>Searches.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var query = new MailQuery
        {
            Text = Bounded(Words) ?? "",
            Sender = Bounded(Sender),
            Recipient = Bounded(Recipient),
            Subject = Bounded(Subject),
            Rule = RuleTitles.Names.Contains(Rule ?? "") ? Rule : null,
            State = int.TryParse(State, NumberStyles.None, CultureInfo.InvariantCulture, out var state) && Enum.IsDefined((MailState)state) ? (MailState)state : null,
            From = Day(From),
            Until = Day(Until)?.AddDays(1),
            OnlySenders = Everybody ? Me.Scopes.Count == 0 ? [] : [.. Me.Scopes, Me.Address] : [Me.Address],
            After = string.IsNullOrEmpty(After) ? null : After,
        };
        try
        {
            Found = await index.SearchAsync(query, cancel).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // A continuation that is none of ours: an address somebody shortened or made up.
            return BadRequest();
        }

        return Page();
    }

    private static string? Bounded(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { Length: > Longest } long_ ? long_[..Longest] : text.Trim();

    private static DateTimeOffset? Day(string? day)
        => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1970 and < 9000
            ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeZoneInfo.Local.GetUtcOffset(date.ToDateTime(TimeOnly.MinValue))) : null;

    private string QueryString(params (string Name, string Value)[] more)
    {
        var all = new (string Name, string? Value)[] { ("q", Words), ("sender", Sender), ("recipient", Recipient), ("subject", Subject), ("rule", Rule), ("state", State), ("from", From), ("until", Until) }
            .Where(f => !string.IsNullOrWhiteSpace(f.Value)).Select(f => (f.Name, Value: f.Value!)).Concat(more).ToList();
        return all.Count == 0 ? "" : "?" + string.Join('&', all.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
    }
}
