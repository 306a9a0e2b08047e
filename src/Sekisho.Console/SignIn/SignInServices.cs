using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.SignIn;

/// <summary>What signing in needs.</summary>
internal static class SignInServices
{
    /// <summary>Adds it. Links stand before sessions: under a link's path the link says who somebody is.</summary>
    public static void AddSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton(new Passwords());
        services.AddSingleton<AttemptLimiter>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<BrowserSession>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<LinkReader>();
        services.AddSingleton<ICredentialCheck, LocalCheck>();
        services.AddSingleton<ICredentialCheck, LdapCheck>();
        services.AddSingleton<IVisitorSource, LinkVisitor>();
        services.AddSingleton<IVisitorSource, ProxyVisitor>();
        services.AddSingleton<IVisitorSource, SessionVisitor>();
    }
}
