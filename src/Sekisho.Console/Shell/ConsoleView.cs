using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Shell;

/// <summary>What every page can say and show: both languages, times, numbers, who looks.</summary>
public abstract class ConsoleRazor : Page
{
    private Tongue? _tongue;

    /// <summary>The visitor's language.</summary>
    public Tongue Tongue => _tongue ??= Tongue.Of(HttpContext);

    /// <summary>Who looks, or null.</summary>
    public Visitor? Visitor => HttpContext.Visitor();

    /// <summary>A text in both languages; the wanted one is shown, encoded.</summary>
    public string Say(string english, string japanese) => Tongue[english, japanese];

    /// <summary>A moment in the gateway's time zone, to the minute, as a <c>time</c> element with the exact one in it.</summary>
    public IHtmlContent When(DateTimeOffset moment) => Times.Element(moment);

    /// <summary>1,234.</summary>
    public string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>True when the visitor may open what asks for this: menus show nothing that would be refused.</summary>
    public bool May(Right right) => Rights.Has(Visitor, right);
}

/// <summary>The same for the layout and for partial views, which Razor derives from another base.</summary>
public abstract class ConsoleView<TModel> : RazorPage<TModel>
{
    private Tongue? _tongue;

    /// <summary>The visitor's language.</summary>
    public Tongue Tongue => _tongue ??= Tongue.Of(Context);

    /// <summary>Who looks, or null.</summary>
    public Visitor? Visitor => Context.Visitor();

    /// <summary>A text in both languages; the wanted one is shown, encoded.</summary>
    public string Say(string english, string japanese) => Tongue[english, japanese];

    /// <summary>A moment, as on pages.</summary>
    public IHtmlContent When(DateTimeOffset moment) => Times.Element(moment);

    /// <summary>1,234.</summary>
    public string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>True when the visitor may open what asks for this.</summary>
    public bool May(Right right) => Rights.Has(Visitor, right);
}
