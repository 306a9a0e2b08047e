using System.Globalization;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Charts;

/// <summary>A span the dashboard shows: how far back, and how many hours one bar holds.</summary>
public sealed record DashboardSpan(string Name, TimeSpan Length, int HoursABar)
{
    /// <summary>The spans there are.</summary>
    public static IReadOnlyList<DashboardSpan> All { get; } = [new("24h", TimeSpan.FromDays(1), 1), new("7d", TimeSpan.FromDays(7), 6), new("30d", TimeSpan.FromDays(30), 24)];

    /// <summary>The one of that name; the first for any other.</summary>
    public static DashboardSpan Of(string? name) => All.FirstOrDefault(s => s.Name == name) ?? All[0];

    /// <summary>From the start of the first bar to the end of the hour under way; bars begin at round hours of the gateway's own day.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Around(DateTimeOffset now)
    {
        var hour = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);
        var until = hour.AddHours(1);
        var local = TimeZoneInfo.ConvertTime(hour, TimeZoneInfo.Local);
        return (hour.AddHours(-(local.Hour % HoursABar) - (int)Length.TotalHours + HoursABar), until);
    }
}

/// <summary>From the index's figures to what the dashboard draws and says. Pure.</summary>
public sealed class DashboardFigures
{
    /// <summary>Decisions a rule needs before it is judged by them.</summary>
    public const int EnoughDecisions = 5;

    /// <summary>Decisions an approver needs before his habit is spoken of.</summary>
    public const int EnoughApprovals = 10;

    private const int MaxRules = 12;

    private readonly Figures _figures;
    private readonly Tongue _tongue;
    private readonly List<(string Label, List<HourFigures> Hours)> _bars = [];

    /// <summary>Sorts hours into bars. Hours without mail may be missing from <paramref name="figures"/>; they count as none.</summary>
    public DashboardFigures(Figures figures, DashboardSpan span, DateTimeOffset from, DateTimeOffset until, Tongue tongue)
    {
        (_figures, _tongue) = (figures, tongue);
        var byLabel = new Dictionary<(DateOnly Day, int Part), List<HourFigures>>();
        for (var hour = from; hour < until; hour = hour.AddHours(1))
        {
            var key = KeyOf(hour, span);
            if (!byLabel.ContainsKey(key))
            {
                byLabel.Add(key, []);
                var label = span.HoursABar switch
                {
                    1 => $"{key.Part:00}:00",
                    24 => key.Day.ToString("MM-dd", CultureInfo.InvariantCulture),
                    _ => string.Create(CultureInfo.InvariantCulture, $"{key.Day:MM-dd} {key.Part * span.HoursABar:00}:00"),
                };
                _bars.Add((label, byLabel[key]));
            }
        }

        foreach (var hour in figures.Hours)
        {
            if (byLabel.TryGetValue(KeyOf(hour.Hour, span), out var bar))
            {
                bar.Add(hour);
            }
        }
    }

    /// <summary>Mails received.</summary>
    public long Received => _figures.Hours.Sum(h => h.Received);

    /// <summary>Mails that waited, were refused or were split up.</summary>
    public long Stopped => _figures.Hours.Sum(h => h.Individual + h.Held + h.Approval + h.Refused);

    /// <summary>Mails that ended without reaching everybody.</summary>
    public long Failed => _figures.Hours.Sum(h => h.Failed);

    /// <summary>Mails that reached everybody.</summary>
    public long Delivered => _figures.Hours.Sum(h => h.Delivered);

    /// <summary>Rules that found something, the one that stopped most first.</summary>
    public IReadOnlyList<RuleFigures> Rules => [.. _figures.Rules.OrderByDescending(r => r.Stopped).ThenByDescending(r => r.Found).ThenBy(r => r.Rule, StringComparer.Ordinal)];

    /// <summary>Stops somebody has decided; what was refused, or released by a timer, was decided by nobody.</summary>
    public static long Decided(RuleFigures rule) => Math.Min(rule.Stopped, rule.Overruled + rule.SentIndividually + rule.Cancelled + rule.Approved + rule.Rejected);

    /// <summary>The fatigue number: of the decided stops, per cent that were sent as they were; null before anything was decided.</summary>
    public static int? Fatigue(RuleFigures rule) => Decided(rule) == 0 ? null : (int)Math.Round(100.0 * rule.Overruled / Decided(rule), MidpointRounding.AwayFromZero);

    /// <summary>The fatigue number over all rules.</summary>
    public int? FatigueOfAll
    {
        get
        {
            var decided = _figures.Rules.Sum(Decided);
            return decided == 0 ? null : (int)Math.Round(100.0 * _figures.Rules.Sum(r => r.Overruled) / decided, MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>Rules that interrupt without being believed: with enough decisions, more than half of which sent the mail as it was.</summary>
    public IReadOnlyList<RuleFigures> NotBelieved => [.. Rules.Where(r => Decided(r) >= EnoughDecisions && r.Overruled * 2 > Decided(r))];

    /// <summary>Approvers who turn (nearly) nothing down and mostly decide within seconds.</summary>
    public IReadOnlyList<ApproverFigures> Hasty
        => [.. _figures.Approvers.Where(a => a.Approved + a.Rejected >= EnoughApprovals && a.Rejected * 50 <= a.Approved && a.WithinTenSeconds * 5 >= (a.Approved + a.Rejected) * 4)];

    /// <summary>Mail over time, by what the policy said of it.</summary>
    public ChartData Mail
    {
        get
        {
            long[] Row(Func<HourFigures, long> of) => [.. _bars.Select(b => b.Hours.Sum(of))];
            return new ChartData("mail", _tongue["Mail received, by verdict", "受け付けたメール（判定別）"], _tongue["Time", "時刻"], [.. _bars.Select(b => b.Label)],
            [
                new Series(_tongue["went as it was", "そのまま送信"], Row(h => Math.Max(0, h.Received - h.Individual - h.Held - h.Approval - h.Refused)), 0),
                new Series(_tongue["to each individually", "個別送信"], Row(h => h.Individual), 3),
                new Series(_tongue["held", "保留"], Row(h => h.Held), 1),
                new Series(_tongue["needs approval", "要承認"], Row(h => h.Approval), 4),
                new Series(_tongue["refused", "拒否"], Row(h => h.Refused), 2),
            ], _tongue, _tongue[$"{Received:N0} mails, {Stopped:N0} of them stopped or split up.", $"全{Received:N0}通、うち{Stopped:N0}通を止めたか個別に分けました。"]);
        }
    }

    /// <summary>Small lines beside the large numbers: mails received, and those stopped or split up. The chart of all mail has their figures as a table.</summary>
    public (ChartData Received, ChartData Stopped) Sparks
    {
        get
        {
            ChartData Make(string key, string title, int ink, Func<HourFigures, long> of)
                => new(key, title, _tongue["Time", "時刻"], [.. _bars.Select(b => b.Label)], [new Series(title, [.. _bars.Select(b => b.Hours.Sum(of))], ink)], _tongue);
            return (Make("spark-received", _tongue["Mails received over time", "受け付けたメールの推移"], 0, h => h.Received),
                Make("spark-stopped", _tongue["Mails stopped or split up over time", "止めたか個別に分けたメールの推移"], 1, h => h.Individual + h.Held + h.Approval + h.Refused));
        }
    }

    /// <summary>What arrived, by the time the mail was received.</summary>
    public ChartData Deliveries => new("deliveries", _tongue["What arrived", "配達の結果"], _tongue["Time received", "受け付けた時刻"], [.. _bars.Select(b => b.Label)],
    [
        new Series(_tongue["reached everybody", "全員に配達"], [.. _bars.Select(b => b.Hours.Sum(h => h.Delivered))], 0),
        new Series(_tongue["did not reach everybody", "一部または全部が不達"], [.. _bars.Select(b => b.Hours.Sum(h => h.Failed))], 2),
    ], _tongue, _tongue[$"{Delivered:N0} mails reached everybody, {Failed:N0} did not.", $"全員に届いたメール{Delivered:N0}通、届かなかった宛先のあるメール{Failed:N0}通。"]);

    /// <summary>What became of what each rule stopped.</summary>
    public ChartData Verdicts
    {
        get
        {
            var rules = Rules.Where(r => r.Stopped > 0).Take(MaxRules).ToList();
            return new ChartData("rules", _tongue["What each rule stopped, and what became of it", "規則が止めたメールとその結果"], _tongue["Rule", "規則"], [.. rules.Select(r => RuleTitles.Of(r.Rule, _tongue))],
            [
                new Series(_tongue["sent anyway", "そのまま送信"], [.. rules.Select(r => r.Overruled)], 1),
                new Series(_tongue["sent individually", "個別に送信"], [.. rules.Select(r => r.SentIndividually)], 3),
                new Series(_tongue["approved", "承認"], [.. rules.Select(r => r.Approved)], 0),
                new Series(_tongue["not sent", "送信中止"], [.. rules.Select(r => r.Cancelled + r.Rejected)], 2),
                new Series(_tongue["still waits", "待機中"], [.. rules.Select(r => r.StillWaiting)], 5),
                new Series(_tongue["without a decision", "判断なし"], [.. rules.Select(r => Math.Max(0, r.Stopped - r.Overruled - r.SentIndividually - r.Approved - r.Cancelled - r.Rejected - r.StillWaiting))], 4),
            ], _tongue);
        }
    }

    /// <summary>How long stopped mail waited for its decision.</summary>
    public ChartData Waiting
    {
        get
        {
            var steps = _figures.Waiting.UpTo;
            List<string> labels = [.. steps.Select(s => _tongue[$"≤ {Span(s.Seconds)}", $"{Span(s.Seconds)}以内"])];
            // The index says how many within each time; a bar shows those it adds to the one before.
            List<long> counts = [.. steps.Select((s, i) => Math.Max(0, s.Count - (i == 0 ? 0 : steps[i - 1].Count)))];
            if (steps.Count > 0)
            {
                labels.Add(_tongue["longer", "それ以上"]);
                counts.Add(_figures.Waiting.Longer);
            }

            return new ChartData("waiting", _tongue["How long decisions took", "判断までにかかった時間"], _tongue["Time", "時間"], labels, [new Series(_tongue["Decisions", "判断の数"], counts)], _tongue,
                Median is { } median ? _tongue[$"Half were decided within {median}.", $"半数は{median}以内に判断されました。"] : "");
        }
    }

    /// <summary>The median wait, or null before anything was decided.</summary>
    public string? Median => _figures.Waiting.UpTo.All(s => s.Count == 0) && _figures.Waiting.Longer == 0 ? null : Times.Span(TimeSpan.FromSeconds(Math.Min(_figures.Waiting.MedianSeconds, 1e9)), _tongue);

    // Whole units only: the steps of the histogram are round.
    private string Span(int seconds) => seconds switch
    {
        < 60 => _tongue[$"{seconds} s", $"{seconds}秒"],
        < 3600 => _tongue[$"{seconds / 60} min", $"{seconds / 60}分"],
        < 86400 => _tongue[$"{seconds / 3600} h", $"{seconds / 3600}時間"],
        _ => _tongue[$"{seconds / 86400} d", $"{seconds / 86400}日"],
    };

    private static (DateOnly Day, int Part) KeyOf(DateTimeOffset hour, DashboardSpan span)
    {
        var local = TimeZoneInfo.ConvertTime(hour, TimeZoneInfo.Local);
        return (DateOnly.FromDateTime(local.DateTime), local.Hour / span.HoursABar);
    }
}
