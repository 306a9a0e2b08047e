using Microsoft.AspNetCore.Mvc;
using Sekisho.Gateway.Administration;
using Sekisho.Inspection;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>What a draft changes, what it would have changed, and putting it in force.</summary>
[Needs(Right.AdministerAll)]
public sealed class PolicyWhatIfModel(DraftDesk drafts, WhatIfRunner runner, Gateway.GatewayHost gateway) : ConsolePage
{
    /// <summary>A mail of the result with what is looked up for showing it.</summary>
    public sealed record Row(WhatIfMail Mail, DateTimeOffset? At, string Sender, string Subject);

    /// <summary>File and draft.</summary>
    public DraftView View { get; private set; } = null!;

    /// <summary>The look under way or the last one.</summary>
    public WhatIfJob? Job { get; private set; }

    /// <summary>Number of the version just put in force.</summary>
    public long? Done { get; private set; }

    /// <summary>Why nothing was done.</summary>
    public Summary? Problem { get; private set; }

    /// <summary>The mails of the result by kind.</summary>
    public IReadOnlyList<(Summary Title, long Count, IReadOnlyList<Row> Mails)> Lists { get; private set; } = [];

    /// <summary>Of the text on the page: what is put in force is what he saw.</summary>
    public string TextDigest => ConfigKeeper.DigestOf(View.BaseDigest, View.Text);

    /// <summary>Shows difference, progress or result.</summary>
    public async Task OnGetAsync(long? done)
    {
        Done = done;
        await ShowAsync().ConfigureAwait(false);
        if (Job is { UnderWay: true })
        {
            Response.Headers["Refresh"] = "2";
        }
    }

    /// <summary>Begins or ends a look, puts in force, goes on from the new file, or throws away.</summary>
    public async Task<IActionResult> OnPostAsync(string? what, int? days, string? note, string? unseen, string? seen)
    {
        var (author, cancel) = (Me.Address, HttpContext.RequestAborted);
        var view = await drafts.LoadAsync(author, cancel).ConfigureAwait(false);
        switch (what)
        {
            case "look" when view is { Config: { } config, Draft: { } draft, Conflict: false }:
                runner.Start(author, draft.BaseDigest, draft.Text, config, days ?? 30);
                break;
            case "cancel":
                runner.Cancel(author);
                break;
            case "discard":
                runner.Cancel(author);
                await drafts.DiscardAsync(author, cancel).ConfigureAwait(false);
                break;
            case "rebase" when view is { Draft: { } mine, Disk.Document: { } document }:
                await drafts.SaveAsync(author, document.Digest, mine.Text, cancel).ConfigureAwait(false);
                break;
            case "activate" when view.Draft is { } wanted:
                return await ActivateAsync(view, wanted, note ?? "", unseen == "yes", seen).ConfigureAwait(false);
        }

        return LocalRedirect("/admin/policy/what-if");
    }

    private async Task<IActionResult> ActivateAsync(DraftView view, ConfigDraft draft, string note, bool unseen, string? seen)
    {
        if (seen != ConfigKeeper.DigestOf(draft.BaseDigest, draft.Text))
        {
            Problem = new("Your draft is another one than the page showed (another window?). Nothing was changed; look again.", "画面に表示されていた下書きと内容が変わっています（別のウィンドウで編集した可能性があります）。適用していません。もう一度確認してください。");
        }
        else if (view.Result is null && !unseen)
        {
            Problem = new("Look at the effect of exactly this text first, or say that you do without.", "まずこの内容の影響を確かめるか、確かめずに適用することを選んでください。");
        }
        else
        {
            var result = await gateway.Keeper.ActivateAsync(new Activation(draft.Text, draft.BaseDigest, Me.Address, OneLine(note), view.Result is null), HttpContext.RequestAborted).ConfigureAwait(false);
            if (result.Outcome == ActivationOutcome.Done)
            {
                await drafts.DiscardAsync(Me.Address, CancellationToken.None).ConfigureAwait(false);
                return LocalRedirect($"/admin/policy/what-if?done={result.Number}");
            }

            Problem = result.Outcome switch
            {
                ActivationOutcome.Conflict => new("Somebody changed the file meanwhile. Nothing was overwritten.", "ほかの人が設定を変更したため、適用しませんでした。上書きはしていません。"),
                ActivationOutcome.Refused => new("It cannot be activated as it is; see below.", "このままでは適用できません。下記を確認してください。"),
                _ => new("The file could not be written. Nothing was changed.", "設定ファイルに書き込めませんでした。変更はありません。"),
            };
        }

        Response.StatusCode = 409;
        await ShowAsync().ConfigureAwait(false);
        return Page();
    }

    private async Task ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        View = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        var job = runner.Of(Me.Address);
        Job = job is not null && job.Digest == TextDigest ? job : null;
        if (Job is { UnderWay: false, Error: null } && View.Result is null)
        {
            // It ended between the two looks, and kept its result before.
            View = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        }

        if (View.Result is { } result && Job is not { UnderWay: true })
        {
            var lists = new List<(Summary, long, IReadOnlyList<Row>)>();
            foreach (var (title, count, mails) in new (Summary, long, IReadOnlyList<WhatIfMail>)[]
            {
                (new($"Would have stopped {result.Newly:N0} more", $"新たに止まるメール {result.Newly:N0}通"), result.Newly, result.NewlyMails),
                (new($"Would no longer have stopped {result.NoLonger:N0}", $"止まらなくなるメール {result.NoLonger:N0}通"), result.NoLonger, result.NoLongerMails),
                (new($"Would have handled {result.Otherwise:N0} otherwise", $"扱いが変わるメール {result.Otherwise:N0}通"), result.Otherwise, result.OtherwiseMails),
            })
            {
                if (count > 0)
                {
                    lists.Add((title, count, await RowsAsync(mails, cancel).ConfigureAwait(false)));
                }
            }

            Lists = lists;
        }
    }

    private async Task<IReadOnlyList<Row>> RowsAsync(IReadOnlyList<WhatIfMail> mails, CancellationToken cancel)
    {
        var rows = new List<Row>(mails.Count);
        foreach (var mail in mails.Reverse())
        {
            var found = await gateway.Store.FindSubmissionAsync(mail.Submission, cancel).ConfigureAwait(false);
            rows.Add(new(mail, found?.Submission.ReceivedAt, found?.Submission.MailFrom ?? "", found?.Submission.Subject ?? ""));
        }

        return rows;
    }

    private static string OneLine(string note) => string.Concat(note.Where(c => !char.IsControl(c)).Take(500));
}
