namespace Sekisho.Smtp.Tests;

/// <summary>A message in memory, handed out in pieces.</summary>
internal sealed class Content(byte[] bytes, int piece = int.MaxValue) : ISmtpContent
{
    public Content(string text, int piece = int.MaxValue) : this(System.Text.Encoding.Latin1.GetBytes(text), piece) { }

    public long Length { get; init; } = bytes.Length;

    public bool HasEightBit => bytes.Any(b => b > 127);

    public IEnumerable<ReadOnlyMemory<byte>> Segments()
    {
        for (var at = 0; at < bytes.Length; at += Math.Min(piece, bytes.Length - at))
        {
            yield return bytes.AsMemory(at, Math.Min(piece, bytes.Length - at));
        }
    }
}
