namespace Sekisho.Mime;

/// <summary>
/// Collects defects under a bound. Line-form defects (bare breaks, NULs, long lines) come by the thousand in an imported file,
/// so only the first few of each are kept: they must not push out the one that tells of a broken recipient field.
/// </summary>
internal sealed class DefectLog(int max)
{
    private const int KeptPerLineForm = 8;

    private readonly List<MimeDefect> _kept = [];
    private int _bareBreaks;
    private int _nuls;
    private int _longLines;

    /// <summary>How many were noted, those not kept included.</summary>
    public long Total { get; private set; }

    public IReadOnlyList<MimeDefect> Kept => _kept;

    public void Add(MimeDefectKind kind, int offset, string detail)
    {
        Total++;
        if (_kept.Count < max)
        {
            _kept.Add(new MimeDefect(kind, offset, detail));
        }
    }

    public void AddBareBreak(int offset, bool isCr)
    {
        if (_bareBreaks++ < KeptPerLineForm)
        {
            Add(MimeDefectKind.BareLineBreak, offset, isCr ? "CR without LF" : "LF without CR");
        }
        else
        {
            Total++;
        }
    }

    public void AddNul(int offset)
    {
        if (_nuls++ < KeptPerLineForm)
        {
            Add(MimeDefectKind.Nul, offset, "NUL byte");
        }
        else
        {
            Total++;
        }
    }

    public void AddLongLine(int offset, int length)
    {
        if (_longLines++ < KeptPerLineForm)
        {
            Add(MimeDefectKind.LongLine, offset, $"line of {length} octets");
        }
        else
        {
            Total++;
        }
    }

    /// <summary>Takes over the defects of an embedded message whose bytes are its own; they are placed where its part stands.</summary>
    public void AddAll(DefectLog inner, int offset)
    {
        foreach (var defect in inner._kept)
        {
            Add(defect.Kind, offset, "in an embedded message: " + defect.Detail);
        }

        Total += inner.Total - inner._kept.Count;
    }
}
