using System.Text;

namespace Sekisho.Mime;

/// <summary>UTF-7 (RFC 2152), for old mail. The platform no longer reads it; here it only ever becomes text to inspect.</summary>
internal sealed class Utf7Charset : Charset
{
    public Utf7Charset()
        : base("utf-7")
    {
    }

    public override bool IsStateless => false;

    public override string Decode(ReadOnlySpan<byte> bytes, int maxChars, out bool cut)
    {
        var output = new StringBuilder(Math.Min(bytes.Length, maxChars));
        var i = 0;
        while (i < bytes.Length && output.Length < maxChars)
        {
            var c = bytes[i++];
            if (c != '+')
            {
                output.Append(c < 0x80 ? (char)c : '\uFFFD');
                continue;
            }

            if (i < bytes.Length && bytes[i] == '-')
            {
                output.Append('+');
                i++;
                continue;
            }

            uint bits = 0;
            var count = 0;
            int value;
            while (i < bytes.Length && (value = Base64Stream.Value(bytes[i])) >= 0)
            {
                bits = (bits << 6) | (uint)value;
                count += 6;
                if (count >= 16)
                {
                    count -= 16;
                    output.Append((char)(bits >> count));
                    bits &= (1u << count) - 1;
                }

                i++;
            }

            if (i < bytes.Length && bytes[i] == '-')
            {
                i++;
            }
        }

        cut = i < bytes.Length;
        return output.ToString();
    }
}
