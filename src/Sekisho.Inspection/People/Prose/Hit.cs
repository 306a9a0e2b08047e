namespace Sekisho.Inspection;

/// <summary>What else is known of a value found in running text.</summary>
[Flags]
internal enum HitNote : byte
{
    None = 0,

    /// <summary>A mobile number: a person's.</summary>
    Mobile = 1,

    /// <summary>A free dial: a company's.</summary>
    Free = 2,
}

/// <summary>A value found in running text: where, and what. Lines count from 0.</summary>
internal readonly record struct Hit(DataKinds Kind, int Start, int End, int Line, HitNote Note = HitNote.None);

/// <summary>Where a text stands.</summary>
/// <param name="File">File path, or empty for the mail's own text.</param>
/// <param name="Place">Sheet, page or part.</param>
/// <param name="Quoted">True for a thread that is quoted.</param>
internal sealed record ProsePlace(string File, string Place, bool Quoted);
