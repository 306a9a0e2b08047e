using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sekisho.Smtp.Tests.Data;

public sealed class DecoderTests
{
    [Fact]
    public void Any_message_comes_back_as_it_went_in()
    {
        var token = Gen.Elements(".", "..", "\r\n", "\r\n.", "\r\n.\r\n", "\r\n..\r\n", "x", "\0", "long line of text ", "\u00ff", "\r\n\r\n");
        var message = Gen.ArrayOf(token).Select(string.Concat);
        var cuts = Gen.ArrayOf(Gen.Choose(1, 9)).Select(sizes => sizes.Length == 0 ? [1] : sizes);
        Prop.ForAll(message.ToArbitrary(), cuts.ToArbitrary(), (text, sizes) =>
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            var wire = Encode(bytes, sizes);
            var (decoded, ended, rest) = Decode(wire, sizes, normalize: false);
            var expected = text.EndsWith("\r\n", StringComparison.Ordinal) || text.Length == 0 ? text : text + "\r\n";
            return ended && rest == 0 && Encoding.Latin1.GetString(decoded) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(2_000, 1_000_000)).WithReplay(20_260_401, 11));
    }

    [Fact]
    public void Normalising_finds_the_same_end_as_refusing()
    {
        // Whatever is done about broken lines, where the message ends must not depend on it.
        var random = new Random(7);
        for (var i = 0; i < LongRun.Cases(5_000, 1_000_000); i++)
        {
            var wire = new byte[random.Next(1, 40)];
            for (var at = 0; at < wire.Length; at++)
            {
                wire[at] = ".\r\nx\r\n"u8[random.Next(6)];
            }

            byte[] ended = [.. wire, .. "\r\n.\r\nREST"u8];
            int[] sizes = [random.Next(1, 9), random.Next(1, 9)];
            var strict = Decode(ended, sizes, normalize: false);
            var loose = Decode(ended, sizes, normalize: true);
            Assert.True(strict.Ended && loose.Ended);
            Assert.Equal(strict.Left, loose.Left);
            Assert.Equal(loose.Bytes, Decode(ended, [1], normalize: true).Bytes);
            Assert.Equal(loose.Bytes, Decode(ended, [1000], normalize: true).Bytes);
            var check = default(LineBreakCheck);
            check.Add(loose.Bytes);
            check.End();
            Assert.False(check.Broken);
        }
    }

    [Fact]
    public void Block_without_leading_dots_is_passed_on_uncopied()
    {
        var decoder = new DataDecoder(normalize: false, maxTextLine: 1000);
        decoder.Reset(dots: true);
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a line of text\r\n", 1000)));
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.False(decoder.Decode(input, out var consumed, out var output));
        Assert.True(output.FirstSpan == bytes);
        Assert.Equal(0, input.Slice(consumed).Length);
    }

    [Fact]
    public void Message_of_dots_only_is_not_quadratic()
    {
        var decoder = new DataDecoder(normalize: false, maxTextLine: 1000);
        decoder.Reset(dots: true);
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("..\r\n", 250_000)) + ".\r\n");
        var input = new ReadOnlySequence<byte>(bytes);
        var steps = 0;
        long length = 0;
        while (true)
        {
            steps++;
            var ended = decoder.Decode(input, out var consumed, out var output);
            length += output.Length;
            input = input.Slice(consumed);
            if (ended)
            {
                break;
            }
        }

        Assert.Equal(750_000, length);
        Assert.InRange(steps, 1, 200);
        decoder.Release();
    }

    [Fact]
    public void Stuffer_never_ends_a_broken_message()
    {
        foreach (var text in new[] { "a\nb", "a\rb", "a\r", "\n", "\r\r\n" })
        {
            var stuffer = new DotStuffer();
            stuffer.Write(Encoding.ASCII.GetBytes(text), new ArrayBufferWriter<byte>());
            Assert.False(stuffer.CanEnd);
            Assert.Throws<InvalidOperationException>(() => stuffer.End(new ArrayBufferWriter<byte>()));
        }
    }

    private static byte[] Encode(byte[] message, int[] sizes)
    {
        var output = new ArrayBufferWriter<byte>();
        var stuffer = new DotStuffer();
        foreach (var piece in Cut(message, sizes))
        {
            stuffer.Write(piece.Span, output);
        }

        stuffer.End(output);
        Assert.Equal(output.WrittenCount, stuffer.Written);
        return output.WrittenSpan.ToArray();
    }

    private static (byte[] Bytes, bool Ended, long Left) Decode(byte[] wire, int[] sizes, bool normalize)
    {
        var decoder = new DataDecoder(normalize, maxTextLine: 1000);
        decoder.Reset(dots: true);
        var output = new ArrayBufferWriter<byte>();
        long used = 0;
        foreach (var piece in Cut(wire, sizes))
        {
            var rest = new ReadOnlySequence<byte>(piece);
            while (!rest.IsEmpty)
            {
                var ended = decoder.Decode(rest, out var consumed, out var bytes);
                foreach (var memory in bytes)
                {
                    output.Write(memory.Span);
                }

                used += rest.Slice(0, consumed).Length;
                rest = rest.Slice(consumed);
                if (ended)
                {
                    decoder.Release();
                    return (output.WrittenSpan.ToArray(), true, wire.Length - used);
                }
            }
        }

        decoder.Release();
        return (output.WrittenSpan.ToArray(), false, 0);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] bytes, int[] sizes)
    {
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            yield return bytes.AsMemory(at, size);
            at += size;
        }
    }
}
