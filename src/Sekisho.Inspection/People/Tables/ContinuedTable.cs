namespace Sekisho.Inspection;

/// <summary>
/// A table that goes on over the next page or slide: without its header it takes the columns of the page before, and either way its rows are rows of that table,
/// so that namesakes on two pages stay two persons.
/// </summary>
internal sealed class ContinuedTable
{
    private readonly List<PlannedTable> _last = [];
    private TablePlace _place;

    /// <summary>The table, or the tables side by side, as they are to be read. <paramref name="first"/>: the first table of its page.</summary>
    public IReadOnlyList<PlannedTable> Take(TableBlock block, bool first, TablePlace place, PersonRegister register)
    {
        var columns = ColumnJudge.Judge(block);
        IReadOnlyList<PlannedTable> taken = [];
        if (first && _last.Count > 0 && place.File == _place.File && place.Quoted == _place.Quoted && place.Place != _place.Place)
        {
            if (!block.HasHeader)
            {
                taken = Adopt(block);
            }
            else if (IsPage(place.Place) && _last.Find(t => SameHeaders(t.Block, block)) is { } same)
            {
                taken = [new PlannedTable(block, columns, same.Source)];
            }
        }

        if (taken.Count == 0)
        {
            taken = [new PlannedTable(block, columns, register.NextSource())];
        }

        // Tables side by side are found one after the other, of the same rows.
        if (_last.Count == 0 || first || !ReferenceEquals(_last[^1].Block.Rows, block.Rows))
        {
            _last.Clear();
        }

        _place = place;
        if (taken[0].Block is { HasHeader: true, IsForm: false })
        {
            _last.AddRange(taken);
        }

        return taken;
    }

    private List<PlannedTable> Adopt(TableBlock block)
    {
        var headers = _last.Sum(t => t.Block.Headers.Count);
        if (block.Headers.Count == 0 || block.Headers.Count > headers || block.Headers.Count * 2 < headers || block.Headers[^1].Column > _last.Max(t => t.Block.Headers[^1].Column))
        {
            return [];
        }

        var adopted = new List<PlannedTable>();
        var agree = 0;
        var differ = 0;
        foreach (var before in _last)
        {
            var now = block with { Headers = before.Block.Headers, HasHeader = true };
            var columns = ColumnJudge.Judge(now);
            for (var i = 0; i < columns.Length; i++)
            {
                if (before.Columns[i].Kind != DataKinds.None)
                {
                    var same = columns[i].Kind == before.Columns[i].Kind && columns[i].Part == before.Columns[i].Part;
                    agree += same ? 1 : 0;
                    differ += same ? 0 : 1;
                }
            }

            adopted.Add(new PlannedTable(now, columns, before.Source));
        }

        return agree > 0 && agree >= differ * 4 ? adopted : [];
    }

    /// <summary>Pages are pieces of one document; sheets with like headers may be the same people twice.</summary>
    private static bool IsPage(string place) => place.StartsWith("page ", StringComparison.Ordinal) || place.StartsWith("slide ", StringComparison.Ordinal);

    private static bool SameHeaders(TableBlock one, TableBlock other)
    {
        if (one.Headers.Count != other.Headers.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Headers.Count; i++)
        {
            if (one.Headers[i].Text != other.Headers[i].Text || one.Headers[i].Column != other.Headers[i].Column)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A table with what its columns hold and the source its rows belong to.</summary>
internal sealed record PlannedTable(TableBlock Block, JudgedColumn[] Columns, int Source);
