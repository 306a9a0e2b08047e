namespace Sekisho.Storage.Tests;

/// <summary>A directory of its own, gone afterwards.</summary>
public sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sekisho-store-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A mapped file may still be going away; the system cleans its temporary directory.
        }
    }
}
