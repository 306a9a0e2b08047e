using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Gateway;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>The link that creates the administrator of a console without accounts. It is gone with the first account, whoever made it.</summary>
public static class FirstRun
{
    /// <summary>The link's path, or null when there is an account already, or passwords of the console's own are not taken.</summary>
    public static async Task<string?> PathAsync(GatewayHost gateway, CancellationToken cancel)
        => await IsOpenAsync(gateway, cancel).ConfigureAwait(false) ? $"/first-run/{await TokenAsync(gateway.Store.Accounts, cancel).ConfigureAwait(false)}" : null;

    /// <summary>True when the token is the link's and the console still has no account.</summary>
    public static async Task<bool> IsRightAsync(GatewayHost gateway, string token, CancellationToken cancel)
    {
        if (!await IsOpenAsync(gateway, cancel).ConfigureAwait(false))
        {
            return false;
        }

        var right = await TokenAsync(gateway.Store.Accounts, cancel).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(right));
    }

    private static async Task<bool> IsOpenAsync(GatewayHost gateway, CancellationToken cancel)
        => gateway.Config.Config.SignIn.Local && (await gateway.Store.Accounts.AccountsAsync(cancel).ConfigureAwait(false)).Count == 0;

    private static async Task<string> TokenAsync(IAccountStore accounts, CancellationToken cancel)
    {
        var secret = await accounts.SecretAsync(IAccountStore.FirstRunSecret, cancel).ConfigureAwait(false);
        return Base64Url.EncodeToString(secret.Span);
    }
}
