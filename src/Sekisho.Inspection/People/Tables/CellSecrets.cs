using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>
/// Secrets in cells whose column is not one of secrets: a card number among the remarks, パスワード: … in a note, a key. A cheap look decides which cells are
/// worth reading, since a table has a million of them.
/// </summary>
internal static class CellSecrets
{
    private const int MinNumber = 12;
    private const int MinKey = 20;
    private const int MaxCell = 20_000;

    /// <summary>Columns of kinds that leave no room for anything else.</summary>
    private const DataKinds Closed = DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Credential;

    private static readonly SearchValues<char> _marks = SearchValues.Create(":：=＝");

    /// <summary>Adds what the cells of a table hold.</summary>
    public static void Find(TableBlock block, JudgedColumn[] columns, TablePlace place, List<FoundSecret> secrets, CancellationToken cancel)
    {
        var open = Array.TrueForAll(columns, IsOpen) ? columns : Array.FindAll(columns, IsOpen);
        var at = new ProsePlace(place.File, place.Place, place.Quoted);
        var rows = 0;
        for (var r = 0; r < block.Rows.Count; r++)
        {
            var row = block.Rows[r];
            if ((++rows & 0x3FF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            foreach (var column in open)
            {
                var cell = block.Grid.Cell(row, column.Index);
                if (cell.Length is >= 8 and <= MaxCell && MayHold(cell, column))
                {
                    ProseScanner.ScanSecrets(cell, at, block.Grid.Number(row), secrets);
                }
            }
        }
    }

    private static bool IsOpen(JudgedColumn column) => (column.Kind & Closed) == 0;

    private static bool MayHold(string cell, JudgedColumn column)
    {
        if (cell.AsSpan().ContainsAny(_marks))
        {
            return true;
        }

        if (cell.Length < MinNumber)
        {
            return false;
        }

        var free = column.Kind is DataKinds.None or DataKinds.Other;
        if (Cells.Digits(cell) >= MinNumber)
        {
            // A number by itself is what its column says: order numbers pass the check digit one time in ten. Among remarks it is an exception.
            return IsMixed(cell) || column.Kind == DataKinds.Other;
        }

        return free && cell.Length >= MinKey && char.IsAscii(cell[0]) && !cell.Contains(' ');
    }

    private static bool IsMixed(string cell)
    {
        foreach (var c in cell)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }
}
