using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>The rules as sentences, each with a form that changes its lines in the draft.</summary>
[Needs(Right.AdministerAll)]
public sealed class PolicyModel(DraftDesk drafts) : ConsolePage
{
    private static readonly HashSet<string> s_shipped = [.. PolicySet.Shipped.Rules.Select(r => r.Name)];
    private readonly List<string> _problems = [];

    /// <summary>File and draft.</summary>
    public DraftView View { get; private set; } = null!;

    /// <summary>Names of the rules that stand in the text.</summary>
    public IReadOnlyList<string> Local { get; private set; } = [];

    /// <summary>Why nothing was changed.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The rule shown open.</summary>
    public string? Open { get; private set; }

    /// <summary>True for a rule of the shipped policy.</summary>
    public bool IsShipped(string name) => s_shipped.Contains(name);

    /// <summary>What an action is called.</summary>
    public string Word(PolicyAction action) => action switch
    {
        PolicyAction.Deliver => Tongue["goes out untouched", "そのまま送る"],
        PolicyAction.Individual => Tongue["to each individually", "一通ずつ個別に送る"],
        PolicyAction.Hold => Tongue["waits for its sender", "送信者の確認を待つ"],
        PolicyAction.Approve => Tongue["waits for approval", "承認を待つ"],
        _ => Tongue["refused", "拒否する"],
    };

    /// <summary>Shows the rules of the draft, or of the file.</summary>
    public Task OnGetAsync(string? open)
    {
        Open = open;
        return ShowAsync();
    }

    /// <summary>Changes, adds or removes one rule in the draft.</summary>
    public async Task<IActionResult> OnPostAsync(string? what, string? rule, string? baseDigest)
    {
        var cancel = HttpContext.RequestAborted;
        View = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        Open = rule;
        if (View.Config is not { } config)
        {
            return LocalRedirect("/admin/policy/text");
        }

        var form = new RuleForm(await Request.ReadFormAsync(cancel).ConfigureAwait(false), Tongue);
        var found = config.Policy.Rules.FirstOrDefault(r => r.Name == rule);
        var text = what switch
        {
            "change" when found is not null => RuleEditor.Change(View.Text, found.Name, form.ChangeOf(found)),
            "remove" when found is not null => RuleEditor.Remove(View.Text, found.Name),
            "add" => form.Added(config.Policy.Rules) is { } added ? RuleEditor.Add(View.Text, added.Name, added.When, added.Unless, added.Then, added.Note) : null,
            _ => View.Text,
        };
        _problems.AddRange(form.Problems);
        if (_problems.Count == 0 && text is null)
        {
            _problems.Add(Tongue["The text is written in a way that this form cannot change; change it in the text view.", "テキストの書き方の都合で、この画面からは変更できません。「テキスト」から変更してください。"]);
        }

        if (_problems.Count == 0)
        {
            _problems.AddRange(drafts.Check(text!).Take(5).Select(e => $"{Tongue["Line", "行"]} {e.Line}: {e.Message}"));
        }

        if (_problems.Count == 0)
        {
            await drafts.SaveAsync(Me.Address, baseDigest is { Length: > 0 } && View.Draft is null ? baseDigest : View.BaseDigest, text!, cancel).ConfigureAwait(false);
            return LocalRedirect("/admin/policy");
        }

        Response.StatusCode = 400;
        Local = RuleEditor.Local(View.Text);
        return Page();
    }

    private async Task ShowAsync()
    {
        View = await drafts.LoadAsync(Me.Address, HttpContext.RequestAborted).ConfigureAwait(false);
        Local = RuleEditor.Local(View.Text);
    }
}
