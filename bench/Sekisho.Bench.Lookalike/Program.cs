using System.Globalization;
using System.Text.Json;
using Sekisho.Bench.Lookalike;
using Sekisho.Bench.WrongRecipient;
using Sekisho.Inspection;

var paths = args.Where(File.Exists).ToList();
if (paths.Count == 0)
{
    Console.Error.WriteLine("usage: bench/lookalike MBOX... [--list] [--json] [--budgets] [--curves] [--inside DOMAIN] [--seed N]");
    return 2;
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
var seed = int.TryParse(Option("--seed"), CultureInfo.InvariantCulture, out var given) ? given : 1;
var mails = MailSet.Read(paths, Option("--inside"), _ => { }, out var organisation);

if (args.Contains("--budgets") || args.Contains("--curves"))
{
    var budgets = Budgets.Run(mails, organisation, seed);
    if (args.Contains("--curves"))
        budgets.Save(mails);
    Console.WriteLine(budgets.Markdown());
    return 0;
}

// Whoever is asked and sends the mail as it is teaches that the address is right; the second run asks again and again, as an audit of past mail does.
var asked = Growing.Run(mails, organisation, releaseTeaches: true);
var strict = Growing.Run(mails, organisation, releaseTeaches: false);
var slips = SlipMaker.Make(mails, organisation, seed);
var caught = slips.GroupBy(s => s.Kind).Select(g => (Kind: g.Key, All: g.ToList())).Select(g => (
    g.Kind, Slips: g.All.Count, Held: g.All.Count(s => asked.Judge(s, organisation) >= Severity.High), Noted: g.All.Count(s => asked.Judge(s, organisation) is not null))).ToList();

if (args.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        mails = mails.Count, outside = asked.Outside, held = asked.Held.Count, heldWithoutLearning = strict.Held.Count, noted = asked.Noted, firstTime = asked.FirstTime, longSilent = asked.Silent,
        slips = caught.ToDictionary(c => c.Kind, c => new { slips = c.Slips, held = c.Held, noted = c.Noted }),
    }));
    return 0;
}

Console.WriteLine($"{mails.Count:N0} mails, {asked.Outside:N0} to outside. Held: {asked.Held.Count} ({100.0 * asked.Held.Count / asked.Outside:0.00} %); if nobody's decision taught anything {strict.Held.Count} ({100.0 * strict.Held.Count / asked.Outside:0.00} %).");
Console.WriteLine($"Only noted: {asked.Noted:N0}. First mail to somebody: {asked.FirstTime:N0}; after more than a year of silence: {asked.Silent:N0}; new to the sender alone: {asked.NewToSender:N0}.");
if (args.Contains("--list"))
{
    foreach (var line in asked.Held)
        Console.WriteLine("  held   " + line);
    foreach (var line in asked.Notes)
        Console.WriteLine("  noted  " + line);
}

Console.WriteLine();
Console.WriteLine("| slip on a known address | slips | held | held or noted |");
Console.WriteLine("|---|---|---|---|");
foreach (var (kind, count, held, noted) in caught)
    Console.WriteLine($"| {kind} | {count:N0} | {100.0 * held / count:0} % | {100.0 * noted / count:0} % |");
return 0;
