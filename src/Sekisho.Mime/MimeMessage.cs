namespace Sekisho.Mime;

/// <summary>
/// A message read by offsets into its bytes, which are never copied or changed (RFC 5322, RFC 2045 to 2049, RFC 6532).
/// Reading never throws, whatever the input; what is wrong is in <see cref="Defects"/>. Time is linear in the length.
/// Structure is read at once; values, parameters and texts when they are asked for. Safe to read from several threads.
/// </summary>
public sealed class MimeMessage
{
    private IReadOnlyList<MimeDefect>? _defects;
    private Charset? _headerCharset;
    private volatile bool _headerCharsetRead;
    private bool _structureRead;

    private MimeMessage(ReadOnlyMemory<byte> bytes, MimeLimits limits)
    {
        Bytes = bytes;
        Limits = limits;
        Root = new MimeEntity { Message = this, IsMessageRoot = true };
        var lineFeed = bytes.Span.IndexOf((byte)'\n');
        UsesCrLf = lineFeed < 0 || (lineFeed > 0 && bytes.Span[lineFeed - 1] == '\r');
    }

    /// <summary>The bytes as received (at most 2^31-1).</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The outermost entity: the message's own header and body.</summary>
    public MimeEntity Root { get; }

    /// <summary>The message's own header.</summary>
    public HeaderList Headers => Root.Headers;

    /// <summary>The message's own header as a stretch of <see cref="Bytes"/>, the empty line after it not included.</summary>
    public ByteRange HeaderRange { get; internal set; }

    /// <summary>Every defect of the header, the structure and the address fields, those of embedded messages included.</summary>
    public IReadOnlyList<MimeDefect> Defects => _defects ??= CollectDefects();

    internal MimeLimits Limits { get; }

    /// <summary>The message's own style of line break, by its first one; CRLF where it has none.</summary>
    internal bool UsesCrLf { get; }

    internal DefectLog Log { get; private set; } = null!;

    /// <summary>What raw bytes in this message's headers most likely are where they are not UTF-8; null where nothing tells.</summary>
    internal Charset? HeaderCharset
    {
        get
        {
            if (_headerCharsetRead)
            {
                return _headerCharset;
            }

            var charset = CharsetGuess.ForHeader(this);
            if (_structureRead)
            {
                // Asked while the structure is being read, the parts that could tell are not known yet.
                _headerCharset = charset;
                _headerCharsetRead = true;
            }

            return charset;
        }
    }

    /// <summary>Reads a message.</summary>
    public static MimeMessage Parse(ReadOnlyMemory<byte> bytes, MimeLimits? limits = null)
    {
        limits ??= MimeLimits.Default;
        return Parse(bytes, new ReaderBudget(limits), 0);
    }

    /// <summary>All entities in document order, the root first, those inside embedded messages included.</summary>
    public IEnumerable<MimeEntity> Entities()
    {
        var open = new Stack<MimeEntity>();
        open.Push(Root);
        while (open.TryPop(out var entity))
        {
            yield return entity;
            for (var i = entity.Children.Count - 1; i >= 0; i--)
            {
                open.Push(entity.Children[i]);
            }
        }
    }

    internal static MimeMessage Parse(ReadOnlyMemory<byte> bytes, ReaderBudget budget, int depth)
    {
        var message = new MimeMessage(bytes, budget.Limits) { Log = new DefectLog(budget.Limits.MaxDefects) };
        new MessageReader(message, budget, depth).Read();
        message._structureRead = true;
        return message;
    }

    private List<MimeDefect> CollectDefects()
    {
        var all = new List<MimeDefect>();
        foreach (var field in Headers)
        {
            if (FieldNames.HoldsAddresses(field.Name) && AddressList.Parse(field).Defects is { Count: > 0 } defects)
            {
                all.AddRange(defects.Take(Limits.MaxDefects - all.Count));
            }
        }

        // The address fields come first: a thousand oddities of form must not push out the one that matters.
        all.AddRange(HeaderBreak.Find(this).Take(Limits.MaxDefects - all.Count));
        all.AddRange(Log.Kept.Take(Limits.MaxDefects - all.Count));
        return all;
    }
}
