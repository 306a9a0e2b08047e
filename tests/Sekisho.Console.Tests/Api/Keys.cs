using System.Net.Http.Headers;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Api;

/// <summary>Accounts and keys of a gateway under test.</summary>
internal sealed class Keys(ConsoleRig rig)
{
    /// <summary>Adds or replaces an account.</summary>
    public async Task AccountAsync(string address, string role, bool disabled = false, params string[] reach)
    {
        await rig.Store.Accounts.SaveAsync(new Account { Address = address, Roles = [role], Scopes = reach, CreatedAt = TimeProvider.System.GetUtcNow(), Disabled = disabled }, "test", CancellationToken.None);
        await rig.Gateway.RefreshAccountsAsync(CancellationToken.None);
    }

    /// <summary>A new key of somebody, who is made a sender where there is nobody yet; its secret.</summary>
    public async Task<string> KeyAsync(string owner, params string[] scopes)
    {
        if (await rig.Store.Accounts.FindAsync(owner, CancellationToken.None) is null)
        {
            await AccountAsync(owner, "sender");
        }

        var secret = Secrets.NewKey();
        await rig.Store.Accounts.AddTokenAsync(new ApiToken(0, Secrets.Digest(secret), "test", owner, scopes, TimeProvider.System.GetUtcNow(), null, null), owner, CancellationToken.None);
        return secret;
    }

    /// <summary>A client that asks with a new key.</summary>
    public async Task<HttpClient> ClientAsync(string owner, params string[] scopes)
    {
        var client = rig.Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync(owner, scopes));
        return client;
    }
}
