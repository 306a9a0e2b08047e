using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Storage.Search;

/// <summary>The searchable text of a block's mails: first where each field begins, then the fields, folded, as UTF-8. Recipients stand one a line.</summary>
internal readonly ref struct BlockText
{
    private readonly ReadOnlySpan<int> _starts;
    private readonly ReadOnlySpan<byte> _fields;

    public BlockText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            return;
        }

        Count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        _starts = MemoryMarshal.Cast<byte, int>(bytes.Slice(4, ((3 * Count) + 1) * 4));
        _fields = bytes[(4 + (_starts.Length * 4))..];
    }

    public int Count { get; }

    /// <summary>A field of a mail, or all three with <see cref="Field.Any"/>; empty for a mail that has none here.</summary>
    public ReadOnlySpan<byte> this[int slot, Field field]
    {
        get
        {
            if (slot >= Count)
            {
                return default;
            }

            var first = (3 * slot) + (field == Field.Any ? 0 : (int)field);
            return _fields[_starts[first].._starts[field == Field.Any ? first + 3 : first + 1]];
        }
    }

    /// <summary>True when the word stands in no mail of the block: one stride over all of it is much cheaper than a look at each.</summary>
    public bool Lacks(byte[] word) => _fields.IndexOf(word) < 0;

    /// <summary>Puts texts together; null stands for a mail that is not there.</summary>
    public static byte[] Join(ReadOnlySpan<MailText?> mails)
    {
        var size = 4 + (((3 * mails.Length) + 1) * 4);
        var total = size;
        foreach (var mail in mails)
        {
            total += mail is null ? 0 : mail.Sender.Length + mail.Subject.Length + mail.Recipients.Length;
        }

        var bytes = new byte[total];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, mails.Length);
        var starts = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(4, size - 4));
        var at = 0;
        for (var i = 0; i < mails.Length; i++)
        {
            for (var field = 0; field < 3; field++)
            {
                starts[(3 * i) + field] = at;
                var text = mails[i] is not { } mail ? default : field switch { 0 => mail.Sender.Span, 1 => mail.Subject.Span, _ => mail.Recipients.Span };
                text.CopyTo(bytes.AsSpan(size + at));
                at += text.Length;
            }
        }

        starts[^1] = at;
        return bytes;
    }

    /// <summary>Takes a block apart again.</summary>
    public MailText?[] Split(int room)
    {
        var mails = new MailText?[Math.Max(room, Count)];
        for (var i = 0; i < Count; i++)
        {
            if (!this[i, Field.Any].IsEmpty)
            {
                mails[i] = new MailText(this[i, Field.Sender].ToArray(), this[i, Field.Subject].ToArray(), this[i, Field.Recipients].ToArray());
            }
        }

        return mails;
    }

    /// <summary>The form in which words are compared: without case, width and invisible characters.</summary>
    public static string Fold(string text) => TextFolding.ForSearch(text);

    public static byte[] Bytes(string folded) => Encoding.UTF8.GetBytes(folded);
}

/// <summary>Where is looked.</summary>
internal enum Field
{
    Sender = 0,
    Subject = 1,
    Recipients = 2,
    Any = 3,
}

/// <summary>A mail's text as it is searched. The fields end in a line break each, which stands in no word that can be asked for, so that nothing is found across two fields.</summary>
internal sealed record MailText(ReadOnlyMemory<byte> Sender, ReadOnlyMemory<byte> Subject, ReadOnlyMemory<byte> Recipients)
{
    /// <summary>Characters of a sender or one recipient that are searched.</summary>
    public const int MaxAddress = 1000;

    /// <summary>Characters of a subject that are searched.</summary>
    public const int MaxSubject = 2000;

    /// <summary>Bytes of recipients that stand in the block; beyond, in parts of their own.</summary>
    public const int MaxInBlock = 2048;

    /// <summary>Bytes of one such part.</summary>
    public const int MaxPart = 64 * 1024;

    public static byte[] Line(string text, int max) => BlockText.Bytes(BlockText.Fold(text.Length > max ? text[..max] : text) + "\n");
}
