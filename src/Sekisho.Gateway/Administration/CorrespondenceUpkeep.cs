using Sekisho.Storage;

namespace Sekisho.Gateway.Administration;

/// <summary>Keeps the correspondence as the configuration says: its addresses' form, and nobody for longer than it allows.</summary>
internal sealed class CorrespondenceUpkeep(IStore store, LiveConfig live, TimeProvider time, Action<string> say)
{
    private const int RowsAtOnce = 1_000;

    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    /// <summary>How long a reloaded configuration waits at the most before its form is seen to.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(30);

    /// <summary>Sees to the form before any mail is looked at. Throws <see cref="StoreException"/> with what to do where the key of the hashes is missing.</summary>
    public async Task StartAsync(CancellationToken cancel) => await KeepAsync(cancel).ConfigureAwait(false);

    /// <summary>Goes on with what is left to hash, forgets what has become too old, follows the configuration; until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var forgetAt = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(s_look, time);
        try
        {
            do
            {
                try
                {
                    while (await KeepAsync(cancel).ConfigureAwait(false))
                    {
                    }

                    if (time.GetUtcNow() >= forgetAt)
                    {
                        forgetAt = time.GetUtcNow() + s_every;
                        await ForgetAsync(cancel).ConfigureAwait(false);
                    }
                }
                catch (StoreException e)
                {
                    say($"store: correspondence could not be kept as configured: {e.Message}");
                    forgetAt = time.GetUtcNow() + s_every;
                }
            }
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private async Task<bool> KeepAsync(CancellationToken cancel)
    {
        var form = live.Current.Config.Correspondence.Hashed ? AddressForm.Hashed : AddressForm.Plain;
        var before = await store.AddressFormAsync(cancel).ConfigureAwait(false);
        var more = await store.KeepAddressesAsync(form, cancel).ConfigureAwait(false);
        if (before != form)
        {
            say(form == AddressForm.Hashed
                ? "correspondence: addresses are hashed from now on; keep correspondence.key in the backup"
                : "correspondence: addresses stand in clear from now on; what was hashed is forgotten, who writes with whom is learnt anew");
        }

        return more;
    }

    private async Task ForgetAsync(CancellationToken cancel)
    {
        // Whole months: those are found without looking at what stays.
        var oldest = time.GetUtcNow() - live.Current.Config.Correspondence.Keep;
        var month = new DateTimeOffset(oldest.Year, oldest.Month, 1, 0, 0, 0, TimeSpan.Zero);
        while (await store.ForgetBeforeAsync(month, RowsAtOnce, cancel).ConfigureAwait(false) > 0)
        {
        }
    }
}
