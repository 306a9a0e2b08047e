using System.Runtime.CompilerServices;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>Changes the blocks of a batch: asked in the order of the mails' numbers, it loads and writes each block once.</summary>
internal sealed class BlockEditor(SqliteDatabase database)
{
    private static readonly Query s_slots = new("SELECT slots FROM block WHERE b = ?");
    private static readonly Query s_text = new("SELECT bytes FROM text WHERE b = ?");
    private static readonly Query s_putSlots = new("INSERT INTO block(b, slots) VALUES(?,?) ON CONFLICT(b) DO UPDATE SET slots = excluded.slots");
    private static readonly Query s_putText = new("INSERT INTO text(b, bytes) VALUES(?,?) ON CONFLICT(b) DO UPDATE SET bytes = excluded.bytes");

    private readonly byte[] _slots = new byte[Slot.PerBlock * Unsafe.SizeOf<Slot>()];
    private MailText?[]? _texts;
    private long _block = -1;
    private int _used;

    /// <summary>Puts a mail's slot, and its text when that is not null.</summary>
    public void Put(long number, Slot slot, MailText? text)
    {
        if (number / Slot.PerBlock != _block)
        {
            Flush();
            Load(number / Slot.PerBlock);
        }

        var index = (int)(number % Slot.PerBlock);
        _used = Math.Max(_used, index + 1);
        Slot.Of(_slots.AsSpan())[index] = slot;
        if (text is not null)
        {
            _texts ??= LoadTexts();
            _texts[index] = text;
        }
    }

    public void Flush()
    {
        if (_block < 0)
        {
            return;
        }

        database[s_putSlots].Add(_block).Add(_slots.AsSpan(0, _used * Unsafe.SizeOf<Slot>())).Run();
        if (_texts is not null)
        {
            database[s_putText].Add(_block).Add(BlockText.Join(_texts.AsSpan(0, _used))).Run();
        }

        _block = -1;
    }

    private void Load(long block)
    {
        (_block, _used, _texts) = (block, 0, null);
        _slots.AsSpan().Clear();
        var row = database[s_slots].Add(block);
        if (row.Step())
        {
            var bytes = row.Bytes(0);
            bytes.CopyTo(_slots);
            _used = bytes.Length / Unsafe.SizeOf<Slot>();
            row.Reset();
        }
    }

    private MailText?[] LoadTexts()
    {
        var row = database[s_text].Add(_block);
        var texts = row.Step() ? new BlockText(row.Bytes(0)).Split(Slot.PerBlock) : new MailText?[Slot.PerBlock];
        row.Reset();
        return texts;
    }
}
