using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sekisho.Bench.WrongRecipient;
using Sekisho.Inspection;

// Planted wrong recipients found in sent mail: see docs/accuracy.md.
if (Options.Read(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var clock = Stopwatch.StartNew();
var progress = !Console.IsErrorRedirected;
void Say(string text)
{
    if (progress)
        Console.Error.Write($"\r\e[K{text}");
}

var mails = MailSet.Read(options.Paths, options.Inside, Say, out var organisation);
var users = User.Of(mails);
var model = options.Train ? Trainer.Train(mails, users, organisation, options.Seed, Say) : BelongingModel.Shipped;
if (options.Train)
    Trainer.Save(model, users);
var cases = Case.Of(users.Where(u => options.Everybody || !(options.Train ? User.IsDrawn(u.Key) : u.Tunes)), mails, options.Least, options.Seed);
var comparison = new Comparison();
if (!options.OnlyOurs)
{
    foreach (var user in cases.GroupBy(c => c.User))
    {
        Say($"published method: {user.Key.Key}");
        var published = new Published(user.Key, options.Seed);
        foreach (var one in user)
        {
            var scores = new Dictionary<string, IReadOnlyDictionary<string, double[]>>(StringComparer.Ordinal);
            IReadOnlyDictionary<string, double[]> Of(string? leak) => scores.TryGetValue(leak ?? "", out var known) ? known : scores[leak ?? ""]
                = published.Strangeness(one.Mail, [.. one.Mail.Recipients.Select(r => r.Key), .. leak is null ? Array.Empty<string>() : [leak]]);
            foreach (var method in Methods.Baselines)
                comparison.Add(method, one, options.Seed, leak => Of(leak)[method]);
        }
    }
}

var gateway = new InGateway(model, organisation);
var judged = cases.ToDictionary(c => c.Mail.Index);
new Walk(mails, organisation, Say).Through("Sekisho", walk =>
{
    if (!judged.TryGetValue(walk.Mail.Index, out var one))
        return;
    var clean = walk.Figures(model, null);
    var leaked = one.Leaks.ToDictionary(l => l.Key, l => walk.Figures(model, l), StringComparer.Ordinal);
    comparison.Add(Methods.Ours, one, options.Seed, leak => leak is null ? clean : leaked[leak]);
    gateway.Add(one, options.Seed, leak => leak is null ? clean : leaked[leak.Key]);
});
if (progress)
    Console.Error.Write("\r\e[K");
if (options.Json)
{
    Console.WriteLine(JsonSerializer.Serialize(Tables.Json(comparison, gateway, options.Seed), new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
}
else
{
    Console.WriteLine($"{mails.Count:N0} mails; {cases.Select(c => c.User).Distinct().Count()} senders with at least {options.Least}, {cases.Count:N0} mails judged, {cases.Count(c => c.FirstContact):N0} with a first contact.");
    Console.WriteLine(Tables.Markdown(comparison));
    Console.WriteLine(gateway.Markdown());
    Console.WriteLine(Tables.ByUser(comparison));
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s");
}

return 0;
