using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Sekisho.Pages.Shell;

/// <summary>Moments as people read them: in the machine's time zone, <c>2026-11-21 14:05</c>, the same in both languages.</summary>
public static class Times
{
    /// <summary>To the minute.</summary>
    public static string Minute(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>To the second.</summary>
    public static string Second(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A span as the two largest units say it: <c>3 h 12 min</c>, <c>3時間12分</c>.</summary>
    public static string Span(TimeSpan span, Tongue tongue)
    {
        var (days, hours, minutes, seconds) = ((int)span.TotalDays, span.Hours, span.Minutes, span.Seconds);
        return (days, hours, minutes) switch
        {
            ( > 0, _, _) => tongue[$"{days} d {hours} h", $"{days}日{hours}時間"],
            (_, > 0, _) => tongue[$"{hours} h {minutes} min", $"{hours}時間{minutes}分"],
            (_, _, > 0) => tongue[$"{minutes} min", $"{minutes}分"],
            _ => tongue[$"{seconds} s", $"{seconds}秒"],
        };
    }

    internal static IHtmlContent Element(DateTimeOffset moment)
        => new HtmlString($"<time datetime=\"{moment.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{HtmlEncoder.Default.Encode(Minute(moment))}</time>");

    private static DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.Local);
}
