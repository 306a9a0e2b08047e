using System.Text;
using Sekisho.Inspection;

namespace Sekisho.Gateway.Tools;

/// <summary>The programs that answer with text.</summary>
internal static class TextTools
{
    private const int MaxBytesOfChar = 3;

    /// <summary>poppler's pdftotext: lines as laid out on the page, so that a table's row stays one line; pages divided by form feeds.</summary>
    public static ToolAnswer Pdf(ToolRun run)
    {
        var result = run.Start(["-layout", "-enc", "UTF-8", run.Input, "-"], MaxBytes(run), fileBytes: 1);
        return result switch
        {
            { End: ChildEnd.NotStarted } => run.Answer(ToolOutcome.Absent, result.Errors),
            { End: ChildEnd.Limit } => Text(run, ToolOutcome.Limit, result, "stopped at a limit"),
            // It is forgiving: out of a ruin it makes no pages and calls that a success.
            { ExitCode: 0 } when Says(result, "Syntax Error") && IsBlank(result.Output.Span) => run.Answer(ToolOutcome.Broken, result.Errors),
            { ExitCode: 0 } => Text(run, ToolOutcome.Done, result, ""),
            _ when Says(result, "password") || result.ExitCode == 3 => run.Answer(ToolOutcome.Encrypted, "needs a password"),
            _ => Text(run, Failure(result), result, result.Errors),
        };
    }

    /// <summary>catdoc, or antiword where only that is installed.</summary>
    public static ToolAnswer Word(ToolRun run)
    {
        string[] arguments = run.Name == "antiword" ? ["-m", "UTF-8.txt", run.Input] : ["-w", "-d", "utf-8", run.Input];
        return Office(run, run.Start(arguments, MaxBytes(run), fileBytes: 1));
    }

    /// <summary>catppt.</summary>
    public static ToolAnswer Slides(ToolRun run) => Office(run, run.Start(["-d", "utf-8", run.Input], MaxBytes(run), fileBytes: 1));

    /// <summary>What a failure without a word for it is: a program that got no memory was at a limit.</summary>
    public static ToolOutcome Failure(ChildResult result)
        => Says(result, "memory") || Says(result, "allocat") || Says(result, "too large") ? ToolOutcome.Limit : ToolOutcome.Broken;

    /// <summary>True when its standard error has the word.</summary>
    public static bool Says(ChildResult result, string word) => result.Errors.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static ToolAnswer Office(ToolRun run, ChildResult result) => result switch
    {
        { End: ChildEnd.NotStarted } => run.Answer(ToolOutcome.Absent, result.Errors),
        { End: ChildEnd.Limit } => Text(run, ToolOutcome.Limit, result, "stopped at a limit"),
        _ when Says(result, "encrypted") => run.Answer(ToolOutcome.Encrypted, "needs a password"),
        { ExitCode: 0 } => Text(run, ToolOutcome.Done, result, ""),
        _ => Text(run, Failure(result), result, result.Errors),
    };

    private static ToolAnswer Text(ToolRun run, ToolOutcome outcome, ChildResult result, string said)
    {
        var text = Encoding.UTF8.GetString(result.Output.Span);
        return text.Length <= run.Limits.Chars
            ? run.Answer(outcome, said, text)
            : run.Answer(ToolOutcome.Limit, "stopped at a limit", text[..(int)run.Limits.Chars]);
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t\r\n\f"u8) < 0;

    private static long MaxBytes(ToolRun run) => Math.Min(run.Limits.Chars * MaxBytesOfChar, int.MaxValue / 4);
}
