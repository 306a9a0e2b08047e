using System.CommandLine;
using Sekisho.Gateway;
using Sekisho.Gateway.Administration;
using Sekisho.Gateway.Inspect;
using Sekisho.Policy;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho policy what-if</c>: what a changed policy would have made of stored mail.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The changed configuration file." };
        var days = new Option<int>("--days") { Description = "Days of stored mail to look at.", DefaultValueFactory = _ => 30, HelpName = "N" };
        var config = CommandLine.ConfigOption();
        config.Description = "The configuration to compare with. Without it: the one in force.";
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var whatIf = new Command("what-if", "Show which stored mail a changed policy would have stopped, or no longer stopped. Changes nothing. Exit code 0: no mail would have fared otherwise; 1: some would; 2: bad input.")
        {
            file, days, config, data, json,
        };
        whatIf.SetAction((result, cancel) => CommandLine.RunAsync(() => WhatIfAsync(
            result.GetValue(file)!, result.GetValue(days), result.GetValue(config), result.GetValue(data)!, result.GetValue(json), cancel)));
        return new Command("policy", "Try a changed policy.") { whatIf };
    }

    private static async Task<int> WhatIfAsync(string file, int days, string? configPath, string data, bool asJson, CancellationToken cancel)
    {
        if (days is < 1 or > 3650)
        {
            throw new UsageException($"--days {days}: expected 1 to 3650");
        }

        var after = new EffectiveConfig(CommandLine.LoadConfig(file, data: null), TimeProvider.System);
        var before = new EffectiveConfig(CommandLine.LoadConfig(configPath, data), TimeProvider.System);
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            using var room = new InspectionRoom(before.Config, TimeProvider.System);
            var what = new WhatIf(store, room, TimeProvider.System, () => false);
            var result = await Progress.CountAsync("mails", progress => what.RunAsync(before, after, TimeSpan.FromDays(days), progress is null ? null : new Counter(progress), cancel)).ConfigureAwait(false);
            if (asJson)
            {
                CommandLine.WriteJson(result);
            }
            else
            {
                await WriteAsync(result, store, cancel).ConfigureAwait(false);
            }

            return result.Newly + result.NoLonger + result.Otherwise == 0 ? CommandLine.Ok : CommandLine.Failed;
        }
    }

    private static async Task WriteAsync(WhatIfResult result, Storage.IStore store, CancellationToken cancel)
    {
        Console.Out.WriteLine($"{result.Mails:N0} mails from {result.From:yyyy-MM-dd} to {result.Until:yyyy-MM-dd}");
        Console.Out.WriteLine($"stopped: {result.StoppedBefore:N0} in force, {result.StoppedAfter:N0} changed ({result.PerThousandBefore:0.0} and {result.PerThousandAfter:0.0} of 1,000)");
        foreach (var rule in result.Rules)
        {
            Console.Out.WriteLine($"  {rule.Rule}: {rule.Newly:N0} newly, {rule.NoLonger:N0} no longer, {rule.Otherwise:N0} otherwise");
        }

        foreach (var (words, count, mails) in new[]
        {
            ("would have stopped", result.Newly, result.NewlyMails),
            ("would no longer have stopped", result.NoLonger, result.NoLongerMails),
            ("would have handled otherwise", result.Otherwise, result.OtherwiseMails),
        })
        {
            if (count == 0)
            {
                continue;
            }

            Console.Out.WriteLine();
            Console.Out.WriteLine($"{words} {count:N0}{(count > mails.Count ? $", the newest {mails.Count}" : "")}:");
            foreach (var mail in mails.Reverse())
            {
                var found = await store.FindSubmissionAsync(mail.Submission, cancel).ConfigureAwait(false);
                Console.Out.WriteLine($"  {mail.Submission} {found?.Submission.ReceivedAt:yyyy-MM-dd HH:mm}Z {mail.Before.ToString().ToLowerInvariant()} -> {mail.After.ToString().ToLowerInvariant()} ({string.Join(", ", mail.Rules)}) {Terminal.Clean(found?.Submission.Subject ?? "")}");
            }
        }

        if (result.NotJudged > 0)
        {
            Console.Out.WriteLine($"{result.NotJudged:N0} mails were not judged: who is inside, or who belongs together, changes for them, and who knew whom then is not kept.");
        }

        if (result.Bodiless > 0)
        {
            Console.Out.WriteLine($"{result.Bodiless:N0} mails are no longer kept in full: changed words, file names, companies and lists could not be looked for in them.");
        }
    }

    private sealed class Counter(IProgress<long> mails) : IProgress<WhatIfProgress>
    {
        public void Report(WhatIfProgress value) => mails.Report(value.Mails);
    }
}
