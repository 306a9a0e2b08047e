using System.CommandLine;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho status</c>: is it running, and what is waiting.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var command = new Command("status", "Whether the gateway runs, and how much mail is where. Exit code 1 when it does not run.") { data, json };
        command.SetAction((result, cancel) => CommandLine.RunAsync(() => StatusAsync(result.GetValue(data)!, result.GetValue(json), cancel)));
        return command;
    }

    private static async Task<int> StatusAsync(string data, bool asJson, CancellationToken cancel)
    {
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var counts = await store.CountsAsync(cancel).ConfigureAwait(false);
            var stops = await store.StopsAsync(cancel).ConfigureAwait(false);
            var run = RunFile.Read(data);
            var running = run?.IsRunning() == true;
            if (asJson)
            {
                CommandLine.WriteJson(new
                {
                    Running = running,
                    Pid = running ? run!.Pid : (int?)null,
                    Smtp = running ? run!.Smtp : null,
                    Http = running ? run!.Http : null,
                    counts.Submissions,
                    counts.Inspecting,
                    counts.Ready,
                    counts.Held,
                    counts.Approval,
                    counts.Refused,
                    counts.Delivered,
                    counts.Bounced,
                    counts.Cancelled,
                    counts.Expired,
                    counts.PossibleDuplicates,
                    counts.OldestReady,
                    counts.Gatherings,
                    counts.SchemaVersion,
                    FreeBytes = store.Spool.FreeBytes,
                    Stopped = stops.Select(s => new { s.Sender, s.By, s.Since }),
                });
                return running ? CommandLine.Ok : CommandLine.Failed;
            }

            Console.Out.WriteLine(running ? $"running    pid {run!.Pid}, smtp {run.Smtp}, console http://{run.Http}" : "not running");
            Console.Out.WriteLine($"accepted   {counts.Submissions:N0}");
            Console.Out.WriteLine($"inspecting {counts.Inspecting:N0}");
            Console.Out.WriteLine($"on the way {counts.Ready:N0}{(counts.OldestReady is { } oldest ? $", oldest since {oldest:yyyy-MM-dd HH:mm}Z" : "")}");
            Console.Out.WriteLine($"waiting    {counts.Held:N0} for the sender, {counts.Approval:N0} for approval, {counts.Refused:N0} refused");
            Console.Out.WriteLine($"done       {counts.Delivered:N0} delivered, {counts.Bounced:N0} bounced, {counts.Expired:N0} expired, {counts.Cancelled:N0} cancelled, {counts.PossibleDuplicates:N0} possible duplicates");
            Console.Out.WriteLine($"disk       {store.Spool.FreeBytes / (1024 * 1024):N0} MB free");
            foreach (var stop in stops)
            {
                Console.Out.WriteLine($"stopped    {stop.Sender}, by {stop.By} since {stop.Since:yyyy-MM-dd HH:mm}Z");
            }

            return running ? CommandLine.Ok : CommandLine.Failed;
        }
    }
}
