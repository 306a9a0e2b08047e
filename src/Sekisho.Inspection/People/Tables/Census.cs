using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sekisho.Inspection;

/// <summary>What the cells of a column look like, by a sample spread over its rows. Shares are of the cells that are not blank.</summary>
internal sealed class Census
{
    /// <summary>Kinds by which a column is told that has no header.</summary>
    public const DataKinds Telling = DataKinds.Email | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Phone | DataKinds.PostalAddress | DataKinds.Postcode | DataKinds.BirthDate | DataKinds.Sex
        | DataKinds.Municipality | DataKinds.Company;

    private Counts _kinds;
    private int _most;
    private int _names;
    private int _mayBeNames;
    private int _companies;
    private int _numbers;
    private int _longNumbers;
    private int _kana;
    private int _within;
    private int _words;
    private int _grouped;
    private HashSet<string>? _cards;
    private HashSet<string>? _myNumbers;

    /// <summary>Cells of the sample that are not blank.</summary>
    public int Filled { get; private set; }

    /// <summary>Share of cells a dictionary or their form shows to be a person's full name.</summary>
    public double Names => Part(_names);

    /// <summary>Share of cells that can be a name where the header says so.</summary>
    public double MayBeNames => Part(_mayBeNames);

    public double Companies => Part(_companies);

    /// <summary>Share with six digits or more.</summary>
    public double Numbers => Part(_numbers);

    /// <summary>Share with twelve digits or more.</summary>
    public double LongNumbers => Part(_longNumbers);

    /// <summary>Share of cells that hold a full name beside something else.</summary>
    public double NamesWithin => Part(_within);

    /// <summary>Share of cells of one word of 4 to 64 characters, as passwords are.</summary>
    public double Words => Part(_words);

    /// <summary>Share in kana alone.</summary>
    public double Kana => Part(_kana);

    /// <summary>
    /// True where the check digits of nearly all cells fit, of so many different numbers that chance does not explain it: every eleventh number of twelve digits passes.
    /// </summary>
    public bool AreMyNumbers => _myNumbers is { } different && different.Count >= 5 && AllBut(DataKinds.MyNumber);

    /// <summary>The same of card numbers, of which one number in thirty passes.</summary>
    public bool AreCards => _cards is { } different && different.Count >= 5 && AllBut(DataKinds.CardNumber);

    /// <summary>True for cards written in groups, or more than one number that can be a card's.</summary>
    public bool MayBeCards => _cards is { } different && (different.Count >= 2 || _grouped > 0);

    /// <summary>Share of cells that may be of this kind; words of illness, by which no column is told, are not counted.</summary>
    public double Share(DataKinds kind) => Part(_kinds[BitOperations.TrailingZeroCount((uint)kind)]);

    /// <summary>
    /// Counts a sample of at most <paramref name="most"/> cells, nearly. Null once no share can reach <paramref name="least"/> any more, whatever the cells behind hold: columns of prose cut at its
    /// commas are known by the first of them. (Numbers of which nine in ten fit reach 0.8.)
    /// </summary>
    public static Census? Of(TableBlock block, int column, int most, double least)
    {
        var census = new Census();
        var step = Math.Max(1, block.Rows.Count / most);
        for (var i = 0; i < block.Rows.Count; i += step)
        {
            var cell = block.Grid.Cell(block.Rows[i], column);
            if (Cells.IsBlank(cell))
            {
                continue;
            }

            census.Add(cell);
            var left = (block.Rows.Count - 1 - i) / step;
            if ((double)(census._most + left) / (census.Filled + left) < least)
            {
                return null;
            }
        }

        // A column filled here and there only may miss the sample altogether.
        for (var i = 0; census.Filled == 0 && i < Math.Min(block.Rows.Count, 5_000); i++)
        {
            var cell = block.Grid.Cell(block.Rows[i], column);
            if (!Cells.IsBlank(cell))
            {
                census.Add(cell);
            }
        }

        return census;
    }

    private void Add(string cell)
    {
        Filled++;
        var kinds = ValueKinds.Of(cell, withMedical: false);
        for (var left = (uint)kinds; left != 0; left &= left - 1)
        {
            var kind = BitOperations.TrailingZeroCount(left);
            var count = ++_kinds[kind];
            _most = (Telling & (DataKinds)(1 << kind)) != 0 ? Math.Max(_most, count) : _most;
        }

        if ((kinds & (DataKinds.CardNumber | DataKinds.MyNumber)) != 0)
        {
            var number = ValueText.Digits(cell);
            _ = (kinds & DataKinds.CardNumber) != 0 ? (_cards ??= new(StringComparer.Ordinal)).Add(number) : (_myNumbers ??= new(StringComparer.Ordinal)).Add(number);
            _grouped += number.Length < cell.Length ? 1 : 0;
        }

        var company = (kinds & DataKinds.Company) != 0;
        _companies += company ? 1 : 0;
        var mayBeName = !company && Cells.MayBeName(cell);
        var isName = mayBeName && Cells.IsKnownName(cell);
        _mayBeNames += mayBeName ? 1 : 0;
        _names += isName ? 1 : 0;
        var digits = Cells.Digits(cell);
        _numbers += digits >= 6 ? 1 : 0;
        _longNumbers += digits >= 12 ? 1 : 0;
        _within += cell.Length >= 8 && (Cells.HasNameEnd(cell) || ((isName || company) && Cells.HasFront(cell))) && Cells.NameWithin(cell, out var rest).Length > 0 && rest ? 1 : 0;
        _words += cell.Length is >= 4 and <= 64 && !cell.AsSpan().ContainsAny(' ', '\u3000', '。') ? 1 : 0;
        _kana += Cells.IsKana(cell) ? 1 : 0;
        _most = Math.Max(_most, Math.Max(_names, _within));
    }

    /// <summary>Nine cells of ten, a header that nobody knew for one left out.</summary>
    private bool AllBut(DataKinds kind) => _kinds[BitOperations.TrailingZeroCount((uint)kind)] * 10 >= (Filled - 1) * 9;

    private double Part(int count) => Filled == 0 ? 0 : (double)count / Filled;

    /// <summary>A count for each kind there may be.</summary>
    [InlineArray(32)]
    private struct Counts
    {
        private int _first;
    }
}
