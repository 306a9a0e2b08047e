using System.Buffers;
using System.Text;

namespace Sekisho.Mime;

/// <summary>
/// EUC-JP with the vendors' rows: JIS X 0208 pairs are read through code page 932 (so ① and 髙 come out), 0x8E half-width katakana,
/// 0x8F JIS X 0212.
/// </summary>
internal sealed class EucJpCharset : Charset
{
    public EucJpCharset()
        : base("euc-jp")
    {
    }

    public override string Decode(ReadOnlySpan<byte> bytes, int maxChars, out bool cut)
    {
        var output = new StringBuilder(Math.Min(bytes.Length, maxChars));
        var jis = new JisDecoder(output);
        var i = 0;
        while (i < bytes.Length && output.Length < maxChars)
        {
            var plain = bytes[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (plain != 0)
            {
                var run = bytes.Slice(i, Math.Min(plain < 0 ? bytes.Length - i : plain, maxChars - output.Length));
                jis.Flush();
                jis.Ascii(run);
                i += run.Length;
                continue;
            }

            var c = bytes[i];
            if (c == 0x8E && i + 1 < bytes.Length && bytes[i + 1] is >= 0xA1 and <= 0xDF)
            {
                jis.HalfWidth(bytes[i + 1]);
                i += 2;
            }
            else if (c == 0x8F && i + 2 < bytes.Length && bytes[i + 1] >= 0xA1 && bytes[i + 2] >= 0xA1)
            {
                jis.Jis0212(bytes[i + 1] & 0x7F, bytes[i + 2] & 0x7F);
                i += 3;
            }
            else if (c is >= 0xA1 and <= 0xFE && i + 1 < bytes.Length && bytes[i + 1] is >= 0xA1 and <= 0xFE)
            {
                jis.Jis0208(c & 0x7F, bytes[i + 1] & 0x7F);
                i += 2;
            }
            else
            {
                jis.Invalid();
                i++;
            }
        }

        jis.Flush();
        cut = i < bytes.Length;
        return output.ToString();
    }
}
