using System.CommandLine;
using System.Globalization;
using Sekisho.Gateway.Hold;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho correspondence</c>: what is known of who writes with whom, told and forgotten on request.</summary>
internal static class CorrespondenceCommand
{
    private const string LookedAt = "correspondence-shown";

    public static Command Create() => new("correspondence", "What is known of who writes with whom: show what is kept about an address, forget it. Works beside a running gateway.")
    {
        Show(),
        Forget(),
        Stats(),
    };

    private static Command Show()
    {
        var (address, data, json, who) = (Whom("ADDRESS"), CommandLine.DataOption(), CommandLine.JsonOption(), WhoOption());
        var command = new Command("show", "Show everything known about an address, or (as @organisation) about an organisation. Recorded in the audit trail, without the address.") { address, data, json, who };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async store =>
        {
            var key = KeyOf(result.GetValue(address)!);
            var known = await store.ShowAddressAsync(key, cancel).ConfigureAwait(false);
            await store.AppendAuditAsync(LookedAt, result.GetValue(who) ?? Entitlement.LocalAdministrator, $$"""{"found":{{(known is null ? "false" : "true")}}}""", cancel).ConfigureAwait(false);
            if (result.GetValue(json))
            {
                CommandLine.WriteJson(known is null ? new KnownJson(key, false, null) : new KnownJson(key, true, known));
                return known is null ? CommandLine.Failed : CommandLine.Ok;
            }

            if (known is null)
            {
                Console.Out.WriteLine($"{Terminal.Clean(key)} is not known.");
                return CommandLine.Failed;
            }

            Print(known);
            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Forget()
    {
        var (address, data, json, who) = (Whom("ADDRESS|@DOMAIN"), CommandLine.DataOption(), CommandLine.JsonOption(), WhoOption());
        var yes = new Option<bool>("--yes") { Description = "Do not ask whether you are sure." };
        var command = new Command("forget", "Forget an address, or everybody of a domain and of those below it: names, counts, and their part in gatherings and threads. The mails themselves and the audit trail stay.") { address, yes, data, json, who };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async store =>
        {
            var asked = result.GetValue(address)!;
            var what = asked.StartsWith('@') ? DomainOf(asked) : KeyOf(asked);
            if (!result.GetValue(yes) && !Sure(what))
            {
                Console.Error.WriteLine("Nothing was forgotten.");
                return CommandLine.Failed;
            }

            var count = await store.ForgetAsync(what, result.GetValue(who) ?? Entitlement.LocalAdministrator, cancel).ConfigureAwait(false);
            if (result.GetValue(json))
            {
                CommandLine.WriteJson(new { Forgotten = count });
            }
            else
            {
                Console.Out.WriteLine(count switch { 0 => $"{Terminal.Clean(what)} was not known.", 1 => "1 address is forgotten.", _ => $"{count:N0} addresses are forgotten." });
            }

            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Command Stats()
    {
        var (data, json) = (CommandLine.DataOption(), CommandLine.JsonOption());
        var command = new Command("stats", "How much is known.") { data, json };
        command.SetAction((result, cancel) => WithAsync(result.GetValue(data)!, async store =>
        {
            var stats = await store.CorrespondenceStatsAsync(cancel).ConfigureAwait(false);
            if (result.GetValue(json))
            {
                CommandLine.WriteJson(stats);
                return CommandLine.Ok;
            }

            Console.Out.WriteLine($"{stats.Mails:N0} mails learnt from; {stats.People:N0} people and {stats.Organisations:N0} organisations in {stats.Gatherings:N0} gatherings, {stats.Contacts:N0} pairs of writer and reader, {stats.Threads:N0} threads");
            Console.Out.WriteLine($"addresses: {(stats.Form == AddressForm.Hashed ? stats.Changing ? "being hashed" : "hashed" : "in clear")}{(stats.OldestAt is { } oldest ? $"; the longest unseen: {Day(oldest)}" : "")}");
            if (stats.Forgetting > 0)
            {
                Console.Out.WriteLine($"{stats.Forgetting:N0} forgotten, their part in gatherings still being removed");
            }

            return CommandLine.Ok;
        }, cancel));
        return command;
    }

    private static Argument<string> Whom(string name) => new("address") { Description = "A mail address, or @ and a domain.", HelpName = name };

    private static Option<string?> WhoOption() => new("--as") { Description = "Who asks. Without it: the administrator of this machine.", HelpName = "USER" };

    private static string KeyOf(string address)
        => address.StartsWith('@') ? DomainOf(address) : EmailAddress.TryParse(address, out var parsed) ? parsed.Key : throw new UsageException($"'{Terminal.Clean(address)}' is not a mail address");

    /// <summary>As a domain is kept: in lower case, in ASCII. Partners' groups are named as <c>show</c> prints them.</summary>
    private static string DomainOf(string text)
    {
        var group = text.LastIndexOf(':');
        return EmailAddress.TryParse("x@" + text[(group < 0 ? 1 : group + 1)..], out var parsed)
            ? ICorrespondence.OrganisationKey(group < 0 ? parsed.Domain : string.Concat(text.AsSpan(1, group), parsed.Domain))
            : throw new UsageException($"'{Terminal.Clean(text)}' is no domain; expected one like @example.com");
    }

    private static bool Sure(string what)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException("nobody is there to confirm it: say --yes");
        }

        Console.Error.Write($"Forget {Terminal.Clean(what)}? This cannot be taken back. [y/N] ");
        return Console.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static void Print(KnownAddress known)
    {
        Console.Out.WriteLine($"{Terminal.Clean(known.Key)}: seen from {Day(known.FirstAt)} to {Day(known.LastAt)}, {known.Mails:N0} mail{(known.Mails == 1 ? "" : "s")} got, {known.Written:N0} written{(known.Hashed ? " (kept as a hash)" : "")}");
        if (known.Names.Count > 0)
        {
            Console.Out.WriteLine("names: " + string.Join(", ", known.Names.Select(n => $"{Terminal.Clean(n.Name)} ({n.Times:N0})")));
        }

        List("written to by", known.From);
        List("wrote to", known.To);
        if (known.GatheringCount > 0)
        {
            Console.Out.WriteLine($"in {known.GatheringCount:N0} gatherings{(known.Gatherings.Count < known.GatheringCount ? $", the latest {known.Gatherings.Count:N0}" : "")}:");
            foreach (var set in known.Gatherings)
            {
                Console.Out.WriteLine($"  {Day(set.LastAt)}  {set.Times,4:N0} mails  {set.Size,5:N0} people  {Terminal.Clean(string.Join(", ", set.People))}{(set.People.Count < set.Size && set.People.Count > 0 ? ", …" : "")}");
            }
        }
    }

    private static void List(string title, IReadOnlyList<KnownHabit> habits)
    {
        if (habits.Count == 0)
        {
            return;
        }

        Console.Out.WriteLine(title + (habits.Count == KnownAddress.Most ? $" (the {KnownAddress.Most} most)" : "") + ":");
        foreach (var habit in habits)
        {
            Console.Out.WriteLine($"  {habit.Mails,6:N0}  {Day(habit.LastAt)}  {Terminal.Clean(habit.Key ?? "(hashed)")}");
        }
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<int> WithAsync(string data, Func<IStore, Task<int>> body, CancellationToken cancel) => CommandLine.RunAsync(async () =>
    {
        var store = await CommandLine.OpenStoreAsync(data, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            return await body(store).ConfigureAwait(false);
        }
    });

    private sealed record KnownJson(string Address, bool Found, KnownAddress? Known);
}
