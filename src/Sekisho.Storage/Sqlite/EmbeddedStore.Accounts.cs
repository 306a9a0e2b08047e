namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    public IAccountStore Accounts => throw new NotImplementedException();
}
