using System.Text;

namespace Sekisho.Mime;

/// <summary>Turns JIS code points into text, pairs gathered and handed to code page 932 in stretches.</summary>
internal ref struct JisDecoder(StringBuilder output)
{
    private static readonly Encoding Cp932 = Get(932);
    private static readonly Encoding Cp20932 = Get(20932);
    private static readonly Encoding Gb = Get(936);
    private static readonly Encoding Ks = Get(949);

    private readonly StringBuilder _output = output;
    private Gathered _gathered;
    private int _count;

    public readonly void Ascii(ReadOnlySpan<byte> run)
    {
        const int Chunk = 256;
        Span<char> chars = stackalloc char[Chunk];
        while (run.Length > 0)
        {
            var part = run.Length > Chunk ? run[..Chunk] : run;
            Encoding.Latin1.GetChars(part, chars);
            _output.Append(chars[..part.Length]);
            run = run[part.Length..];
        }
    }

    public void Jis0208(int row, int cell)
    {
        // JIS rows 0x21..0x7E onto Shift_JIS lead bytes, two rows each.
        var lead = ((row - 0x21) >> 1) + 0x81;
        if (lead > 0x9F)
        {
            lead += 0x40;
        }

        var trail = (row & 1) != 0 ? cell + 0x1F + (cell >= 0x60 ? 1 : 0) : cell + 0x7E;
        Gather((byte)lead, (byte)trail);
    }

    public void HalfWidth(int kana)
    {
        Flush();
        _output.Append((char)(0xFF61 + kana - 0xA1));
    }

    public void Jis0212(int row, int cell) => Pair(Cp20932, row | 0x80, cell);

    public void Gb2312(int row, int cell) => Pair(Gb, row | 0x80, cell | 0x80);

    public void Ksc5601(int row, int cell) => Pair(Ks, row | 0x80, cell | 0x80);

    public void Char(char c)
    {
        Flush();
        _output.Append(c);
    }

    public void Invalid() => Char('\uFFFD');

    public void Flush()
    {
        if (_count > 0)
        {
            Span<char> chars = stackalloc char[Gathered.Size * 2];
            var length = Cp932.GetChars(((ReadOnlySpan<byte>)_gathered)[.._count], chars);
            _output.Append(chars[..length]);
            _count = 0;
        }
    }

    private void Gather(byte lead, byte trail)
    {
        if (_count + 2 > Gathered.Size)
        {
            Flush();
        }

        _gathered[_count++] = lead;
        _gathered[_count++] = trail;
    }

    private void Pair(Encoding encoding, int first, int second)
    {
        Flush();
        Span<char> chars = stackalloc char[4];
        var length = encoding.GetChars([(byte)first, (byte)second], chars);
        _output.Append(chars[..length]);
    }

    private static Encoding Get(int page)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(page);
    }

    [System.Runtime.CompilerServices.InlineArray(Size)]
    private struct Gathered
    {
        public const int Size = 128;
        private byte _first;
    }
}
