using System.Text.Json;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private AccountTable? _accounts;

    public IAccountStore Accounts => _accounts ??= new AccountTable(this);

    /// <summary>Accounts and what belongs to them, in parts: accounts here, signing in, sessions and keys in files of their own.</summary>
    private sealed partial class AccountTable(EmbeddedStore store) : IAccountStore
    {
        private const string Columns = """
            a.n, a.address, a.name, a.roles, a.scopes, a.password, a.totp, a.totp_step, a.language, a.disabled, a.failures, a.locked_until, a.created_at, a.last_sign_in,
            (SELECT count(*) FROM recovery_code r WHERE r.account = a.n)
            """;

        private static readonly Query s_all = new($"SELECT {Columns} FROM account a ORDER BY a.address");

        private static readonly Query s_one = new($"SELECT {Columns} FROM account a WHERE a.address = ?");

        private static readonly Query s_key = new("SELECT n FROM account WHERE address = ?");

        private static readonly Query s_any = new("SELECT 1 FROM account LIMIT 1");

        private static readonly Query s_insert = new("""
            INSERT INTO account(address, name, roles, scopes, password, totp, totp_step, language, disabled, failures, locked_until, created_at, last_sign_in)
            VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)
            """);

        private static readonly Query s_update = new("""
            UPDATE account SET name = ?, roles = ?, scopes = ?, password = ?, totp = ?, totp_step = ?, language = ?, disabled = ?, failures = ?, locked_until = ? WHERE n = ?
            """);

        private static readonly Query s_delete = new("DELETE FROM account WHERE n = ?");

        private static readonly Query s_deleteCodes = new("DELETE FROM recovery_code WHERE account = ?");

        private static readonly Query s_changed = new("UPDATE account_change SET number = number + 1");

        private static readonly Query s_version = new("SELECT number FROM account_change");

        public long Version => store.Read(database => database[s_version].Scalar() ?? 0);

        public Task<IReadOnlyList<Account>> AccountsAsync(CancellationToken cancel) => store.ReadAsync<IReadOnlyList<Account>>(
            database =>
            {
                var accounts = new List<Account>();
                var rows = database[s_all];
                while (rows.Step())
                {
                    accounts.Add(ReadAccount(rows));
                }

                return accounts;
            },
            cancel);

        public Task<Account?> FindAsync(string address, CancellationToken cancel) => store.ReadAsync(database => Find(database, address)?.Account, cancel);

        public Task SaveAsync(Account account, string by, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                if (Find(transaction.Database, account.Address) is { } found)
                {
                    Update(transaction, found.Key, found.Account, account, by);
                }
                else
                {
                    Insert(transaction, account, by);
                }

                return true;
            },
            cancel);

        public Task<bool> SaveFirstAsync(Account account, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                if (transaction[s_any].Scalar() is not null)
                {
                    return false;
                }

                Insert(transaction, account, account.Address.ToLowerInvariant());
                // Should every account be removed one day, the link of back then must not open the door again.
                transaction[s_forget].Add(IAccountStore.FirstRunSecret).Run();
                return true;
            },
            cancel);

        public Task<bool> RemoveAsync(string address, string by, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                if (KeyOf(transaction.Database, address) is not { } key)
                {
                    return false;
                }

                transaction[s_endAll].Add(key).Run();
                transaction[s_deleteTokens].Add(key).Run();
                transaction[s_deleteCodes].Add(key).Run();
                transaction[s_delete].Add(key).Run();
                transaction[s_changed].Run();
                transaction.Audit("account-removed", null, null, null, by, Json(writer => writer.WriteString("account", Lower(address))));
                return true;
            },
            cancel);

        private static void Insert(WriteTransaction transaction, Account account, string by)
        {
            transaction[s_insert].Add(Lower(account.Address)).Add(account.Name).Add(ListJson(account.Roles)).Add(ListJson(account.Scopes)).Add(account.PasswordHash)
                .Add(account.TotpSecret).Add(account.TotpLastStep).Add(account.Language).Add(account.Disabled).Add(account.Failures).Add(Unix(account.LockedUntil))
                .Add(Milliseconds(account.CreatedAt)).Add(Unix(account.LastSignIn)).Run();
            transaction[s_changed].Run();
            AuditSaved(transaction, account, ["created"], by);
        }

        private static void Update(WriteTransaction transaction, long key, Account old, Account account, string by)
        {
            var sameFactor = old.TotpSecret == account.TotpSecret;
            List<(string Name, bool Changed, bool EndsSessions)> fields =
            [
                ("roles", !old.Roles.Order(StringComparer.Ordinal).SequenceEqual(account.Roles.Order(StringComparer.Ordinal)), true),
                ("scopes", !old.Scopes.Order(StringComparer.Ordinal).SequenceEqual(account.Scopes.Order(StringComparer.Ordinal)), true),
                ("password", old.PasswordHash != account.PasswordHash, true),
                ("second-factor", !sameFactor, true),
                ("disabled", old.Disabled != account.Disabled, true),
                ("name", old.Name != account.Name, false),
                ("language", old.Language != account.Language, false),
                ("lock", old.LockedUntil != account.LockedUntil, false),
            ];
            // Whoever saves may have read the account a while ago: a step that was used since stays used.
            var step = sameFactor ? Math.Max(old.TotpLastStep, account.TotpLastStep) : account.TotpLastStep;
            transaction[s_update].Add(account.Name).Add(ListJson(account.Roles)).Add(ListJson(account.Scopes)).Add(account.PasswordHash).Add(account.TotpSecret).Add(step)
                .Add(account.Language).Add(account.Disabled).Add(account.Failures).Add(Unix(account.LockedUntil)).Add(key).Run();
            if (!sameFactor)
            {
                transaction[s_deleteCodes].Add(key).Run();
            }

            if (fields.Exists(f => f.Changed && f.EndsSessions))
            {
                transaction[s_endAll].Add(key).Run();
            }

            if (fields.Exists(f => f.Changed))
            {
                transaction[s_changed].Run();
                AuditSaved(transaction, account, fields.Where(f => f.Changed).Select(f => f.Name), by);
            }
        }

        private static void AuditSaved(WriteTransaction transaction, Account account, IEnumerable<string> changed, string by)
            => transaction.Audit("account-saved", null, null, null, by, Json(writer =>
            {
                writer.WriteString("account", Lower(account.Address));
                WriteList(writer, "changed", changed);
                WriteList(writer, "roles", account.Roles);
                WriteList(writer, "scopes", account.Scopes);
                writer.WriteBoolean("disabled", account.Disabled);
                writer.WriteBoolean("password", account.PasswordHash is not null);
                writer.WriteBoolean("second-factor", account.TotpSecret is not null);
            }));

        private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        private static (long Key, Account Account)? Find(SqliteDatabase database, string address)
        {
            var row = database[s_one].Add(Lower(address));
            if (!row.Step())
            {
                return null;
            }

            var found = (row.Int64(0), ReadAccount(row));
            row.Reset();
            return found;
        }

        private static long? KeyOf(SqliteDatabase database, string address) => database[s_key].Add(Lower(address)).Scalar();

        private static long NeededKey(SqliteDatabase database, string address)
            => KeyOf(database, address) ?? throw new StoreException($"there is no account {address}");

        private static Account ReadAccount(Statement row) => new()
        {
            Address = row.Text(1),
            Name = row.Text(2),
            Roles = ReadList(row.NullableText(3)),
            Scopes = ReadList(row.NullableText(4)),
            PasswordHash = row.NullableText(5),
            TotpSecret = row.NullableText(6),
            TotpLastStep = row.Int64(7),
            Language = row.NullableText(8),
            Disabled = row.Bool(9),
            Failures = row.Int32(10),
            LockedUntil = row.NullableTime(11),
            CreatedAt = row.Time(12),
            LastSignIn = row.NullableTime(13),
            RecoveryCodesLeft = row.Int32(14),
        };

        private static string Lower(string address) => address.Trim().ToLowerInvariant();

        private static long? Unix(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
    }
}
