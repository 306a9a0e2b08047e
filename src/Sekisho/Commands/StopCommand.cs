using System.CommandLine;
using Sekisho.Gateway.Hold;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho stop</c>: the kill switch.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var sender = new Option<string>("--sender") { Description = "Whose mail.", HelpName = "ADDRESS", Required = true };
        var lift = new Option<bool>("--lift") { Description = "End the stop: new mail of this sender passes again. What was halted stays held until decided." };
        var who = new Option<string?>("--as") { Description = "Who gives the order. Without it: the administrator of this machine.", HelpName = "USER" };
        var data = CommandLine.DataOption();
        var command = new Command("stop", "Halt at once what a sender's mail has not left yet, and what he sends from now on. It is held, not lost: decide with 'sekisho held'.") { sender, lift, who, data };
        command.SetAction((result, cancel) => CommandLine.RunAsync(() => StopAsync(
            result.GetValue(sender)!, result.GetValue(lift), result.GetValue(who) ?? Entitlement.LocalAdministrator, result.GetValue(data)!, cancel)));
        return command;
    }

    private static async Task<int> StopAsync(string sender, bool lift, string who, string data, CancellationToken cancel)
    {
        if (!Mime.EmailAddress.TryParse(sender, out _))
        {
            throw new UsageException($"'{sender}' is not a mail address");
        }

        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            if (lift)
            {
                var lifted = await store.LiftStopAsync(sender, who, cancel).ConfigureAwait(false);
                Console.Out.WriteLine(lifted ? $"The stop for {sender} is lifted; what was halted waits in 'sekisho held'." : $"{sender} was not stopped.");
                return lifted ? CommandLine.Ok : CommandLine.Failed;
            }

            var halted = await store.StopAsync(sender, who, cancel).ConfigureAwait(false);
            Console.Out.WriteLine($"{sender} is stopped; {(halted == 1 ? "1 delivery was" : $"{halted:N0} deliveries were")} halted. End it with 'sekisho stop --sender {sender} --lift'.");
            return CommandLine.Ok;
        }
    }
}
