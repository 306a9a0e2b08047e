namespace Sekisho.Inspection;

/// <content>The keeping of budgets.</content>
internal sealed partial class FileHarvest
{
    /// <summary>From here on the ratio of unpacked to packed counts.</summary>
    private const long RatioFrom = 1024 * 1024;

    private readonly List<FileContent> _contents = [];
    private readonly List<FileTrouble> _troubles = [];
    private readonly FileWalk _walk;
    private readonly string _path;
    private readonly int _depth;
    private readonly ReadOnlyMemory<byte> _own;
    private long _unpacked;

    internal FileHarvest(FileWalk walk, string path, int depth, ReadOnlyMemory<byte> own)
        => (_walk, _path, _depth, _own) = (walk, path, depth, own);

    internal FileBudget Budget => _walk.Budget;

    internal IReadOnlyList<FileContent> Contents => _contents;

    internal IReadOnlyList<FileTrouble> Troubles => _troubles;

    /// <summary>True when this file ran into a limit that ends its reading.</summary>
    private bool Stopped { get; set; }

    public partial bool AddText(string place, string text)
    {
        text = TextFolding.StripInvisible(text);
        text = text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
        if (text.AsSpan().IsWhiteSpace())
        {
            return !Budget.TextFull;
        }

        var kept = Budget.TakeChars(text.Length);
        if (kept > 0)
        {
            _contents.Add(new TextContent(place, kept < text.Length ? text[..kept] : text));
        }

        return kept == text.Length || Limit("text");
    }

    public partial TableHarvest AddTable(string place, bool hidden, int firstRow) => new(this, place, hidden, firstRow);

    public partial void AddTrouble(string measure, string detail)
    {
        const int MaxTroubles = 50;
        var trouble = new FileTrouble(measure, Wording.Safe(detail));
        if (!_troubles.Contains(trouble) && (_troubles.Count < MaxTroubles || !_troubles.Exists(t => t.Measure == measure)))
        {
            _troubles.Add(trouble);
        }
    }

    public partial bool AddFile(string name, ReadOnlyMemory<byte> bytes)
    {
        if (!Enter())
        {
            return false;
        }

        // Entries that overlap make much of little, so that a stretch of the container's own bytes counts as unpacked too.
        if (!Budget.TakeExpanded(bytes.Length))
        {
            Stopped = true;
            return Limit("unpacked size");
        }

        var held = bytes.Span.Overlaps(_own.Span) ? 0 : bytes.Length;
        Budget.Hold(held);
        try
        {
            return Descend(name, bytes);
        }
        finally
        {
            Budget.Release(held);
        }
    }

    public partial bool AddFile(string name, Stream content, long expected)
    {
        if (!Enter())
        {
            return false;
        }

        var limits = Budget.Limits;
        var most = Math.Max(0, Math.Min(limits.FileBytes, Budget.ExpandedLeft));
        if (_own.Length * (long)limits.Ratio is var byRatio && RatioFrom + byRatio - _unpacked < most)
        {
            most = Math.Max(0, RatioFrom + byRatio - _unpacked);
        }

        var buffer = new ExpandedBytes(Budget, most);
        try
        {
            Exception? damage = null;
            try
            {
                buffer.Fill(content, expected, _walk.Cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What came before the damage may be a whole list of names.
                damage = error;
            }

            _unpacked += buffer.Length;
            var enough = Budget.TakeExpanded(buffer.Length) && !buffer.Cut;
            var going = Descend(name, buffer.Bytes, damage is not null ? FileTroubles.Broken : null);
            if (!enough)
            {
                return Limit(buffer.Length >= limits.FileBytes ? "size of a file" : Budget.ExpandedLeft <= 0 ? "unpacked size" : "ratio");
            }

            return going;
        }
        finally
        {
            buffer.Release();
        }
    }

    /// <summary>Adds a file of a mail that is itself a file.</summary>
    internal bool AddFile(MailFile file)
    {
        if (!Enter())
        {
            return false;
        }

        if (!Budget.TakeExpanded(file.Entity.Body.Length))
        {
            Stopped = true;
            return Limit("unpacked size");
        }

        file.Walk(_walk, _path + "/", _depth + 1);
        return !Stopped;
    }

    public partial bool AddClosedFile(string name, long size, FileKind kind)
    {
        if (!Enter())
        {
            return false;
        }

        _walk.Add(new InspectedFile { Name = LeafName(name), Path = Join(name), Kind = kind, Size = size });
        return true;
    }

    /// <summary>Notes a limit. Always false.</summary>
    internal bool Limit(string what)
    {
        AddTrouble(FileTroubles.Limit, what);
        return false;
    }

    internal void Add(FileContent content) => _contents.Add(content);

    private bool Enter()
    {
        if (Stopped)
        {
            return false;
        }

        if (_depth >= Budget.Limits.Depth)
        {
            Stopped = true;
            return Limit("depth");
        }

        if (!Budget.TakeFile())
        {
            Stopped = true;
            return Limit("number of files");
        }

        if (Budget.ExpandedLeft <= 0)
        {
            Stopped = true;
            return Limit("unpacked size");
        }

        return true;
    }

    private bool Descend(string name, ReadOnlyMemory<byte> bytes, string? trouble = null)
    {
        _walk.Take(LeafName(name), Join(name), bytes, _depth + 1, null, trouble);
        return !Stopped;
    }

    private string Join(string name)
    {
        const int MaxPath = 1000;
        name = name.Replace('\\', '/').Trim('/');
        var path = $"{_path}/{(name.Length > 0 ? name : (_walk.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}";
        return path.Length <= MaxPath ? path : path[..MaxPath];
    }

    private static string LeafName(string name)
    {
        name = name.TrimEnd('/', '\\');
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}

/// <content>The keeping of budgets.</content>
internal sealed partial class TableHarvest
{
    private readonly FileHarvest _harvest;
    private readonly string _place;
    private readonly bool _hidden;
    private readonly int _firstRow;
    private readonly List<IReadOnlyList<string>> _rows = [];
    private bool _hasValue;
    private bool _ended;

    internal TableHarvest(FileHarvest harvest, string place, bool hidden, int firstRow)
        => (_harvest, _place, _hidden, _firstRow) = (harvest, place, hidden, firstRow);

    public partial bool AddRow(IReadOnlyList<string?> cells)
    {
        var count = cells.Count;
        while (count > 0 && string.IsNullOrWhiteSpace(cells[count - 1]))
        {
            count--;
        }

        if (count == 0)
        {
            _rows.Add([]);
            return _harvest.Budget.TakeCells(1, 0) || _harvest.Limit("cells");
        }

        var row = new string[count];
        var chars = 0L;
        for (var i = 0; i < count; i++)
        {
            row[i] = Clean(cells[i]);
            chars += row[i].Length;
        }

        if (!_harvest.Budget.TakeCells(count, chars))
        {
            return _harvest.Limit("cells");
        }

        _rows.Add(row);
        _hasValue = true;
        return true;
    }

    public partial void Dispose()
    {
        if (_hasValue && !_ended)
        {
            _harvest.Add(new TableContent(_place, _rows) { Hidden = _hidden, FirstRow = _firstRow });
        }

        _ended = true;
    }

    private static string Clean(string? cell)
    {
        if (string.IsNullOrEmpty(cell))
        {
            return "";
        }

        cell = TextFolding.StripInvisible(cell).Trim();
        return cell.Contains('\r') ? cell.ReplaceLineEndings("\n") : cell;
    }
}
