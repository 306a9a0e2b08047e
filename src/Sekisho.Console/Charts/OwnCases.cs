using System.Globalization;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Charts;

/// <summary>One of the organisation's own stopped mails as everybody may see it: no name, no address, no subject, no day.</summary>
/// <param name="Month"><c>2026-11</c>.</param>
public sealed record OwnCase(string Month, IReadOnlyList<string> Rules, int Recipients, PolicyAction Action, MailState State)
{
    /// <summary>What became of it.</summary>
    public string Ended(Tongue tongue) => (Action, State) switch
    {
        (_, MailState.Inspecting) => tongue["is being checked", "検査中"],
        (_, MailState.Held) => tongue["still waits for its sender", "送信者の確認待ち"],
        (_, MailState.Approval) => tongue["still waits for approval", "承認待ち"],
        (_, MailState.Refused) => tongue["was not sent", "送信されなかった"],
        (_, MailState.Cancelled) => tongue["was not sent, by decision", "判断により送信されなかった"],
        (PolicyAction.Individual, _) => tongue["each got a copy of his own", "一人ずつ個別に届いた"],
        (PolicyAction.Hold, _) => tongue["was sent after its sender had looked again", "送信者が見直してから送信した"],
        (PolicyAction.Approve, _) => tongue["was sent after approval", "承認を得て送信した"],
        _ => tongue["was sent", "送信した"],
    };
}

/// <summary>Takes the organisation's own stopped mails out of the index, and of each only what says nothing of anybody.</summary>
public static class OwnCases
{
    private const int Page = 200;
    private const int MaxPages = 5;

    /// <summary>The latest that a rule stopped, newest first, at most <paramref name="max"/>. Looks through a bounded number of mails, so of a rule that mostly only notes it may find fewer.</summary>
    public static async Task<IReadOnlyList<OwnCase>> FindAsync(IMailIndex index, string rule, int max, CancellationToken cancel)
    {
        var found = new List<OwnCase>();
        string? after = null;
        for (var page = 0; page < MaxPages && found.Count < max; page++)
        {
            var answer = await index.SearchAsync(new MailQuery { Rule = rule, Max = Page, After = after }, cancel).ConfigureAwait(false);
            found.AddRange(answer.Rows.Where(r => r.Action >= PolicyAction.Individual)
                .Select(r => new OwnCase(TimeZoneInfo.ConvertTime(r.ReceivedAt, TimeZoneInfo.Local).ToString("yyyy-MM", CultureInfo.InvariantCulture), r.Rules, r.Recipients, r.Action, r.State)));
            after = answer.Next;
            if (after is null)
            {
                break;
            }
        }

        return [.. found.Take(max)];
    }
}
