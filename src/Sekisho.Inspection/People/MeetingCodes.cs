using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>The code that opens a telephone or video conference: it stands beside the number to dial or the meeting's link, is made for those it is sent to and is worth nothing afterwards.</summary>
internal static class MeetingCodes
{
    private const int LinesAround = 5;

    private const int MaxLine = 400;

    private static readonly SearchValues<string> _codes = SearchValues.Create(
        ["passcode", "pass code", "access code", "participant code", "meeting password", "パスコード", "参加コード", "ミーティングパスワード", "会議パスワード"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> _passwords = SearchValues.Create(["password", "passwd", "pwd", "パスワード", "暗証"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> _meetings = SearchValues.Create(
        ["dial", "call number", "call-in", "call in", "conference call", "conf call", "toll free", "toll-free", "1-800-", "1-888-", "1-877-", "1-866-", "zoom.us", "webex", "meeting id", "teams.microsoft", "meet.google", "ミーティングid", "会議id", "電話会議", "ダイヤルイン"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The secrets without those that are conference codes. A form's secret does not tell its line, so the text must say nothing of passwords but on its conferences' lines; then as many
    /// are left out as there are such lines.
    /// </summary>
    public static List<FoundSecret> Without(List<FoundSecret> secrets, MessageFacts facts)
    {
        if (!secrets.Exists(IsOfForm) || !facts.FullText.AsSpan().ContainsAny(_codes))
        {
            return secrets;
        }

        var codes = CodeLines(facts.FullText);
        return codes == 0 ? secrets : secrets.FindAll(s => !IsOfForm(s) || codes-- <= 0);
    }

    private static bool IsOfForm(FoundSecret secret) => secret is { File: "", Key: 0 } && secret.Masked.StartsWith('*');

    /// <summary>Lines with a conference's code; 0 where another line speaks of a password.</summary>
    private static int CodeLines(string text)
    {
        var codes = 0;
        var number = 0;
        var (lastMeeting, pending) = (-1000, -1000);
        foreach (var part in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[part];
            line = line[..Math.Min(line.Length, MaxLine)];
            if (line.ContainsAny(_meetings))
            {
                lastMeeting = number;
                codes += number - pending <= LinesAround ? 1 : 0;
                pending = -1000;
            }

            if (line.ContainsAny(_codes) && line.TrimEnd(" \t\r.。#＃*") is [.., >= '0' and <= '9'])
            {
                (codes, pending) = number - lastMeeting <= LinesAround ? (codes + 1, pending) : (codes, number);
            }
            else if (line.ContainsAny(_passwords))
            {
                return 0;
            }
        }

        return codes;
    }
}
