using System.Security.Cryptography;
using System.Text;
using Sekisho.Policy;
using Sekisho.Storage;
using Sekisho.Storage.Spooling;

namespace Sekisho.Gateway.Administration;

/// <summary>The configuration file as it lies on the disk now.</summary>
/// <param name="Path">Where; null: this gateway has no file.</param>
/// <param name="Exists">False: it is made at the first activation.</param>
/// <param name="Document">Its text; null when it holds errors.</param>
/// <param name="Errors">What is wrong with it, or why it cannot be read.</param>
/// <param name="Trouble">Why it could not be written, or null.</param>
public sealed record ConfigOnDisk(string? Path, bool Exists, ConfigDocument? Document, IReadOnlyList<ConfigError> Errors, string? Trouble);

/// <summary>What is to be put in force.</summary>
/// <param name="Editable">The editable sections.</param>
/// <param name="BaseDigest">Digest of the file that was shown (<see cref="ConfigDocument.Digest"/>).</param>
/// <param name="By">Who.</param>
/// <param name="Note">Why; may be empty.</param>
/// <param name="Unseen">True: put in force without having looked at what it changes. Recorded.</param>
public sealed record Activation(string Editable, string BaseDigest, string By, string Note, bool Unseen);

/// <summary>How an activation ended.</summary>
public enum ActivationOutcome
{
    /// <summary>It is in force.</summary>
    Done,

    /// <summary>Somebody changed the file meanwhile; nothing was written.</summary>
    Conflict,

    /// <summary>The text is no good configuration, or would change what is closed; nothing was written.</summary>
    Refused,

    /// <summary>The file cannot be written; nothing happened.</summary>
    NotWritable,
}

/// <summary>How it ended, and the errors or the reason.</summary>
public sealed record ActivationResult(ActivationOutcome Outcome, IReadOnlyList<ConfigError> Errors, string? Reason, long Number);

/// <summary>
/// Reads and changes the configuration file for the console: its open sections only, never over somebody else's change, whole or not at all, with a record of who and why.
/// </summary>
public sealed class ConfigKeeper(IStore store, LiveConfig live) : IDisposable
{
    /// <summary>Stands as author of what was found in the file and had not been put there from the console.</summary>
    public const string ByHand = "file";

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The file as it is now.</summary>
    public ConfigOnDisk Read()
    {
        if (live.Path is not { } path)
        {
            return new(null, Exists: false, null, [], "this gateway runs without a configuration file");
        }

        if (!File.Exists(path))
        {
            return new(path, Exists: false, ConfigDocument.Read("", path, out _), [], WriteTrouble(path));
        }

        var text = SekishoConfig.ReadText(path, out var errors);
        return new(path, Exists: true, text is null ? null : ConfigDocument.Read(text, path, out errors), errors, WriteTrouble(path));
    }

    /// <summary>The whole configuration that the editable text would make; null with the errors by its lines.</summary>
    public static SekishoConfig? Compose(ConfigDocument document, string path, string editable, out IReadOnlyList<ConfigError> errors)
        => document.Replace(editable, out errors) is { } whole ? SekishoConfig.Parse(whole, path, out errors) : null;

    /// <summary>What the gateway would run with after that: options of its start laid over it, accounts kept.</summary>
    public EffectiveConfig Effective(SekishoConfig config) => new(config, live.Current.Time, live.Current.Accounts) { Deputies = live.Current.Deputies };

    /// <summary>What names a text: a look at its effect holds for exactly this.</summary>
    public static string DigestOf(string baseDigest, string editable)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(baseDigest + "\n" + editable.Replace("\r\n", "\n", StringComparison.Ordinal))));

    /// <summary>Writes the file, records it and puts it in force; or says why not.</summary>
    public async Task<ActivationResult> ActivateAsync(Activation wanted, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var now = Read();
            if (now.Document is not { } document || now.Path is not { } path)
            {
                return new(now.Errors.Count > 0 ? ActivationOutcome.Conflict : ActivationOutcome.NotWritable, now.Errors, now.Trouble, 0);
            }

            if (document.Digest != wanted.BaseDigest)
            {
                return new(ActivationOutcome.Conflict, [], null, 0);
            }

            var whole = document.Replace(wanted.Editable, out var errors);
            return whole is null ? new(ActivationOutcome.Refused, errors, null, 0) : await WriteAsync(path, document, whole, wanted).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // No longer called off from here on: a record without its file, or a file without its record, would be the worse.
    private async Task<ActivationResult> WriteAsync(string path, ConfigDocument before, string whole, Activation wanted)
    {
        var after = ConfigDocument.Read(whole, path, out _)!;
        DurableFile file;
        try
        {
            file = DurableFile.Prepare(path, Encoding.UTF8.GetBytes(whole));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(ActivationOutcome.NotWritable, [], e.Message, 0);
        }

        using (file)
        {
            await KeepFoundAsync(before).ConfigureAwait(false);
            var policy = SekishoConfig.Parse(whole, path, out _)!.Policy.Version;
            if (wanted.Unseen)
            {
                await store.AppendAuditAsync("policy-activated-unseen", wanted.By, $$"""{"policy":"{{policy}}"}""", CancellationToken.None).ConfigureAwait(false);
            }

            var number = await store.Configurations.AddAsync(new ConfigVersion(0, default, wanted.By, after.EditableText, policy, wanted.Note), CancellationToken.None).ConfigureAwait(false);
            try
            {
                file.Commit();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await store.AppendAuditAsync("policy-activation-failed", wanted.By, $$"""{"number":{{number}}}""", CancellationToken.None).ConfigureAwait(false);
                return new(ActivationOutcome.NotWritable, [], e.Message, number);
            }

            live.Reload();
            return new(ActivationOutcome.Done, [], null, number);
        }
    }

    /// <summary>What stands in the file and not in the history was put there by hand; it is kept first, so that one can go back to it.</summary>
    private async Task KeepFoundAsync(ConfigDocument before)
    {
        var last = await store.Configurations.ListAsync(1, CancellationToken.None).ConfigureAwait(false);
        var text = before.EditableText;
        if (last.Count == 0 || last[0].Text != text)
        {
            await store.Configurations.AddAsync(new ConfigVersion(0, default, ByHand, text, live.Current.Config.Policy.Version, ""), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static string? WriteTrouble(string path)
    {
        try
        {
            var real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
            if (File.Exists(real))
            {
                using var file = new FileStream(real, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            }

            var probe = Path.Combine(Path.GetDirectoryName(real)!, $".sekisho-{Guid.NewGuid():N}.tmp");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
