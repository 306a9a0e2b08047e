using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Files that a configuration names, relative to the configuration's own directory.</summary>
internal static class ConfigFile
{
    /// <summary>The full path of a file that is there, or null (with an error when the key is there and the file is not).</summary>
    public static string? Existing(MapReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
        {
            return null;
        }

        string path;
        try
        {
            path = Path.GetFullPath(text, Path.GetDirectoryName(Path.GetFullPath(reader.Errors.File)) ?? "/");
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            reader.Errors.Add(reader.Get(key)!, $"{reader.Name(key)} is '{ScalarNode.Shorten(text)}'; expected a file name");
            return null;
        }

        if (File.Exists(path))
        {
            return path;
        }

        reader.Errors.Add(reader.Get(key)!, $"{reader.Name(key)}: there is no file '{path}'");
        return null;
    }

    /// <summary>The password in the first line of the file a key names, without blanks around it; null with an error when it cannot be read or is empty.</summary>
    public static string? Secret(MapReader reader, string key)
    {
        if (Existing(reader, key) is not { } path)
        {
            return null;
        }

        try
        {
            if (File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } secret)
            {
                return secret;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Errors.Add(reader.Get(key)!, $"{reader.Name(key)} cannot be read: {e.Message}");
            return null;
        }

        reader.Errors.Add(reader.Get(key)!, $"{reader.Name(key)} is empty; expected the password in its first line");
        return null;
    }
}
