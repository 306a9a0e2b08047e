using System.Text.Json;
using Sekisho.Gateway;
using Sekisho.Gateway.Administration;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Administration;

/// <summary>What an administrator sees of the configuration: the file, and his draft where he has begun one.</summary>
public sealed record DraftView
{
    public required ConfigOnDisk Disk { get; init; }

    /// <summary>The editable text in the file; empty when the file holds errors.</summary>
    public string FileText => Disk.Document?.EditableText ?? "";

    /// <summary>His draft, or null.</summary>
    public ConfigDraft? Draft { get; init; }

    /// <summary>What he works on.</summary>
    public string Text => Draft?.Text ?? FileText;

    /// <summary>Digest of the file he works from.</summary>
    public string BaseDigest => Draft?.BaseDigest ?? Disk.Document?.Digest ?? "";

    /// <summary>True when the draft says something else than the file.</summary>
    public bool Changed => Draft is not null && Draft.Text != FileText;

    /// <summary>True when somebody changed the file since the draft was begun.</summary>
    public bool Conflict => Draft is not null && Disk.Document is { } document && document.Digest != Draft.BaseDigest;

    /// <summary>What his text would make; null with errors.</summary>
    public SekishoConfig? Config { get; init; }

    /// <summary>What is wrong with his text, by its lines.</summary>
    public IReadOnlyList<ConfigError> Errors { get; init; } = [];

    /// <summary>What exactly this text would change, where somebody looked.</summary>
    public WhatIfResult? Result { get; init; }
}

/// <summary>Keeps administrators' drafts of the configuration.</summary>
public sealed class DraftDesk(GatewayHost gateway)
{
    /// <summary>The longest text a draft may have; the file's own bound.</summary>
    public const int MostText = 1024 * 1024;

    /// <summary>Bytes of a form with such a text: a character of Japanese is nine there.</summary>
    public const long LargestForm = 10L * MostText;

    /// <summary>File, draft, errors.</summary>
    public async Task<DraftView> LoadAsync(string author, CancellationToken cancel)
    {
        var disk = gateway.Keeper.Read();
        var draft = await gateway.Store.Configurations.FindDraftAsync(author, cancel).ConfigureAwait(false);
        var view = new DraftView { Disk = disk, Draft = draft };
        if (disk.Document is null)
        {
            return view;
        }

        var config = ConfigKeeper.Compose(disk.Document, disk.Path!, view.Text, out var errors);
        var looked = draft?.LookedAt is { } at && at == ConfigKeeper.DigestOf(view.BaseDigest, view.Text) && !view.Conflict;
        return view with { Config = config, Errors = errors, Result = looked ? JsonSerializer.Deserialize<WhatIfResult>(draft!.ResultJson!) : null };
    }

    /// <summary>Errors of a text against the file as it is.</summary>
    public IReadOnlyList<ConfigError> Check(string text)
    {
        var disk = gateway.Keeper.Read();
        if (disk.Document is null)
        {
            return disk.Errors;
        }

        ConfigKeeper.Compose(disk.Document, disk.Path!, text, out var errors);
        return errors;
    }

    /// <summary>Keeps a text as his draft, begun from the file with that digest. One that says what the file says is no draft.</summary>
    public async Task SaveAsync(string author, string baseDigest, string text, CancellationToken cancel)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var disk = gateway.Keeper.Read();
        if (disk.Document is { } document && document.EditableText == text)
        {
            await gateway.Store.Configurations.RemoveDraftAsync(author, cancel).ConfigureAwait(false);
            return;
        }

        var old = await gateway.Store.Configurations.FindDraftAsync(author, cancel).ConfigureAwait(false);
        if (old is null || old.Text != text || old.BaseDigest != baseDigest)
        {
            await gateway.Store.Configurations.SaveDraftAsync(new ConfigDraft(author, default, baseDigest, text, null, null), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Throws his draft away.</summary>
    public Task DiscardAsync(string author, CancellationToken cancel) => gateway.Store.Configurations.RemoveDraftAsync(author, cancel);
}
