using System.CommandLine;
using Sekisho.Gateway;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho check</c>: what the gateway would do with a message, without sending anything.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The message (.eml), or - for standard input." };
        var from = new Option<string?>("--from") { Description = "Envelope sender. Without it: the address in From.", HelpName = "ADDRESS" };
        var to = new Option<string[]>("--to") { Description = "Envelope recipient; may be given often. Without it: To and Cc of the message.", HelpName = "ADDRESS", AllowMultipleArgumentsPerToken = true };
        var data = new Option<string?>("--data", "-d") { Description = "Data directory of a gateway, for its history and configuration.", HelpName = "DIR" };
        var config = CommandLine.ConfigOption();
        var json = CommandLine.JsonOption();
        var command = new Command("check", "Show what the gateway would do with a message: findings and a verdict for each recipient. Exit code 0: all deliver; 1: something would be stopped or changed; 2: bad input.")
        {
            file, from, to, data, config, json,
        };
        command.SetAction((result, cancel) => CommandLine.RunAsync(() => CheckAsync(
            result.GetValue(file)!, result.GetValue(from), result.GetValue(to) ?? [], result.GetValue(data), result.GetValue(config), result.GetValue(json), cancel)));
        return command;
    }

    private static async Task<int> CheckAsync(string file, string? from, string[] to, string? data, string? configPath, bool asJson, CancellationToken cancel)
    {
        var config = new EffectiveConfig(CommandLine.LoadConfig(configPath, data), TimeProvider.System);
        var bytes = await ReadAsync(file, config.Config.Limits.MessageSize, cancel).ConfigureAwait(false);
        var message = MimeMessage.Parse(bytes);
        if (message.Headers.Count == 0)
        {
            throw new UsageException($"{file}: no mail header found; expected a message as sent (.eml)");
        }

        foreach (var given in to.Append(from ?? "").Where(a => a.Length > 0))
        {
            if (!EmailAddress.TryParse(given, out _))
            {
                throw new UsageException($"'{given}' is not a mail address");
            }
        }

        var (author, visible) = DraftCheck.EnvelopeOf(message, withBcc: false);
        var sender = from ?? author;
        var recipients = to.Length > 0 ? to : visible;
        if (recipients.Count == 0)
        {
            throw new UsageException($"{file}: no recipient in To or Cc; name them with --to");
        }

        var store = data is null ? null : await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        try
        {
            ICorrespondence correspondence = store is null ? new EmptyCorrespondence() : new StoreCorrespondence(store);
            using var room = new InspectionRoom(config.Config, TimeProvider.System);
            var input = new InspectionInput { Message = message, MailFrom = sender, Recipients = recipients, ReceivedAt = TimeProvider.System.GetUtcNow() };
            // The gateway's own bound: past it, what was not looked at is a finding.
            using var late = new CancellationTokenSource(config.Config.Limits.InspectionTime);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            var answer = DraftCheck.Look(room.Engine, correspondence, new RecentMail(), config, bytes, input, stop.Token);
            if (asJson)
            {
                CommandLine.WriteJson(answer);
            }
            else
            {
                WriteText(answer);
            }

            return answer.Verdicts.All(v => v.Action == "deliver") ? CommandLine.Ok : CommandLine.Failed;
        }
        finally
        {
            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<byte[]> ReadAsync(string file, long limit, CancellationToken cancel)
    {
        if (file == "-")
        {
            using var input = Console.OpenStandardInput();
            using var buffer = new MemoryStream();
            await input.CopyToAsync(buffer, cancel).ConfigureAwait(false);
            return buffer.ToArray();
        }

        if (Directory.Exists(file) || !File.Exists(file))
        {
            throw new UsageException($"{file}: {(Directory.Exists(file) ? "is a directory; expected a message file" : "no such file")}");
        }

        if (new FileInfo(file).Length > limit)
        {
            throw new UsageException($"{file}: larger than the gateway takes ({limit:N0} bytes)");
        }

        try
        {
            return await File.ReadAllBytesAsync(file, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file}: cannot be read: {e.Message}");
        }
    }

    private static void WriteText(CheckAnswer answer)
    {
        foreach (var finding in answer.Findings)
        {
            Console.Out.WriteLine($"{finding.Severity,-8} {finding.Rule}");
            Console.Out.WriteLine($"         {finding.Summary.En}");
            Console.Out.WriteLine($"         {finding.Summary.Ja}");
            foreach (var line in finding.Evidence)
            {
                Console.Out.WriteLine($"           {line}");
            }
        }

        if (answer.Findings.Count == 0)
        {
            Console.Out.WriteLine("Nothing was found.");
        }

        Console.Out.WriteLine();
        foreach (var group in answer.Verdicts.GroupBy(v => (v.Action, Rules: string.Join(", ", v.Rules))))
        {
            var because = group.Key.Rules.Length == 0 ? "" : $" ({group.Key.Rules})";
            Console.Out.WriteLine($"{group.Key.Action}{because}: {Names([.. group.Select(v => v.Recipient)])}");
        }
    }

    private static string Names(List<string> recipients)
        => recipients.Count <= 10 ? string.Join(", ", recipients) : $"{string.Join(", ", recipients.Take(10))} and {recipients.Count - 10:N0} more";
}
