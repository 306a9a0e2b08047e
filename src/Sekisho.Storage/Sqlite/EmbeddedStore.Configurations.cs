namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    public IConfigHistory Configurations => throw new NotImplementedException();
}
