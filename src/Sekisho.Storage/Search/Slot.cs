using System.Runtime.InteropServices;
using Sekisho.Policy;

namespace Sekisho.Storage.Search;

/// <summary>What a search asks of a mail without looking at its text. 256 of them lie beside each other in a <c>block</c> row; the layout is the stored form.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Slot
{
    /// <summary>Mails in a block.</summary>
    public const int PerBlock = 256;

    /// <summary>Rules with a bit of their own; the last bit stands for all others, and who asks for one of those looks at the mail's row.</summary>
    public const int OwnBits = 63;

    private const byte Present = 1;
    private const byte FromGateway = 2;
    private const byte HasMore = 4;

    /// <summary>Received, unix milliseconds.</summary>
    public long At;

    public ulong Rules;

    public int Sender;

    private byte _state;
    private byte _action;
    private byte _flags;
    private readonly byte _spare;

    public Slot(long at, ulong rules, int sender, MailState state, PolicyAction action, bool own, bool more)
    {
        (At, Rules, Sender, _state, _action) = (at, rules, sender, (byte)state, (byte)action);
        _flags = (byte)(Present | (own ? FromGateway : 0) | (more ? HasMore : 0));
        _spare = 0;
    }

    public readonly bool IsPresent => (_flags & Present) != 0;

    public readonly bool IsOwn => (_flags & FromGateway) != 0;

    /// <summary>It has more recipients than stand in the block's text.</summary>
    public readonly bool More => (_flags & HasMore) != 0;

    public readonly MailState State => (MailState)_state;

    public static ulong Bit(long rule) => 1UL << (int)Math.Min(rule, OwnBits);

    public static Span<Slot> Of(Span<byte> bytes) => MemoryMarshal.Cast<byte, Slot>(bytes);

    public static ReadOnlySpan<Slot> Of(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, Slot>(bytes);
}
