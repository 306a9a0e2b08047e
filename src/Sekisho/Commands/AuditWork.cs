using Sekisho.Audit.Archives;
using Sekisho.Audit.Run;
using Sekisho.Gateway.Inspect;
using Sekisho.Policy;

namespace Sekisho.Program.Commands;

/// <summary>One <c>sekisho audit</c>: checks what was asked for, opens the archive, runs, writes the reports.</summary>
internal sealed class AuditWork(AuditRequest request, TimeProvider time)
{
    private const int MaxJobs = 256;

    /// <summary>Runs; the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        Check();
        var config = CommandLine.LoadConfig(request.Config, request.Data);
        var policies = Policies(config);
        using var line = new AuditProgressLine(Console.Error, !Console.IsErrorRedirected, Width(), time);
        var (folder, lasting) = AuditPlaces.Take(request.State ?? AuditPlaces.StateFor(request.Paths), request.State is not null, line.Say);
        using (folder)
        {
            if (request.Fresh || !lasting)
            {
                folder.Clear();
            }

            using var archive = Open(folder, line, cancel);
            var domains = Domains(config, archive, line, cancel);
            using var room = new InspectionRoom(config, time);
            foreach (var missing in room.Missing())
            {
                line.Say(missing);
            }

            var plan = new AuditPlan
            {
                Paths = request.Paths,
                Domains = domains,
                Partners = config.Partners,
                Policies = policies,
                Jobs = request.Jobs,
                Engine = $"{typeof(AuditWork).Assembly.GetName().Version} {config.Malware} {config.Limits}",
            };
            if (!request.Learn)
            {
                return await RunAsync(archive, plan, room, folder, lasting, learner: null, line, cancel).ConfigureAwait(false);
            }

            var store = await CommandLine.OpenStoreAsync(request.Data!, cancel).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var (learner, learntAt) = await StoreLessons.ForAsync(store.Imports, archive.Fingerprint, request.Again, cancel).ConfigureAwait(false);
                if (learntAt is { } at)
                {
                    line.Say($"this archive was learnt from on {at:yyyy-MM-dd}, so nothing is learnt now (--again learns it once more)");
                }

                return await RunAsync(archive, plan, room, folder, lasting, learner, line, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> RunAsync(IMailArchive archive, AuditPlan plan, InspectionRoom room, StateFolder folder, bool lasting, ILessonTaker? learner, AuditProgressLine line, CancellationToken cancel)
    {
        var run = new AuditRun(archive, plan, room.Engine, folder, time, line.Say) { Progress = line, Learner = learner, WithoutCheckpoints = !lasting, SaveEvery = request.SaveEvery };
        AuditOutcome outcome;
        try
        {
            outcome = await run.RunAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            line.Say(lasting ? "interrupted; the same command goes on from here (--fresh begins anew)" : "interrupted");
            throw;
        }

        using (outcome)
        {
            line.Dispose();
            AuditOutput.Write(outcome, request, learner is not null);
            outcome.Finish();
        }

        return CommandLine.Ok;
    }

    private void Check()
    {
        foreach (var path in request.Paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new UsageException($"{path}: no such file or directory");
            }
        }

        if (request.Jobs is < 1 or > MaxJobs)
        {
            throw new UsageException($"--jobs {request.Jobs}: expected 1 to {MaxJobs}");
        }

        if (request.Language is not (null or "ja" or "en"))
        {
            throw new UsageException($"--language {request.Language}: expected ja or en");
        }

        if (request.Again && !request.Learn)
        {
            throw new UsageException("--again belongs to --learn");
        }

        AuditPlaces.CheckWritable("--html", request.Html);
        AuditPlaces.CheckWritable("--csv", request.Csv);
    }

    private IReadOnlyList<AuditPolicy> Policies(SekishoConfig config)
    {
        if (request.Policies.Count == 0)
        {
            return [new AuditPolicy(config.Policy.Version == PolicySet.Shipped.Version ? AuditPolicy.ShippedName : request.Config ?? "the gateway's", config.Policy)];
        }

        return [.. request.Policies.Select(name => new AuditPolicy(name, name == AuditPolicy.ShippedName ? PolicySet.Shipped : CommandLine.LoadConfig(name, data: null).Policy))];
    }

    private IMailArchive Open(StateFolder folder, AuditProgressLine line, CancellationToken cancel)
    {
        var archive = MailArchive.Open(request.Paths, new ArchiveOptions { WorkFolder = folder.WorkPath(), Parallelism = request.Jobs }, new Opening(line), cancel);
        if (archive.Count > 0)
        {
            return archive;
        }

        var broken = archive.Broken.Count > 0 ? $"; {archive.Broken[0].Place}: {archive.Broken[0].Why}" : "";
        archive.Dispose();
        throw new UsageException($"{string.Join(", ", request.Paths)}: no mail was found there{broken}");
    }

    private IReadOnlyList<string> Domains(SekishoConfig config, IMailArchive archive, AuditProgressLine line, CancellationToken cancel)
    {
        if (request.Inside.Count > 0 || config.Domains.Count > 0)
        {
            var given = request.Inside.Count > 0 ? request.Inside : config.Domains;
            try
            {
                _ = new Inspection.Organisation(given);
                return given;
            }
            catch (ArgumentException e)
            {
                throw new UsageException($"--inside: {e.Message}");
            }
        }

        var guessed = InsideGuess.Domains(archive, cancel);
        if (guessed.Count == 0)
        {
            throw new UsageException("whose mail this is cannot be told from its senders; name the organisation's domain with --inside");
        }

        line.Say($"most of this mail was sent from {guessed[0]}, so that counts as inside, with all below it (--inside DOMAIN says otherwise)");
        return guessed;
    }

    private static int Width()
    {
        try
        {
            return Console.IsErrorRedirected ? int.MaxValue : Math.Max(40, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 80;
        }
    }

    /// <summary>What opening says, as a run says it.</summary>
    private sealed class Opening(AuditProgressLine line) : IProgress<ArchiveProgress>
    {
        public void Report(ArchiveProgress value)
        {
            if (value.Phase != ArchivePhase.Looking)
            {
                line.Report(new AuditProgress(value.Phase == ArchivePhase.Unpacking ? AuditPhase.Unpacking : AuditPhase.Indexing, value.Done, value.Total, value.Messages));
            }
        }
    }
}
