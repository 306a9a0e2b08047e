namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    public IDeputyStore Deputies => throw new NotImplementedException();
}
