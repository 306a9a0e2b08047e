using System.Globalization;
using System.Text;
using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads the text of a configuration file or of one it names; what is not UTF-8 is an error with its place.</summary>
internal static class ConfigText
{
    private static readonly UTF8Encoding s_strict = new(false, true);

    /// <summary>The text, or null with an error.</summary>
    /// <param name="most">Bytes it may have.</param>
    public static string? Read(string path, ErrorList errors, int most = YamlTree.MaxLength)
    {
        byte[] bytes;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > most)
            {
                errors.Add(new Place(1, 1), $"the file is too large ({file.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes); expected at most {most.ToString("N0", CultureInfo.InvariantCulture)}");
                return null;
            }

            // A file that is no plain one (a pipe) says 0 of its length.
            bytes = new byte[file.Length > 0 ? file.Length + 1 : YamlTree.MaxLength];
            bytes = bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add(new Place(1, 1), $"the file cannot be read: {e.Message}");
            return null;
        }

        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            errors.Add(new Place(1, 1), "the file is UTF-16; expected UTF-8");
            return null;
        }

        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            errors.Add(FirstBroken(bytes), "the file is not UTF-8 from here on (Shift_JIS or Latin-1, perhaps); save it as UTF-8");
            return null;
        }
    }

    private static Place FirstBroken(ReadOnlySpan<byte> bytes)
    {
        int line = 1, column = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
            bytes = bytes[used..];
        }

        return new(line, column);
    }
}
