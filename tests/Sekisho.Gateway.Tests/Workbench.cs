using System.Security.Cryptography;
using System.Text;
using Sekisho.Gateway.Deliver;
using Sekisho.Policy;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests;

/// <summary>A store on a temporary directory, a configuration, and what tests do with them.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private Workbench(string directory, IStore store, SekishoConfig config)
    {
        (Directory, Store) = (directory, store);
        Live = new LiveConfig(config, path: null, TimeProvider.System, Said.Add);
    }

    public string Directory { get; }

    public IStore Store { get; }

    public LiveConfig Live { get; }

    public List<string> Said { get; } = [];

    public static async Task<Workbench> CreateAsync(Func<SekishoConfig, SekishoConfig>? adjust = null)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("sekisho-gateway-").FullName;
        var config = SekishoConfig.Default with { Domains = ["inside.example"] };
        return new Workbench(directory, await SqliteStore.OpenAsync(directory, TimeProvider.System, CancellationToken.None), adjust is null ? config : adjust(config));
    }

    public Task<Delivery> AcceptAsync(string message, params string[] recipients) => AcceptAsync(message, "me@inside.example", recipients);

    public Task<Delivery> AcceptAsync(string message, string from, string[] recipients)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var now = TimeProvider.System.GetUtcNow();
        return Store.AcceptAsync(
            new NewSubmission
            {
                Id = SubmissionId.New(now),
                Origin = SubmissionOrigin.Smtp,
                ReceivedAt = now,
                MailFrom = from,
                Recipients = [.. recipients.Select((r, i) => new StoredRecipient(i, r, Notify: null, OriginalRecipient: null))],
                Body = new StoredBody(bytes, SpoolName: null),
                Size = bytes.Length,
                Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            },
            "test", TimeSpan.FromMinutes(5), CancellationToken.None);
    }

    /// <summary>Accepts and judges "deliver" for everybody; the delivery comes back leased for sending.</summary>
    public async Task<Delivery> ReadyAsync(string message, params string[] recipients)
    {
        var accepted = await AcceptAsync(message, recipients);
        var record = new InspectionRecord
        {
            Subject = "x",
            PolicyVersion = "0",
            PolicyText = "",
            Findings = [],
            Plans = [new DeliveryPlan { Recipients = [.. accepted.Recipients.Select(r => r.Ordinal)], State = DeliveryState.Ready, Copy = CopyKind.Original, Action = PolicyAction.Deliver }],
        };
        return (await Store.RecordInspectionAsync(accepted.Lease!, record, TimeSpan.FromMinutes(5), CancellationToken.None))![0];
    }

    public async Task<IReadOnlyList<RecipientDetail>> FatesAsync(string submission)
        => (await Store.FindSubmissionAsync(submission, CancellationToken.None))!.Recipients;

    /// <summary>Waits for something another task does; gives up after half a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("it did not happen within half a minute");
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}

/// <summary>A way out that answers as told and remembers what it was given.</summary>
internal sealed class ScriptedOutgoing(Func<Delivery, IReadOnlyList<StoredRecipient>, SmtpSendResult> answer) : IOutgoing
{
    public bool Reports => true;

    public int Concurrency => 4;

    public List<(string[] To, string Message)> Sent { get; } = [];

    public static SmtpSendResult Answer(IReadOnlyList<StoredRecipient> to, Func<string, SmtpReply> reply)
        => new(SmtpSendStage.Answered, [.. to.Select(r => (SmtpReply?)reply(r.Address))], new SmtpReply(250, "2.0.0", "ok"), Error: null);

    public Task<SmtpSendResult> SendAsync(Delivery delivery, IReadOnlyList<StoredRecipient> recipients, ISmtpContent content, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var segment in content.Segments())
        {
            text.Append(Encoding.UTF8.GetString(segment.Span));
        }

        lock (Sent)
        {
            Sent.Add(([.. recipients.Select(r => r.Address)], text.ToString()));
        }

        return Task.FromResult(answer(delivery, recipients));
    }

    public Task CloseAsync() => Task.CompletedTask;
}
