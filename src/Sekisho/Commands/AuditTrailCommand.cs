using System.CommandLine;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho audit-trail verify</c>.</summary>
internal static class AuditTrailCommand
{
    public static Command Create()
    {
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var verify = new Command("verify", "Recompute the hash chain over every event. Exit code 0: unbroken; 1: broken, with the first event that does not fit.") { data, json };
        verify.SetAction((result, cancel) => CommandLine.RunAsync(() => VerifyAsync(result.GetValue(data)!, result.GetValue(json), cancel)));
        return new Command("audit-trail", "The record of everything that was decided and sent.") { verify };
    }

    private static async Task<int> VerifyAsync(string data, bool asJson, CancellationToken cancel)
    {
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var result = await Progress.CountAsync("events", progress => store.VerifyAuditAsync(progress, cancel)).ConfigureAwait(false);
            if (asJson)
            {
                CommandLine.WriteJson(result);
            }
            else if (result.BrokenAt is { } broken)
            {
                Console.Error.WriteLine($"sekisho: the audit trail is broken at event {broken}: {result.Problem}");
            }
            else
            {
                Console.Out.WriteLine($"The audit trail is unbroken: {result.Events:N0} events, head {result.HeadHash}");
            }

            return result.BrokenAt is null ? CommandLine.Ok : CommandLine.Failed;
        }
    }
}
