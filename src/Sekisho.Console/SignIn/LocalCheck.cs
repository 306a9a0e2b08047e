using Sekisho.Gateway;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>The passwords of the console's own accounts. An account that has one is asked for here alone: a directory cannot speak for it.</summary>
internal sealed class LocalCheck(IAccountStore accounts, GatewayHost gateway, Passwords passwords) : ICredentialCheck
{
    public async ValueTask<CredentialAnswer> CheckAsync(string address, string password, CancellationToken cancel)
    {
        var account = await accounts.FindAsync(address, cancel).ConfigureAwait(false);
        var (right, renewed) = await passwords.VerifyAsync(account, password, cancel).ConfigureAwait(false);
        if (account?.PasswordHash is null || !gateway.Config.Config.SignIn.Local)
        {
            return CredentialAnswer.NotMine;
        }

        return right ? new(CredentialOutcome.Right) { RenewedHash = renewed } : CredentialAnswer.Wrong;
    }
}
