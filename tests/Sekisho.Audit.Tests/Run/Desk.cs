using System.Text.Json.Nodes;
using Sekisho.Audit.Archives;
using Sekisho.Audit.Report;
using Sekisho.Audit.Run;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Run;

/// <summary>Runs audits over piles, with a state folder of its own.</summary>
internal sealed class Desk : IDisposable
{
    private readonly Temp _temp = new("audit");

    public List<string> Said { get; } = [];

    public string StatePath => _temp["state"];

    public static AuditPlan Plan(int jobs = 2, params AuditPolicy[] policies) => new()
    {
        Paths = ["pile.mbox"],
        Domains = ["one.example"],
        Policies = policies.Length > 0 ? policies : [new AuditPolicy("shipped", PolicySet.Shipped)],
        Jobs = jobs,
    };

    /// <summary>A policy from a configuration file's text.</summary>
    public AuditPolicy Policy(string name, string yaml)
    {
        var path = _temp[name + ".yaml"];
        File.WriteAllText(path, yaml);
        var config = SekishoConfig.Load(path, out var errors);
        Assert.Empty(errors);
        return new AuditPolicy(name, config!.Policy);
    }

    public async Task<(AuditReport Report, List<AuditIncident> Incidents)> RunAsync(IMailArchive archive, AuditPlan? plan = null, ILessonTaker? learner = null)
    {
        using var folder = StateFolder.Take(StatePath);
        using var outcome = await Run(archive, folder, plan ?? Plan(), learner).RunAsync(TestContext.Current.CancellationToken);
        var found = (outcome.Report, outcome.Incidents(0).ToList());
        outcome.Finish();
        return found;
    }

    /// <summary>The report as written for programs, without what may differ.</summary>
    public async Task<string> JsonAsync(IMailArchive archive, AuditPlan? plan = null, ILessonTaker? learner = null)
    {
        using var folder = StateFolder.Take(StatePath);
        using var outcome = await Run(archive, folder, plan ?? Plan(), learner).RunAsync(TestContext.Current.CancellationToken);
        var json = Json(outcome);
        outcome.Finish();
        return json;
    }

    /// <summary>Runs until <paramref name="mails"/> or a few more are judged, and is stopped then.</summary>
    public async Task StopAfterAsync(IMailArchive pile, int mails, AuditPlan? plan = null, ILessonTaker? learner = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var folder = StateFolder.Take(StatePath);
        var run = Run(pile, folder, plan ?? Plan(), learner, new Watch(mails, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync(stop.Token));
    }

    public static string Json(AuditOutcome outcome)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(outcome.Report, outcome.Incidents(0), stream);
        var json = JsonNode.Parse(stream.ToArray())!.AsObject();
        Assert.True(json.Remove("seconds") && json.Remove("peakBytes"));
        return json.ToJsonString();
    }

    public AuditRun Run(IMailArchive archive, StateFolder folder, AuditPlan plan, ILessonTaker? learner = null, IProgress<AuditProgress>? progress = null)
        => new(archive, plan, InspectionEngine.CreateDefault(), folder, TimeProvider.System, Said.Add) { SaveEvery = TimeSpan.Zero, Learner = learner, Progress = progress };

    public void Dispose() => _temp.Dispose();

    private sealed class Watch(int mails, CancellationTokenSource stop) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            if (value.Mails >= mails)
            {
                stop.Cancel();
            }
        }
    }
}
