using System.Security.Cryptography;
using System.Text;
using Sekisho.Storage.Correspondence;

namespace Sekisho.Storage.Sqlite;

/// <summary>Forgetting who writes with whom, and hashing it.</summary>
internal sealed partial class EmbeddedStore
{
    private const int HashAtOnce = 500;

    private static readonly Query s_gatherings = new("SELECT value FROM counter WHERE id = ?");

    public async Task<int> ForgetAsync(string addressOrDomain, string by, CancellationToken cancel)
    {
        var asked = addressOrDomain.Trim().ToLowerInvariant();
        var known = await WriteAsync(
            transaction => Erasing(transaction, () =>
            {
                var count = new Forgetting(transaction, Keys(transaction.Database)).Order(asked);
                DropLessonsNaming(transaction, asked);
                transaction.Audit("correspondence-forgotten", null, null, null, by, ForgottenDetail(asked, count));
                Failpoints.Hit("store.forget.in-tx");
                return (int)count;
            }),
            cancel).ConfigureAwait(false);
        await FinishForgettingAsync(cancel).ConfigureAwait(false);
        return known;
    }

    public async Task<int> ForgetBeforeAsync(DateTimeOffset moment, int max, CancellationToken cancel)
    {
        // What somebody asked for before, and did not see through, comes first.
        await FinishForgettingAsync(cancel).ConfigureAwait(false);
        var count = await WriteAsync(
            transaction => Erasing(transaction, () =>
            {
                var gone = new OldAge(transaction, Keys(transaction.Database)).Forget(Decay.Clamp(Milliseconds(moment)), max);
                Failpoints.Hit("store.forget.in-tx");
                return gone;
            }),
            cancel).ConfigureAwait(false);
        await FinishForgettingAsync(cancel).ConfigureAwait(false);
        return count;
    }

    public Task<AddressForm> AddressFormAsync(CancellationToken cancel) => ReadAsync(database => AddressForms.FormOf(database).Form, cancel);

    public async Task<bool> KeepAddressesAsync(AddressForm form, CancellationToken cancel)
    {
        var (now, changing) = await ReadAsync(AddressForms.FormOf, cancel).ConfigureAwait(false);
        if (form == AddressForm.Plain)
        {
            if (now == AddressForm.Hashed)
            {
                await WriteAsync(BeginAnew, cancel).ConfigureAwait(false);
            }

            return false;
        }

        if (now == AddressForm.Plain)
        {
            // On disk before anything is hashed with it.
            var secret = await Task.Run(_secret.ReadOrCreate, cancel).ConfigureAwait(false);
            await WriteAsync(transaction => BeginHashing(transaction, secret), cancel).ConfigureAwait(false);
            return true;
        }

        // That the key is there is better found out now than with the first mail.
        await ReadAsync(Keys, cancel).ConfigureAwait(false);
        if (!changing)
        {
            return false;
        }

        var more = await WriteAsync(transaction => Erasing(transaction, () => AddressForms.HashSome(transaction, _secret, HashAtOnce)), cancel).ConfigureAwait(false);
        if (!more)
        {
            await Task.Run(CutLog, cancel).ConfigureAwait(false);
        }

        return more;
    }

    private static bool BeginHashing(WriteTransaction transaction, byte[] secret)
    {
        AddressForms.BeginHashing(transaction, secret);
        return true;
    }

    private static bool BeginAnew(WriteTransaction transaction)
    {
        AddressForms.BeginAnew(transaction, transaction[s_gatherings].Add((int)Counter.Gatherings).Scalar() ?? 0);
        return true;
    }

    private async Task FinishForgettingAsync(CancellationToken cancel)
    {
        var steps = 0;
        while (await WriteAsync(
            transaction => Erasing(transaction, () =>
            {
                var more = new Forgetting(transaction, Keys(transaction.Database)).Step();
                Failpoints.Hit("store.forget.in-tx");
                return more;
            }),
            cancel).ConfigureAwait(false))
        {
            steps++;
        }

        if (steps > 0)
        {
            await Task.Run(CutLog, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Runs what removes personal data: the bytes are overwritten, not only unlinked.</summary>
    private static T Erasing<T>(WriteTransaction transaction, Func<T> body)
    {
        transaction.Database.Execute("PRAGMA secure_delete=ON");
        try
        {
            return body();
        }
        finally
        {
            transaction.Database.Execute("PRAGMA secure_delete=OFF");
        }
    }

    /// <summary>Pages as they were before stand in the log until it is cut. Best effort: a reader may keep it, then it is overwritten with the days.</summary>
    private void CutLog()
    {
        try
        {
            using var database = SqliteDatabase.OpenWriter(_path);
            database.Execute("PRAGMA busy_timeout=2000; PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteError)
        {
            // What was asked for is done; only the log is longer than it had to be.
        }
    }

    /// <summary>Whoever knows the address can check that it was forgotten; whoever reads the trail learns nothing, not even that two events are about the same one.</summary>
    private static string ForgottenDetail(string asked, long known)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var digest = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(asked)]);
        return Json(writer =>
        {
            writer.WriteString("what", asked.StartsWith('@') ? "domain" : "address");
            writer.WriteString("salt", Convert.ToHexStringLower(salt));
            writer.WriteString("digest", Convert.ToHexStringLower(digest));
            writer.WriteNumber("known", known);
        });
    }
}
