namespace Sekisho.Inspection;

/// <summary>The bytes of one unpacked file, never more than allowed whatever its container promises, and counted as held until released.</summary>
internal sealed class ExpandedBytes(FileBudget budget, long most)
{
    private const int Step = 64 * 1024;

    private byte[] _buffer = [];
    private long _held;

    public int Length { get; private set; }

    /// <summary>True when there was more than allowed.</summary>
    public bool Cut { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    public void Fill(Stream content, long expected, CancellationToken cancel)
    {
        // A promise is believed up to a MiB; what is larger proves itself by doubling.
        Grow((int)Math.Clamp(expected, Math.Min(most, 4096), Math.Min(most, 1024 * 1024)));
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (Length == _buffer.Length)
            {
                if (Length >= most)
                {
                    Cut = content.ReadByte() >= 0;
                    return;
                }

                Grow((int)Math.Min(most, Math.Max(Step, _buffer.Length * 2L)));
            }

            var read = content.Read(_buffer.AsSpan(Length, Math.Min(_buffer.Length - Length, 16 * Step)));
            if (read <= 0)
            {
                return;
            }

            Length += read;
        }
    }

    public void Release()
    {
        _buffer = [];
        Length = 0;
        budget.Release(_held);
        _held = 0;
    }

    private void Grow(int size)
    {
        budget.Hold(size - _buffer.Length);
        _held += size - _buffer.Length;
        Array.Resize(ref _buffer, size);
    }
}
