using System.CommandLine;
using System.Security.Cryptography;
using Sekisho.Gateway;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
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
        var config = new EffectiveConfig(CommandLine.LoadConfig(configPath, data));
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

        var sender = from ?? message.Headers.Addresses("From").Mailboxes.FirstOrDefault(m => m.Address is not null)?.Address?.ToString() ?? "";
        IReadOnlyList<string> recipients = to.Length > 0 ? to : Visible(message);
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
            var result = room.Engine.Inspect(input, config.Organisation.ForSender(sender), correspondence, new RecentMail(), config.Config.Policy.Settings, stop.Token);
            var decision = config.Config.Policy.Decide(result, input);
            if (asJson)
            {
                WriteJson(result, decision, sender, bytes);
            }
            else
            {
                WriteText(result, decision);
            }

            return decision.Verdicts.All(v => v.Action == PolicyAction.Deliver) ? CommandLine.Ok : CommandLine.Failed;
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

    private static List<string> Visible(MimeMessage message)
        => [.. message.Headers.Addresses("To").Mailboxes.Concat(message.Headers.Addresses("Cc").Mailboxes)
            .Where(m => m.Address is not null).Select(m => m.Address!.ToString()).Distinct(StringComparer.Ordinal)];

    private static void WriteJson(InspectionResult result, PolicyDecision decision, string sender, byte[] bytes) => CommandLine.WriteJson(new
    {
        Message = new { From = sender, result.Facts.Subject, Size = bytes.Length, Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)) },
        Findings = result.Findings.Select(FindingJson.Of),
        Verdicts = decision.Verdicts.Select(v => new { v.Recipient, Action = v.Action.ToString().ToLowerInvariant(), v.Rules }),
    });

    private static void WriteText(InspectionResult result, PolicyDecision decision)
    {
        foreach (var finding in result.Findings)
        {
            Console.Out.WriteLine($"{finding.Severity.ToString().ToLowerInvariant(),-8} {finding.Rule}");
            Console.Out.WriteLine($"         {finding.Summary.En}");
            Console.Out.WriteLine($"         {finding.Summary.Ja}");
            foreach (var line in finding.Evidence)
            {
                Console.Out.WriteLine($"           {line}");
            }
        }

        if (result.Findings.Count == 0)
        {
            Console.Out.WriteLine("Nothing was found.");
        }

        Console.Out.WriteLine();
        foreach (var group in decision.Verdicts.GroupBy(v => (v.Action, Rules: string.Join(", ", v.Rules))))
        {
            var because = group.Key.Rules.Length == 0 ? "" : $" ({group.Key.Rules})";
            Console.Out.WriteLine($"{group.Key.Action.ToString().ToLowerInvariant()}{because}: {Names([.. group.Select(v => v.Recipient)])}");
        }
    }

    private static string Names(List<string> recipients)
        => recipients.Count <= 10 ? string.Join(", ", recipients) : $"{string.Join(", ", recipients.Take(10))} and {recipients.Count - 10:N0} more";
}

/// <summary>A finding in the JSON form that every command answers in.</summary>
internal sealed record FindingJson(string Rule, string Severity, Summary Summary, IReadOnlyList<string> Evidence, IReadOnlyList<string> Recipients, int? Persons)
{
    public static FindingJson Of(Finding finding)
        => new(finding.Rule, finding.Severity.ToString().ToLowerInvariant(), finding.Summary, finding.Evidence, finding.Recipients, finding.Persons);
}
