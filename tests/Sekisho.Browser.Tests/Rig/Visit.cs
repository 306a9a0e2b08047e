using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>How wide the window is.</summary>
internal enum Width
{
    /// <summary>1280 × 900.</summary>
    Desk,

    /// <summary>390 × 844.</summary>
    Phone,
}

/// <summary>How somebody looks at the console.</summary>
/// <param name="Language"><c>ja</c> or <c>en</c>, as his browser asks for it.</param>
internal sealed record Look(string Language)
{
    public Width Width { get; init; } = Width.Desk;

    public bool Dark { get; init; }

    /// <summary>False: scripts are switched off.</summary>
    public bool Script { get; init; } = true;

    public bool Japanese => Language == "ja";

    public override string ToString() => $"{Language} {(Width == Width.Phone ? "phone" : "desk")}{(Dark ? " dark" : "")}{(Script ? "" : " without script")}";
}

/// <summary>
/// One person's browser window, watched: what the browser complains of (script errors, console errors, violations of the content security policy) and every request to somewhere else is kept, and
/// fails the test when the visit ends (<see cref="RunAsync"/>).
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly string _origin;

    private Visit(Look look, IBrowserContext context, string origin) => (Look, Context, _origin) = (look, context, origin);

    public Look Look { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; } = null!;

    /// <summary>The page's address behind the origin.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    /// <summary>What the browser complained of so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>Opens a window on nothing, does something in it, and closes it; the browser must have had nothing to complain of. A failure says where it was and what the page showed.</summary>
    /// <param name="origin">The console's address without a slash at its end.</param>
    /// <param name="cookies">Of somebody who is signed in already.</param>
    public static async Task RunAsync(string origin, Look look, IEnumerable<Cookie>? cookies, Func<Visit, Task> what)
    {
        await using var visit = await OpenAsync(origin, look);
        if (cookies is not null)
        {
            await visit.Context.AddCookiesAsync(cookies);
        }

        try
        {
            await what(visit);
        }
        catch (Exception e)
        {
            throw new VisitFailedException($"[{look}] on {visit.Page.Url}\n{string.Join('\n', visit.Complaints)}\nThe page showed:\n{await visit.ShownAsync()}", e);
        }

        Assert.True(visit.Complaints.Count == 0, "The browser complained: " + string.Join('\n', visit.Complaints));
    }

    private static async Task<Visit> OpenAsync(string origin, Look look)
    {
        var browser = await Chromium.OpenAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = origin,
            Locale = look.Japanese ? "ja-JP" : "en-GB",
            ViewportSize = look.Width == Width.Phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            IsMobile = look.Width == Width.Phone,
            HasTouch = look.Width == Width.Phone,
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.Script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        var visit = new Visit(look, context, origin);
        // Both of pages and of the frames in them.
        await context.ExposeFunctionAsync("sekishoViolation", (string what) => visit.Complain(what));
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => window.sekishoViolation(`content security policy: ${e.violatedDirective} blocked ${e.blockedURI} (${e.sourceFile ?? ''}:${e.lineNumber})`));");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("about:", StringComparison.Ordinal))
            {
                visit.Complain($"request to elsewhere: {request.Url}");
            }
        };
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                visit.Complain($"console {message.Type}: {message.Text}");
            }
        };
        context.WebError += (_, error) => visit.Complain($"script error: {error.Error}");
        context.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                visit.Complain($"{response.Status} {response.Request.Method} {response.Url}");
            }
        };
        visit.Page = await context.NewPageAsync();
        return visit;
    }

    /// <summary>The one of the two texts that this visitor should see.</summary>
    public string Say(string english, string japanese) => Look.Japanese ? japanese : english;

    /// <summary>Opens an address; it must answer with this status.</summary>
    public async Task GoAsync(string path, int status = 200)
    {
        var response = await Page.GotoAsync(path);
        if (response?.Status != status)
        {
            Assert.Fail($"{path} answered {response?.Status} instead of {status}; it shows: {await Page.InnerTextAsync("body")}");
        }
    }

    /// <summary>The text of the page's main part.</summary>
    public Task<string> TextAsync() => Page.InnerTextAsync("main");

    /// <summary>The page says this in the visitor's language.</summary>
    public async Task SeesAsync(string english, string japanese)
    {
        var text = await TextAsync();
        Assert.Contains(Say(english, japanese), text, StringComparison.Ordinal);
    }

    /// <summary>The page shows this.</summary>
    public Task SeesAsync(string text) => SeesAsync(text, text);

    /// <summary>Clicks what leads to another page and waits for it.</summary>
    public Task ClickAsync(ILocator what) => ToNextPageAsync(() => what.ClickAsync());

    /// <summary>Says yes to whatever the page asks from now on.</summary>
    public void SayYes() => Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();

    /// <summary>Does what leads to another page and waits for it: without waiting, the next look would still see the old one.</summary>
    public async Task ToNextPageAsync(Func<Task> act)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += OnLoad;
        try
        {
            await act();
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            Page.Load -= OnLoad;
        }
    }

    /// <summary>Signs in on the sign-in page with address and password.</summary>
    public async Task SignInAsync(string address, string password)
    {
        await GoAsync("/sign-in");
        await Field("Mail address", "メールアドレス").FillAsync(address);
        await Field("Password", "パスワード").FillAsync(password);
        await ClickAsync(Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = Say("Sign in", "サインイン"), Exact = true }));
    }

    /// <summary>The button of that name, in the visitor's language.</summary>
    public ILocator Button(string english, string japanese) => Page.GetByRole(AriaRole.Button, new() { Name = Say(english, japanese), Exact = true });

    /// <summary>The link of that name, in the visitor's language.</summary>
    public ILocator Link(string english, string japanese) => Page.GetByRole(AriaRole.Link, new() { Name = Say(english, japanese), Exact = true });

    /// <summary>The field with that label, in the visitor's language.</summary>
    public ILocator Field(string english, string japanese) => Page.GetByLabel(Say(english, japanese), new() { Exact = true });

    /// <summary>Accessibility findings of axe-core, serious ones and critical ones, each as one line.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync(bool onlyColours = false)
    {
        // Only what is wrong is told: the list of all that is right takes longer to hand over than to find.
        var options = new AxeRunOptions { ResultTypes = [ResultType.Violations] };
        if (onlyColours)
        {
            options.RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] };
        }

        var result = await Page.RunAxe(options);
        return [.. result.Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{v.Id} ({v.Impact}): {v.Help}: {n.Html}"))];
    }

    /// <summary>By how many pixels the page is wider than the window, and what sticks out.</summary>
    public async Task<(int Pixels, string What)> OverhangAsync()
    {
        var answer = await Page.EvaluateAsync<JsonElement>("""
            () => {
              const root = document.documentElement, over = root.scrollWidth - root.clientWidth;
              const what = over > 0 ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 4).map(e => e.outerHTML.slice(0, 160)) : [];
              return { over, what: what.join('\n') };
            }
            """);
        return (answer.GetProperty("over").GetInt32(), answer.GetProperty("what").GetString() ?? "");
    }

    /// <summary>Forgets complaints about what the test did on purpose.</summary>
    public void Forgive(Func<string, bool> which)
    {
        lock (_complaints)
        {
            _complaints.RemoveAll(c => which(c));
        }
    }

    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    private async Task<string> ShownAsync()
    {
        try
        {
            return await Page.InnerTextAsync("body", new() { Timeout = 2000 });
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return e.Message;
        }
    }

    private void Complain(string what)
    {
        lock (_complaints)
        {
            _complaints.Add($"{what} [{Look}{(Page is null ? "" : " on " + Page.Url.Replace(_origin, "", StringComparison.Ordinal))}]");
        }
    }
}

/// <summary>A visit did not go as it should.</summary>
internal sealed class VisitFailedException(string message, Exception inner) : Exception(message, inner);
