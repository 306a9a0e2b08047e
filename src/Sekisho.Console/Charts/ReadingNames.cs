using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Charts;

/// <summary>What the readings of a re-enactment are called on pages; file types and field names stay as they are.</summary>
public static class ReadingNames
{
    private static readonly (string Term, string En, string Ja)[] s_terms =
    [
        ("second run's mail first", "second run first", "後の配信が先"),
        ("first run's mail first", "first run first", "先の配信が先"),
        ("clean mail", "mail that is in order", "問題のないメール"),
        ("shifted rows", "rows shifted by one", "一行ずれた差し込み"),
        ("unfolded line", "a line not folded", "折り返しのない行"),
        ("blank line", "a blank line", "空行"),
        ("hidden sheet", "hidden sheet", "非表示のシート"),
        ("zip in zip", "zip in a zip", "zip の中の zip"),
        ("Bcc spills", "Bcc spills over", "Bcc がこぼれる"),
        ("text", "in the text", "本文"),
        ("post", "a post to the list", "リストへの投稿"),
        ("Subject", "in the subject", "件名"),
    ];

    /// <summary>The name in words.</summary>
    public static string Of(string name, Tongue tongue) => string.Join(tongue[", ", "、"], name.Split(", ").Select(part =>
    {
        var found = Array.Find(s_terms, t => t.Term == part);
        return found.Term is null ? part : tongue[found.En, found.Ja];
    }));
}
