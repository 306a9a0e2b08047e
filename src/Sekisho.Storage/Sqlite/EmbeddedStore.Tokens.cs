using System.Security.Cryptography;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private sealed partial class AccountTable
    {
        private const int SecretLength = 32;

        private const string TokenColumns = "t.n, t.digest, t.name, a.address, t.scopes, t.created_at, t.expires_at, t.last_used FROM token t JOIN account a ON a.n = t.account";

        private static readonly Query s_addToken = new("INSERT INTO token(digest, name, account, scopes, created_at, expires_at, last_used) VALUES(?,?,?,?,?,?,?)");

        private static readonly Query s_token = new($"SELECT {TokenColumns} WHERE t.digest = ?");

        private static readonly Query s_tokens = new($"SELECT {TokenColumns} WHERE ?1 IS NULL OR t.account = ?1 ORDER BY t.n");

        private static readonly Query s_used = new("UPDATE token SET last_used = ? WHERE n = ?");

        private static readonly Query s_tokenOwner = new("SELECT a.address, t.name FROM token t JOIN account a ON a.n = t.account WHERE t.n = ?");

        private static readonly Query s_revoke = new("DELETE FROM token WHERE n = ?");

        private static readonly Query s_deleteTokens = new("DELETE FROM token WHERE account = ?");

        private static readonly Query s_secret = new("SELECT bytes FROM secret WHERE name = ?");

        private static readonly Query s_keep = new("INSERT OR IGNORE INTO secret(name, bytes) VALUES(?,?)");

        private static readonly Query s_forget = new("DELETE FROM secret WHERE name = ?");

        public Task<long> AddTokenAsync(ApiToken token, string by, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                var key = NeededKey(transaction.Database, token.Owner);
                transaction[s_addToken].Add(token.Digest).Add(token.Name).Add(key).Add(ListJson(token.Scopes)).Add(Milliseconds(token.CreatedAt)).Add(Unix(token.ExpiresAt)).Add(Unix(token.LastUsed)).Run();
                var id = transaction.Database.LastInsertRowId;
                transaction.Audit("token-added", null, null, null, by, Json(writer =>
                {
                    writer.WriteNumber("token", id);
                    writer.WriteString("name", token.Name);
                    writer.WriteString("owner", Lower(token.Owner));
                    WriteList(writer, "scopes", token.Scopes);
                }));
                return id;
            },
            cancel);

        public async Task<ApiToken?> FindTokenAsync(string digest, CancellationToken cancel)
        {
            var now = store._time.GetUtcNow();
            var token = await store.ReadAsync(
                database =>
                {
                    var row = database[s_token].Add(digest);
                    if (!row.Step())
                    {
                        return null;
                    }

                    var found = ReadToken(row);
                    row.Reset();
                    return found;
                },
                cancel).ConfigureAwait(false);
            if (token is null || token.ExpiresAt <= now)
            {
                return null;
            }

            if (token.LastUsed is null || now - token.LastUsed >= s_noteEvery)
            {
                await store.WriteAsync(transaction => transaction[s_used].Add(Milliseconds(now)).Add(token.Id).Run(), cancel).ConfigureAwait(false);
            }

            return token;
        }

        public Task<IReadOnlyList<ApiToken>> TokensAsync(string? owner, CancellationToken cancel) => store.ReadAsync<IReadOnlyList<ApiToken>>(
            database =>
            {
                var key = owner is null ? null : KeyOf(database, owner);
                var tokens = new List<ApiToken>();
                if (owner is not null && key is null)
                {
                    return tokens;
                }

                var rows = database[s_tokens].Add(key);
                while (rows.Step())
                {
                    tokens.Add(ReadToken(rows));
                }

                return tokens;
            },
            cancel);

        public Task<bool> RevokeTokenAsync(long id, string by, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                var row = transaction[s_tokenOwner].Add(id);
                if (!row.Step())
                {
                    return false;
                }

                var (owner, name) = (row.Text(0), row.Text(1));
                row.Reset();
                transaction[s_revoke].Add(id).Run();
                transaction.Audit("token-revoked", null, null, null, by, Json(writer =>
                {
                    writer.WriteNumber("token", id);
                    writer.WriteString("name", name);
                    writer.WriteString("owner", owner);
                }));
                return true;
            },
            cancel);

        public async Task<ReadOnlyMemory<byte>> SecretAsync(string name, CancellationToken cancel)
            => await store.ReadAsync(database => Secret(database, name), cancel).ConfigureAwait(false)
                ?? await store.WriteAsync(
                    transaction =>
                    {
                        // Two processes may ask for the first time at once: the first one's stays.
                        transaction[s_keep].Add(name).Add(RandomNumberGenerator.GetBytes(SecretLength)).Run();
                        return Secret(transaction.Database, name)!;
                    },
                    cancel).ConfigureAwait(false);

        private static byte[]? Secret(SqliteDatabase database, string name)
        {
            var row = database[s_secret].Add(name);
            if (!row.Step())
            {
                return null;
            }

            var bytes = row.Bytes(0).ToArray();
            row.Reset();
            return bytes;
        }

        private static ApiToken ReadToken(Statement row)
            => new(row.Int64(0), row.Text(1), row.Text(2), row.Text(3), ReadList(row.NullableText(4)), row.Time(5), row.NullableTime(6), row.NullableTime(7));
    }
}
