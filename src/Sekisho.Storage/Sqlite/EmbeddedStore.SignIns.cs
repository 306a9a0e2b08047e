namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private sealed partial class AccountTable
    {
        private static readonly Query s_fail = new("UPDATE account SET failures = failures + 1 WHERE n = ? RETURNING failures");

        private static readonly Query s_lock = new("UPDATE account SET locked_until = ? WHERE n = ?");

        private static readonly Query s_step = new("UPDATE account SET totp_step = ? WHERE n = ? AND totp_step < ?");

        private static readonly Query s_signedIn = new("UPDATE account SET failures = 0, locked_until = NULL, last_sign_in = ? WHERE n = ?");

        private static readonly Query s_useCode = new("DELETE FROM recovery_code WHERE account = ? AND digest = ?");

        private static readonly Query s_addCode = new("INSERT OR IGNORE INTO recovery_code(account, digest) VALUES(?,?)");

        public Task<int> CountFailureAsync(string address, int limit, DateTimeOffset lockedUntil, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                if (KeyOf(transaction.Database, address) is not { } key)
                {
                    return 0;
                }

                var failures = (int)(transaction[s_fail].Add(key).Scalar() ?? 0);
                if (failures >= limit)
                {
                    transaction[s_lock].Add(Milliseconds(lockedUntil)).Add(key).Run();
                    transaction.Audit("sign-in-failed", null, null, null, Lower(address), Json(writer =>
                    {
                        writer.WriteNumber("failures", failures);
                        writer.WriteString("locked-until", lockedUntil.UtcDateTime);
                    }));
                }

                return failures;
            },
            cancel);

        public Task<bool> SignedInAsync(string address, long? totpStep, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                if (KeyOf(transaction.Database, address) is not { } key
                    || (totpStep is { } step && transaction[s_step].Add(step).Add(key).Add(step).Run() == 0))
                {
                    return false;
                }

                NoteSignIn(transaction, key, address, totpStep is null ? "none" : "one-time-password");
                return true;
            },
            cancel);

        public Task<bool> SignedInByRecoveryCodeAsync(string address, string codeDigest, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                if (KeyOf(transaction.Database, address) is not { } key || transaction[s_useCode].Add(key).Add(codeDigest).Run() == 0)
                {
                    return false;
                }

                NoteSignIn(transaction, key, address, "recovery-code");
                return true;
            },
            cancel);

        public Task SetRecoveryCodesAsync(string address, IReadOnlyList<string> digests, string by, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                var key = NeededKey(transaction.Database, address);
                transaction[s_deleteCodes].Add(key).Run();
                foreach (var digest in digests)
                {
                    transaction[s_addCode].Add(key).Add(digest).Run();
                }

                transaction.Audit("account-saved", null, null, null, by, Json(writer =>
                {
                    writer.WriteString("account", Lower(address));
                    WriteList(writer, "changed", ["recovery-codes"]);
                }));
                return true;
            },
            cancel);

        private static void NoteSignIn(WriteTransaction transaction, long key, string address, string secondFactor)
        {
            transaction[s_signedIn].Add(transaction.Now).Add(key).Run();
            transaction.Audit("signed-in", null, null, null, Lower(address), Json(writer => writer.WriteString("second-factor", secondFactor)));
        }
    }
}
