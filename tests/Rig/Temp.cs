namespace Sekisho.Rig;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class Temp : IDisposable
{
    /// <summary>Makes the folder; readable for the unprivileged users that some peers run as.</summary>
    public Temp(string name = "t")
    {
        Path = Directory.CreateTempSubdirectory($"sekisho-{name}-").FullName;
        File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A peer on its way out may still write; ./test removes the rest.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
