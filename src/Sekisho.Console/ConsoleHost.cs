using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages;

/// <summary>The console in a web application: services, middleware in their order, pages and routes. The composition root and the tests use the same two calls.</summary>
public static class ConsoleHost
{
    /// <summary>Bytes of a request's body, where a page or route sets no other bound: two lists of 50,000 recipients fit.</summary>
    private const long LargestForm = 4 * 1024 * 1024;

    /// <summary>Adds what the pages need.</summary>
    /// <param name="gateway">The running gateway.</param>
    /// <param name="index">Lists and searches.</param>
    /// <param name="dataDirectory">Where keys that protect cookies and forms are kept (<c>keys/</c>).</param>
    /// <param name="time">The clock.</param>
    public static void AddConsole(this IServiceCollection services, GatewayHost gateway, IMailIndex index, string dataDirectory, TimeProvider time)
    {
        // Forms are read into memory: 25 MB each, as the server would allow, let a crowd of strangers take what the mail needs. What may be larger says so itself.
        services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = LargestForm);
        services.AddSingleton(gateway);
        services.AddSingleton(gateway.Store);
        services.AddSingleton(_ => gateway.Store.Accounts);
        services.AddSingleton(index);
        services.AddSingleton(time);
        // Keys stand first: behind a proxy every request carries somebody's name, a program's key says more.
        Api.ApiRoutes.Add(services);
        services.AddSignIn();
        Metrics.MetricsServices.Add(services);
        services.AddSingleton<Rehearse.RehearsalRoom>();
        services.AddSingleton<MailDoor>();
        services.AddDataProtection().SetApplicationName("sekisho").PersistKeysToFileSystem(KeyDirectory(dataDirectory));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "sekisho-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.HttpOnly = true;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<Administration.DraftDesk>();
        services.AddSingleton<Administration.WhatIfRunner>();
        services.AddSingleton<Administration.ChainCheck>();
        services.AddSingleton(_ => new Administration.MachineState(gateway, dataDirectory, time));
        // Japanese as it is, not as numbers; what is dangerous in HTML is escaped all the same.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages(MailRoutes.Add).AddApplicationPart(typeof(ConsoleHost).Assembly);
        services.AddRouting(o => o.LowercaseUrls = true);
    }

    /// <summary>Adds middleware, pages and routes.</summary>
    public static void MapConsole(this WebApplication app)
    {
        // First of all: what it shows then goes through the safe headers like any other page.
        app.UseExceptionHandler("/error/500");
        app.UseMiddleware<SecurityHeaders>();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseRouting();
        app.UseMiddleware<LinkDoor>();
        app.UseMiddleware<Gatekeeper>();
        app.UseRateLimiter();
        Assets.Map(app);
        Health.Map(app);
        Api.ApiRoutes.Map(app);
        MailRoutes.Map(app);
        Metrics.MetricsServices.Map(app);
        app.MapRazorPages();
    }

    private static DirectoryInfo KeyDirectory(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
