using System.Globalization;

namespace Sekisho.Incidents;

/// <summary>Rows and cells to be written as a file of some kind.</summary>
/// <param name="Name">Sheet name, title or heading.</param>
/// <param name="Rows">Cells, the header row (where there is one) first.</param>
internal sealed record Sheet(string Name, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>True for a sheet that a spreadsheet program does not show.</summary>
    public bool Hidden { get; init; }

    /// <summary>Cells of the widest row.</summary>
    public int Columns => Rows.Count == 0 ? 0 : Rows.Max(r => r.Count);

    /// <summary>True for what a spreadsheet program takes as a number when it is typed in: no leading zero, at most eleven digits.</summary>
    public static bool IsNumber(string cell)
        => cell.Length is > 0 and <= 11 && cell.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && (cell.Length == 1 || cell[0] != '0');

    /// <summary>The serial number of a date typed as <c>1980/4/1</c>.</summary>
    public static bool TryDate(string cell, out int serial)
    {
        serial = 0;
        if (cell.Length is < 8 or > 10 || cell[4] != '/' || !DateOnly.TryParseExact(cell, "yyyy/M/d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        serial = date.DayNumber - new DateOnly(1899, 12, 30).DayNumber;
        return true;
    }
}
