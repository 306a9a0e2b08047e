using Microsoft.AspNetCore.Mvc;
using Sekisho.Incidents;
using Sekisho.Pages.Access;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Pages.Cases;

/// <summary>The catalogue of real leaks: to browse, search, sort and chart.</summary>
[Needs(Right.SignedIn)]
public sealed class IndexModel : ConsolePage
{
    /// <summary>Cases on one page.</summary>
    public const int PageSize = 36;

    private const int MaxQuery = 200;

    /// <summary>Words, all of which must occur.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    /// <summary>A year.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    /// <summary>A sector.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sector { get; set; }

    /// <summary>How it leaked.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Mechanism { get; set; }

    /// <summary>A size class.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Size { get; set; }

    /// <summary>A rule that stops it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Rule { get; set; }

    /// <summary><c>oldest</c>, <c>newest</c>, <c>largest</c> or <c>sector</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "page-number")]
    public string? PageNumber { get; set; }

    /// <summary>All that fit.</summary>
    public IReadOnlyList<Incident> Found { get; private set; } = [];

    /// <summary>Those of this page.</summary>
    public IReadOnlyList<Incident> Rows { get; private set; } = [];

    /// <summary>From 1.</summary>
    public int Current { get; private set; } = 1;

    /// <summary>Pages there are.</summary>
    public int Pages { get; private set; } = 1;

    /// <summary>True when something is looked for.</summary>
    public bool Filtered => Found.Count < Catalogue.Embedded.Incidents.Count;

    /// <summary>True when one of the narrower fields is used: they are shown then.</summary>
    public bool Narrowed => new[] { Year, Sector, Mechanism, Size, Rule }.Any(v => !string.IsNullOrEmpty(v));

    /// <summary>Years there are.</summary>
    public static IReadOnlyList<string> Years { get; } = [.. Catalogue.Embedded.Statistics.ByYear.Select(g => g.Name)];

    /// <summary>Sectors there are.</summary>
    public static IReadOnlyList<string> AllSectors { get; } = [.. Catalogue.Embedded.Statistics.BySector.Select(g => g.Name)];

    /// <summary>Mechanisms there are.</summary>
    public static IReadOnlyList<string> AllMechanisms { get; } = [.. Catalogue.Embedded.Statistics.ByFamily.Select(g => g.Name)];

    /// <summary>Rules that stop one.</summary>
    public static IReadOnlyList<string> AllRules { get; } = [.. Catalogue.Embedded.Incidents.SelectMany(i => StoppingRules.RuleThatStops(i).Rules).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Shows it.</summary>
    public void OnGet()
    {
        Words = Words is { Length: > MaxQuery } ? Words[..MaxQuery] : Words;
        var query = new CatalogueQuery
        {
            Text = Words,
            Year = int.TryParse(Year, out var year) ? year : null,
            Sector = Empty(Sector),
            Mechanism = Empty(Mechanism),
        };
        var size = int.TryParse(Size, out var n) ? n : (int?)null;
        var found = Catalogue.Embedded.Search(query)
            .Where(i => size is null || CaseWords.SizeClass(i) == size)
            .Where(i => Empty(Rule) is null || StoppingRules.RuleThatStops(i).Rules.Contains(Rule!, StringComparer.Ordinal));
        Found = [.. Sort switch
        {
            "oldest" => found,
            "largest" => found.OrderByDescending(i => i.Exposed ?? -1),
            "sector" => found.OrderBy(i => CaseWords.Sector(i.Sector, Tongue), StringComparer.Ordinal).ThenBy(i => i.Date),
            _ => found.Reverse(),
        }];
        Pages = Math.Max(1, (Found.Count + PageSize - 1) / PageSize);
        Current = int.TryParse(PageNumber, out var page) ? Math.Clamp(page, 1, Pages) : 1;
        Rows = [.. Found.Skip((Current - 1) * PageSize).Take(PageSize)];
    }

    /// <summary>The address of another page of the same search.</summary>
    public string At(int page) => "/catalogue?" + string.Join('&', new (string Name, string? Value)[]
        {
            ("q", Words), ("year", Year), ("sector", Sector), ("mechanism", Mechanism), ("size", Size), ("rule", Rule), ("sort", Sort), ("page-number", page.ToString("D", null)),
        }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));

    private static string? Empty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
