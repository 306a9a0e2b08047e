using System.Diagnostics;
using System.Globalization;
using Sekisho.Policy;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>
/// One search: block after block from the newest, each mail's slot first and its text only where the slot fits. What matches nothing costs as much as
/// what matches rarely: one pass, and that is bounded by time.
/// </summary>
internal sealed class SearchRun(SqliteDatabase index, SearchPlan plan, MailQuery query, CancellationToken cancel)
{
    // Looked at before the time is asked for: a page always comes forward, however little patience there is.
    private const int BlocksAtOnce = 32;

    private static readonly Query s_blocks = new("SELECT b, slots FROM block WHERE b <= ? AND b >= ? ORDER BY b DESC");
    private static readonly Query s_text = new("SELECT bytes FROM text WHERE b = ?");
    private static readonly Query s_more = new("SELECT bytes FROM more WHERE n = ? ORDER BY part");
    private static readonly Query s_rules = new("SELECT rules FROM mail WHERE n = ?");
    private static readonly Query s_row = new("SELECT id, at, sender, subject, recipients, first, state, action, rules, size FROM mail WHERE n = ?");

    private readonly List<long> _found = [];
    private readonly int[] _fitting = new int[Slot.PerBlock];

    public MailPage Run(long behind)
    {
        if (plan.Empty)
        {
            return new MailPage([], null, behind);
        }

        var started = Stopwatch.GetTimestamp();
        var looked = 0;
        long? stoppedAt = null;
        var blocks = index[s_blocks].Add(plan.Last / Slot.PerBlock).Add(plan.First / Slot.PerBlock);
        while (_found.Count <= query.Max && blocks.Step())
        {
            cancel.ThrowIfCancellationRequested();
            var block = blocks.Int64(0);
            Look(block, Slot.Of(blocks.Bytes(1)));
            if (++looked % BlocksAtOnce == 0 && Stopwatch.GetElapsedTime(started) > query.Patience && block * Slot.PerBlock > plan.First)
            {
                stoppedAt = block * Slot.PerBlock;
                break;
            }
        }

        blocks.Reset();
        if (_found.Count > query.Max)
        {
            _found.RemoveRange(query.Max, _found.Count - query.Max);
            return new MailPage(Rows(), Token(_found[^1]), behind);
        }

        return new MailPage(Rows(), stoppedAt is { } at ? Token(at) : null, behind) { Partial = stoppedAt is not null };
    }

    private static string Token(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Look(long block, ReadOnlySpan<Slot> slots)
    {
        var count = 0;
        for (var i = slots.Length - 1; i >= 0; i--)
        {
            var number = (block * Slot.PerBlock) + i;
            if (number <= plan.Last && number >= plan.First && Fits(in slots[i]))
            {
                _fitting[count++] = i;
            }
        }

        if (count == 0)
        {
            return;
        }

        if (plan.Words.Count == 0)
        {
            for (var i = 0; i < count; i++)
            {
                Keep((block * Slot.PerBlock) + _fitting[i]);
            }

            return;
        }

        var row = index[s_text].Add(block);
        if (row.Step())
        {
            var text = new BlockText(row.Bytes(0));
            var lacks = Lacks(in text);
            for (var i = 0; i < count && _found.Count <= query.Max; i++)
            {
                var slot = _fitting[i];
                var number = (block * Slot.PerBlock) + slot;
                if ((!lacks || slots[slot].More) && Reads(in text, slot, slots[slot].More, number))
                {
                    Keep(number);
                }
            }
        }

        row.Reset();
    }

    private bool Fits(in Slot slot) =>
        slot.IsPresent
        && (plan.WithOwn || !slot.IsOwn)
        && (plan.State is null || slot.State == plan.State)
        && (plan.RuleBit == 0 || (slot.Rules & plan.RuleBit) != 0)
        && slot.At >= plan.From && slot.At < plan.Until
        && (plan.Senders is null || plan.Senders.Contains(slot.Sender));

    private bool Lacks(in BlockText text)
    {
        foreach (var (_, word) in plan.Words)
        {
            if (text.Lacks(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All words stand where they should.</summary>
    private bool Reads(in BlockText text, int slot, bool more, long number)
    {
        foreach (var (field, word) in plan.Words)
        {
            if (text[slot, field].IndexOf(word) < 0 && !(more && field >= Field.Recipients && InMore(number, word)))
            {
                return false;
            }
        }

        return true;
    }

    private bool InMore(long number, byte[] word)
    {
        var parts = index[s_more].Add(number);
        while (parts.Step())
        {
            if (parts.Bytes(0).IndexOf(word) >= 0)
            {
                parts.Reset();
                return true;
            }
        }

        return false;
    }

    private void Keep(long number)
    {
        if (plan.SharedRule is { } rule)
        {
            var row = index[s_rules].Add(number);
            var has = row.Step() && row.Text(0).Split('\n').Contains(rule, StringComparer.Ordinal);
            row.Reset();
            if (!has)
            {
                return;
            }
        }

        if (_found.Count <= query.Max)
        {
            _found.Add(number);
        }
    }

    private List<MailRow> Rows()
    {
        var rows = new List<MailRow>(_found.Count);
        foreach (var number in _found)
        {
            var row = index[s_row].Add(number);
            if (row.Step())
            {
                rows.Add(new MailRow(row.Text(0), row.Time(1), row.Text(2), row.Text(3), row.Int32(4), row.Text(5), (MailState)row.Int32(6), (PolicyAction)row.Int32(7), row.Text(8).Split('\n', StringSplitOptions.RemoveEmptyEntries), row.Int64(9)));
                row.Reset();
            }
        }

        return rows;
    }
}
