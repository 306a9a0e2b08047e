using Microsoft.AspNetCore.Mvc;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>Inside domains, partners, companies, distribution lists: a small form over the same draft as the policy's.</summary>
[Needs(Right.AdministerAll)]
public sealed class DomainsModel(DraftDesk drafts) : ConsolePage
{
    private readonly List<string> _problems = [];

    /// <summary>File and draft.</summary>
    public DraftView View { get; private set; } = null!;

    /// <summary>Why nothing was changed.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What looks like a slip.</summary>
    public IReadOnlyList<string> Hints { get; private set; } = [];

    /// <summary>One a line.</summary>
    public string Domains { get; private set; } = "";

    /// <summary>A group a line.</summary>
    public string Partners { get; private set; } = "";

    /// <summary>Names = domains.</summary>
    public string Companies { get; private set; } = "";

    /// <summary>Address = posters.</summary>
    public string Lists { get; private set; } = "";

    /// <summary>Shows draft or file.</summary>
    public async Task OnGetAsync()
    {
        View = await drafts.LoadAsync(Me.Address, HttpContext.RequestAborted).ConfigureAwait(false);
        if (View.Config is { } config)
        {
            (Domains, Partners, Companies, Lists) = Texts(config);
            Hints = HintsOf(config);
        }
    }

    /// <summary>Puts what changed into the draft.</summary>
    public async Task<IActionResult> OnPostAsync(string? domains, string? partners, string? companies, string? lists)
    {
        var cancel = HttpContext.RequestAborted;
        View = await drafts.LoadAsync(Me.Address, cancel).ConfigureAwait(false);
        if (View.Config is not { } config)
        {
            return LocalRedirect("/admin/policy/text");
        }

        var before = Texts(config);
        (Domains, Partners, Companies, Lists) = (Plain(domains), Plain(partners), Plain(companies), Plain(lists));
        string? text = View.Text;
        text = text is null || Domains == before.Domains ? text : OrganisationEditor.Domains(text, Lines(Domains));
        text = text is null || Partners == before.Partners ? text : OrganisationEditor.Partners(text, [.. Lines(Partners).Select(Commas)]);
        text = text is null || Companies == before.Companies ? text : Pairs(Companies) is { } pairs ? OrganisationEditor.Companies(text, [.. pairs.Select(p => ((IReadOnlyList<string>)p.Left.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Commas(p.Right)))]) : text;
        text = text is null || Lists == before.Lists ? text : Pairs(Lists) is { } posters ? OrganisationEditor.Lists(text, [.. posters.Select(p => (p.Left, Commas(p.Right)))]) : text;
        if (text is null)
        {
            _problems.Add(Tongue["The text is written in a way that this form cannot change; change it in the text view.", "テキストの書き方の都合で、この画面からは変更できません。「テキスト」から変更してください。"]);
        }

        if (_problems.Count == 0)
        {
            _problems.AddRange(drafts.Check(text!).Take(5).Select(e => e.Message));
        }

        if (_problems.Count > 0)
        {
            Response.StatusCode = 400;
            return Page();
        }

        await drafts.SaveAsync(Me.Address, View.BaseDigest, text!, cancel).ConfigureAwait(false);
        return LocalRedirect("/admin/domains");
    }

    private static (string Domains, string Partners, string Companies, string Lists) Texts(SekishoConfig config) => (
        string.Join('\n', config.Domains),
        string.Join('\n', config.Partners.Select(p => string.Join(", ", p))),
        string.Join('\n', config.Policy.Settings.Companies.Select(c => $"{string.Join("; ", c.Names)} = {string.Join(", ", c.Domains)}")),
        string.Join('\n', config.Policy.Settings.Lists.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key} = {string.Join(", ", l.Value)}")));

    private List<string> HintsOf(SekishoConfig config)
    {
        var hints = new List<string>();
        var all = config.Domains.Concat(config.Partners.SelectMany(p => p)).Concat(config.Policy.Settings.Companies.SelectMany(c => c.Domains)).Distinct(StringComparer.OrdinalIgnoreCase).Take(5000).ToList();
        foreach (var domain in config.Domains.Where(d => !d.StartsWith("*.", StringComparison.Ordinal)).Take(200))
        {
            if (OrganisationEditor.Resembles(domain, all.Where(a => !a.StartsWith("*.", StringComparison.Ordinal))) is { } other)
            {
                hints.Add(Tongue[$"{domain} looks much like {other}. Is one of them a slip? Mail to an inside domain is hardly checked.", $"{domain} は {other} とよく似ています。打ち間違いではありませんか？自組織のドメイン宛てのメールはほとんど検査されません。"]);
            }
        }

        if (config.Domains.Count == 0)
        {
            hints.Add(Tongue["No domain is set: whatever domain a sender uses counts as inside.", "ドメインが設定されていません。送信者のドメインがそのまま自組織とみなされます。"]);
        }

        return hints;
    }

    private static string Plain(string? text) => string.Join('\n', Lines(text ?? ""));

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static IReadOnlyList<string> Commas(string line) => line.Split([',', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private List<(string Left, string Right)>? Pairs(string text)
    {
        var pairs = new List<(string, string)>();
        foreach (var line in Lines(text))
        {
            var at = line.LastIndexOf('=');
            if (at <= 0)
            {
                _problems.Add(Tongue[$"“{Shown.Text(line, 60)}” has no “=”.", $"「{Shown.Text(line, 60)}」に「=」がありません。"]);
                return null;
            }

            pairs.Add((line[..at].Trim(), line[(at + 1)..].Trim()));
        }

        return pairs;
    }
}
