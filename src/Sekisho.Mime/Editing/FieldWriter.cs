namespace Sekisho.Mime;

/// <summary>Writes a field, folded before blanks so that no line passes 78 octets where that can be helped (RFC 5322 section 2.1.1).</summary>
internal static class FieldWriter
{
    private const int Width = 78;

    public static byte[] Write(string name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> lineBreak)
    {
        Check(name, value);
        value = value.Trim(" \t"u8);
        var output = new List<byte>(name.Length + value.Length + 8 + (value.Length / 32));
        foreach (var c in name)
        {
            output.Add((byte)c);
        }

        output.Add((byte)':');
        if (value.Length > 0)
        {
            output.Add((byte)' ');
        }

        // A piece is a run of blanks with the word behind it. Breaking before its blanks keeps them as the fold, so unfolding gives the value back.
        var column = output.Count;
        var at = 0;
        while (at < value.Length)
        {
            var blanks = value[at..].IndexOfAnyExcept(" \t"u8);
            var word = value[(at + blanks)..].IndexOfAny(" \t"u8);
            var length = word < 0 ? value.Length - at : blanks + word;
            if (at > 0 && column + length > Width)
            {
                output.AddRange(lineBreak);
                column = 0;
            }

            output.AddRange(value.Slice(at, length));
            column += length;
            at += length;
        }

        output.AddRange(lineBreak);
        return [.. output];
    }

    private static void Check(string name, ReadOnlySpan<byte> value)
    {
        if (name.Length == 0)
        {
            throw new ArgumentException("A field needs a name.", nameof(name));
        }

        foreach (var c in name)
        {
            if (c is <= ' ' or > '~' or ':')
            {
                throw new ArgumentException("A field name holds printable ASCII without colon only.", nameof(name));
            }
        }

        if (value.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) >= 0)
        {
            throw new ArgumentException("A field's value must not hold CR, LF or NUL.", nameof(value));
        }
    }
}
