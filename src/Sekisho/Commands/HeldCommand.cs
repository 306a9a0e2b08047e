using System.CommandLine;
using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Notify;
using Sekisho.Pages.Mails;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho held</c>: what waits, and the decisions on it; works beside a running gateway and without one.</summary>
internal static class HeldCommand
{
    public static Command Create()
    {
        var data = CommandLine.DataOption();
        var config = CommandLine.ConfigOption();
        var who = new Option<string?>("--as") { Description = "Decide as this person. Without it: as the administrator of this machine.", HelpName = "USER" };
        var json = CommandLine.JsonOption();
        foreach (var option in new Option[] { data, config, who, json })
        {
            option.Recursive = true;
        }

        var command = new Command("held", "List mail that waits, look at it, and decide. Decisions are recorded; a running gateway acts on them at once.") { data, config, who, json };
        Task<int> List(ParseResult result, CancellationToken cancel)
            => CommandLine.RunAsync(() => ListAsync(result.GetValue(data)!, result.GetValue(json), cancel));
        command.SetAction(List);
        var list = new Command("list", "What waits, oldest first.");
        list.SetAction(List);
        command.Add(list);
        command.Add(Show(data, json));
        var individually = new Option<bool>("--individually") { Description = "Each outside recipient gets a copy addressed to him alone." };
        var remove = Addresses("--remove", "Strike these recipients off: they get nothing, and no copy names them.");
        var keep = Addresses("--keep", "These recipients go on waiting; the decision holds for the others.");
        var only = Addresses("--only", "Take it back for these recipients alone; the others go on waiting.");
        var standsFor = new Option<string?>("--for") { Description = "The approver you stand in for.", HelpName = "APPROVER" };
        command.Add(Decide("release", "Let held mail go (the sender, or an administrator).", r => r.GetValue(individually) ? DecisionKind.ReleaseIndividually : DecisionKind.Release, individually, remove, keep));
        command.Add(Decide("cancel", "Take waiting mail back; nobody gets it.", _ => DecisionKind.Cancel, only));
        command.Add(Decide("approve", "Let mail go that waits for approval (an approver, never the sender).", _ => DecisionKind.Approve, standsFor, remove, keep));
        command.Add(Decide("reject", "Turn down mail that waits for approval.", _ => DecisionKind.Reject, standsFor));
        return command;

        static Option<string[]> Addresses(string name, string description)
            => new(name) { Description = description, HelpName = "ADDRESS", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };

        Command Decide(string name, string description, Func<ParseResult, DecisionKind> kind, params Option[] options)
        {
            var ids = new Argument<string[]>("ID") { Description = "Number from the list, or a submission's name (all that waits of it).", Arity = ArgumentArity.OneOrMore };
            T? Given<T>(ParseResult result, Option<T> option) => options.Contains(option) ? result.GetValue(option) : default;
            var reason = new Option<string?>("--reason") { Description = "Recorded with the decision and told to the sender.", HelpName = "TEXT", Required = name == "reject" };
            var digest = new Option<string?>("--digest") { Description = "Decide only if the mail is still the one that 'list --json' or 'show --json' showed under this digest.", HelpName = "HEX" };
            var sub = new Command(name, description) { ids, reason, digest };
            foreach (var option in options)
            {
                sub.Add(option);
            }

            sub.SetAction((result, cancel) => CommandLine.RunAsync(() => DecideAsync(
                result.GetValue(data)!, result.GetValue(config), result.GetValue(ids)!,
                new HeldWish(kind(result), result.GetValue(who) ?? Entitlement.LocalAdministrator)
                {
                    Reason = result.GetValue(reason),
                    Digest = result.GetValue(digest),
                    StandsFor = Given(result, standsFor),
                    Remove = Given(result, remove) ?? [],
                    Keep = Given(result, keep) ?? [],
                    Only = Given(result, only) ?? [],
                },
                result.GetValue(json), cancel)));
            return sub;
        }
    }

    private static Command Show(Option<string> data, Option<bool> json)
    {
        var id = new Argument<string>("ID") { Description = "Number from the list, or a submission's name." };
        var show = new Command("show", "One waiting mail: why it waits, for whom, and what happened so far.") { id };
        show.SetAction((result, cancel) => CommandLine.RunAsync(() => ShowAsync(result.GetValue(data)!, result.GetValue(id)!, result.GetValue(json), cancel)));
        return show;
    }

    private static async Task<int> ListAsync(string data, bool asJson, CancellationToken cancel)
    {
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var held = await store.HeldAsync(cancel).ConfigureAwait(false);
            if (asJson)
            {
                CommandLine.WriteJson(held.Select(ItemJson));
                return CommandLine.Ok;
            }

            if (held.Count == 0)
            {
                Console.Out.WriteLine("Nothing waits.");
                return CommandLine.Ok;
            }

            foreach (var one in held)
            {
                Console.Out.WriteLine($"{one.Id}  {HeldWords.Waits(one)}  {one.Since:yyyy-MM-dd HH:mm}Z  from {Terminal.Clean(one.Sender)}  to {Recipients(one.Recipients)}");
                Console.Out.WriteLine($"    {Terminal.Clean(one.Subject)}");
                foreach (var line in HeldWords.Terms(one))
                {
                    Console.Out.WriteLine("    " + line);
                }

                foreach (var finding in one.Findings.Where(f => one.Rules.Contains(f.Rule)))
                {
                    Console.Out.WriteLine($"    {finding.Rule}: {finding.Summary.En}");
                }
            }

            return CommandLine.Ok;
        }
    }

    private static async Task<int> ShowAsync(string data, string id, bool asJson, CancellationToken cancel)
    {
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var held = Find(await store.HeldAsync(cancel).ConfigureAwait(false), id);
            var detail = await LookUpAsync(store, held.Count > 0 ? held[0].Submission : id, cancel).ConfigureAwait(false)
                ?? throw new UsageException($"{id}: nothing like it is known (see 'sekisho held list')");
            if (asJson)
            {
                CommandLine.WriteJson(new
                {
                    Submission = detail.Submission.Id,
                    Sender = detail.Submission.MailFrom,
                    detail.Submission.Subject,
                    detail.Submission.Size,
                    detail.Submission.Digest,
                    detail.Submission.ReceivedAt,
                    Waiting = held.Select(ItemJson),
                    Findings = detail.Findings.Select(FindingJson.Of),
                    Recipients = detail.Recipients.Select(r => new { r.Address, State = Lower(r.State), Action = Lower(r.Action), Copy = Lower(r.Copy), Outcome = Lower(r.Outcome), r.LastReply, r.Attempts, r.PossibleDuplicate }),
                    Events = detail.Events.Select(e => new { e.Number, e.At, e.Kind, e.By, e.Delivery, Detail = e.DetailJson }),
                });
                return CommandLine.Ok;
            }

            ShowText(detail, held);
            return CommandLine.Ok;
        }
    }

    private static void ShowText(SubmissionDetail detail, IReadOnlyList<HeldDelivery> held)
    {
        var submission = detail.Submission;
        Console.Out.WriteLine($"Submission {submission.Id}, received {submission.ReceivedAt:yyyy-MM-dd HH:mm:ss}Z, {submission.Size:N0} bytes");
        Console.Out.WriteLine($"From       {Terminal.Clean(submission.MailFrom)}");
        Console.Out.WriteLine($"Subject    {Terminal.Clean(submission.Subject)}");
        foreach (var finding in detail.Findings)
        {
            Console.Out.WriteLine($"\n{finding.Rule} ({Lower(finding.Severity)})\n  {finding.Summary.En}\n  {finding.Summary.Ja}");
            foreach (var line in finding.Evidence)
            {
                Console.Out.WriteLine($"    {Terminal.Clean(line)}");
            }
        }

        Console.Out.WriteLine();
        foreach (var group in detail.Recipients.GroupBy(r => (r.State, r.Outcome, r.Copy, r.DeliveryId)))
        {
            var (state, outcome, copy, delivery) = group.Key;
            var words = state == DeliveryState.Done ? Lower(outcome) : Lower(state);
            Console.Out.WriteLine($"{delivery}  {words}{(copy == CopyKind.Individual ? ", individual copy" : "")}: {Recipients([.. group.Select(r => r.Address)])}");
            if (group.First().LastReply is { } reply)
            {
                Console.Out.WriteLine($"    {Terminal.Clean(reply)}");
            }
        }

        foreach (var one in held)
        {
            Console.Out.WriteLine($"\n{one.Id} {HeldWords.Waits(one)}: {HeldWords.Choices(one)}");
            foreach (var line in HeldWords.Terms(one))
            {
                Console.Out.WriteLine("    " + line);
            }
        }
    }

    private static async Task<int> DecideAsync(string data, string? configPath, string[] ids, HeldWish wish, bool asJson, CancellationToken cancel)
    {
        var file = CommandLine.LoadConfig(configPath, data);
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var config = new EffectiveConfig(file, TimeProvider.System, await store.Accounts.AccountsAsync(cancel).ConfigureAwait(false));
            var notes = new NoteDesk(RealCases.For)
            {
                ConsoleAddress = file.Console.Port == 0 ? null : $"http://{file.Console}",
                Signer = await LinkSigner.OpenAsync(store.Accounts, cancel).ConfigureAwait(false),
            };
            var desk = new DecisionDesk(store, () => config, notes, TimeProvider.System, local: true);
            var answers = new List<object>();
            var failed = false;
            foreach (var id in ids)
            {
                var found = Find(await store.HeldAsync(cancel).ConfigureAwait(false), id);
                if (found.Count == 0)
                {
                    // Not waiting any more, or never heard of: the first is an answer, the second a mistyped name.
                    var detail = await LookUpAsync(store, id, cancel).ConfigureAwait(false) ?? throw new UsageException($"{id}: nothing like it waits (see 'sekisho held list')");
                    await Console.Error.WriteLineAsync($"{id}: {Fate(detail)}").ConfigureAwait(false);
                    failed = true;
                }

                foreach (var held in found)
                {
                    var answer = await desk.DecideAsync(wish.On(held), cancel).ConfigureAwait(false);
                    failed |= !answer.Done;
                    answers.Add(new { Id = held.Id.ToString(), held.Submission, answer.Done, answer.Message });
                    if (!asJson)
                    {
                        await (answer.Done ? Console.Out : Console.Error).WriteLineAsync(answer.Message).ConfigureAwait(false);
                    }
                }
            }

            if (asJson)
            {
                CommandLine.WriteJson(answers);
            }

            return failed ? CommandLine.Failed : CommandLine.Ok;
        }
    }

    private static async Task<SubmissionDetail?> LookUpAsync(IStore store, string id, CancellationToken cancel)
    {
        var submission = long.TryParse(id, out var number) ? await store.SubmissionOfAsync(number, cancel).ConfigureAwait(false) : null;
        return await store.FindSubmissionAsync(submission ?? id, cancel).ConfigureAwait(false);
    }

    /// <summary>What already happened, for who comes second.</summary>
    private static string Fate(SubmissionDetail detail)
    {
        var decision = detail.Events.LastOrDefault(e => e.Kind == "decided");
        var who = decision is null ? "it does not wait" : $"it was already decided by {Terminal.Clean(decision.By)} at {decision.At:yyyy-MM-dd HH:mm:ss}Z";
        var outcomes = detail.Recipients.GroupBy(r => r.State == DeliveryState.Done ? Lower(r.Outcome) : Lower(r.State)).Select(g => $"{g.Count():N0} {g.Key}");
        return $"{who}; recipients: {string.Join(", ", outcomes)}";
    }

    private static IReadOnlyList<HeldDelivery> Find(IReadOnlyList<HeldDelivery> held, string id)
        => HeldSelection.TryFind(held, id, out var found) ? found
            : throw new UsageException($"{id}: {found.Select(h => h.Submission).Distinct().Count()} waiting mails begin so; name one in full (see 'sekisho held list')");

    private static object ItemJson(HeldDelivery one) => new
    {
        Id = one.Id.ToString(),
        one.Submission,
        one.Sender,
        one.Subject,
        one.Recipients,
        Action = Lower(one.Action),
        one.Rules,
        one.Since,
        one.Until,
        one.Approvers,
        one.Stopped,
        Digest = one.DecisionDigest,
        one.Terms.Needed,
        Votes = one.Votes.Select(v => new { v.By, v.For, v.At }),
        one.Deadline,
        AtDeadline = Lower(one.Terms.Then),
        one.Escalated,
    };

    private static string Recipients(IReadOnlyList<string> recipients)
        => recipients.Count <= 3 ? string.Join(", ", recipients.Select(Terminal.Clean)) : $"{Terminal.Clean(recipients[0])} and {recipients.Count - 1:N0} more";

    private static string Lower<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();
}
