using Microsoft.AspNetCore.Http;
using Sekisho.Inspection;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Shell;

/// <summary>The two languages of the pages. Every text stands in both beside each other where it is used, so none can be missing or left as a key.</summary>
public sealed record Tongue(bool Japanese)
{
    /// <summary>The cookie in which a visitor's choice is kept.</summary>
    public const string Cookie = "sekisho-language";

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public string Code => Japanese ? "ja" : "en";

    /// <summary>The one of the two that is wanted.</summary>
    public string this[string english, string japanese] => Japanese ? japanese : english;

    /// <summary>The one of the two that is wanted.</summary>
    public string Of(Summary summary) => Shown.Plain(Japanese ? summary.Ja : summary.En);

    /// <summary>Chosen on the page, or kept with the account, or the browser's first.</summary>
    public static Tongue Of(HttpContext context)
    {
        var chosen = context.Request.Cookies[Cookie] ?? context.Visitor()?.Language;
        return chosen switch
        {
            "ja" => new(Japanese: true),
            "en" => new(Japanese: false),
            _ => new(context.Request.Headers.AcceptLanguage.ToString().StartsWith("ja", StringComparison.OrdinalIgnoreCase)),
        };
    }
}
