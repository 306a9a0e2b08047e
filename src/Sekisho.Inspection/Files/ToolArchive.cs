namespace Sekisho.Inspection;

/// <summary>Archives only an external program unpacks (7z, rar, lzh, cab, iso, bzip2, xz …).</summary>
internal sealed class ToolArchive : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.OtherArchive;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into) => Read(file, into, null);

    /// <summary>Takes the files whose names are wanted; all where <paramref name="wanted"/> is null.</summary>
    public static void Read(FileSource file, FileHarvest into, Func<string, bool>? wanted)
    {
        var answer = file.Services.Tools.Run(FileTool.Unpack, file.Bytes, file.Services.Limits, file.Cancel);
        foreach (var one in answer.Files)
        {
            if ((wanted is null || wanted(one.Name)) && !into.AddFile(one.Name.Length > 0 ? one.Name : Unpacked(file.Name), one.Bytes))
            {
                break;
            }
        }

        ToolTrouble.Note(answer, into);
    }

    /// <summary>What packs one file without its name only adds an ending to it.</summary>
    private static string Unpacked(string name)
    {
        var ending = Disguise.Extension(name, out var before);
        return ending is "tbz" or "tbz2" or "txz" or "tzst" or "tlz" ? before + ".tar" : before;
    }
}

/// <summary>What a tool's outcome means for a file.</summary>
internal static class ToolTrouble
{
    /// <summary>Notes the trouble of an outcome that is not <see cref="ToolOutcome.Done"/>.</summary>
    public static void Note(ToolAnswer answer, FileHarvest into)
    {
        if (Measure(answer.Outcome) is { } measure)
        {
            into.AddTrouble(measure, answer.Detail);
        }
    }

    private static string? Measure(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Done => null,
        ToolOutcome.Absent => FileTroubles.NoTool,
        ToolOutcome.Encrypted => FileTroubles.Encrypted,
        ToolOutcome.Limit => FileTroubles.Limit,
        _ => FileTroubles.Broken,
    };
}
