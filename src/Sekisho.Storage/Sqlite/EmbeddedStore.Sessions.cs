namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private sealed partial class AccountTable
    {
        /// <summary>Browsers one account can be signed in with at once; one more ends the oldest.</summary>
        private const int MaxSessions = 50;

        private static readonly Query s_begin = new("INSERT INTO session(digest, account, created_at, seen_at, expires_at, client) VALUES(?,?,?,?,?,?)");

        private static readonly Query s_endOld = new("DELETE FROM session WHERE expires_at <= ?");

        private static readonly Query s_endMost = new("""
            DELETE FROM session WHERE digest IN (SELECT digest FROM session WHERE account = ? ORDER BY created_at DESC, digest LIMIT -1 OFFSET ?)
            """);

        private static readonly Query s_session = new("""
            SELECT s.digest, a.address, s.created_at, s.seen_at, s.expires_at, s.client FROM session s JOIN account a ON a.n = s.account WHERE s.digest = ? AND s.expires_at > ?
            """);

        private static readonly Query s_sessions = new("""
            SELECT s.digest, a.address, s.created_at, s.seen_at, s.expires_at, s.client FROM session s JOIN account a ON a.n = s.account
            WHERE s.account = ? AND s.expires_at > ? ORDER BY s.created_at DESC, s.digest
            """);

        private static readonly Query s_seen = new("UPDATE session SET seen_at = ? WHERE digest = ?");

        private static readonly Query s_end = new("DELETE FROM session WHERE account = ? AND digest = ?");

        private static readonly Query s_endOne = new("DELETE FROM session WHERE digest = ?");

        private static readonly Query s_endAll = new("DELETE FROM session WHERE account = ?");

        private static readonly TimeSpan s_noteEvery = TimeSpan.FromMinutes(1);

        public Task BeginSessionAsync(Session session, CancellationToken cancel) => store.WriteAsync(
            transaction =>
            {
                var key = NeededKey(transaction.Database, session.Address);
                transaction[s_endOld].Add(transaction.Now).Run();
                transaction[s_begin].Add(session.Digest).Add(key).Add(Milliseconds(session.CreatedAt)).Add(Milliseconds(session.SeenAt)).Add(Milliseconds(session.ExpiresAt)).Add(session.Client).Run();
                transaction[s_endMost].Add(key).Add(MaxSessions).Run();
                return true;
            },
            cancel);

        public async Task<Session?> FindSessionAsync(string digest, TimeSpan idle, CancellationToken cancel)
        {
            var now = store._time.GetUtcNow();
            var session = await store.ReadAsync(
                database =>
                {
                    var row = database[s_session].Add(digest).Add(Milliseconds(now));
                    if (!row.Step())
                    {
                        return null;
                    }

                    var found = ReadSession(row);
                    row.Reset();
                    return found;
                },
                cancel).ConfigureAwait(false);
            if (session is null)
            {
                return null;
            }

            if (now - session.SeenAt >= idle)
            {
                await store.WriteAsync(transaction => transaction[s_endOne].Add(digest).Run(), cancel).ConfigureAwait(false);
                return null;
            }

            if (now - session.SeenAt >= s_noteEvery)
            {
                await store.WriteAsync(transaction => transaction[s_seen].Add(Milliseconds(now)).Add(digest).Run(), cancel).ConfigureAwait(false);
                return session with { SeenAt = now };
            }

            return session;
        }

        public Task<IReadOnlyList<Session>> SessionsAsync(string address, CancellationToken cancel) => store.ReadAsync<IReadOnlyList<Session>>(
            database =>
            {
                var sessions = new List<Session>();
                if (KeyOf(database, address) is { } key)
                {
                    var rows = database[s_sessions].Add(key).Add(Milliseconds(store._time.GetUtcNow()));
                    while (rows.Step())
                    {
                        sessions.Add(ReadSession(rows));
                    }
                }

                return sessions;
            },
            cancel);

        public Task EndSessionAsync(string address, string? digest, CancellationToken cancel) => store.WriteAsync(
            transaction => KeyOf(transaction.Database, address) is not { } key ? 0
                : digest is null ? transaction[s_endAll].Add(key).Run()
                : transaction[s_end].Add(key).Add(digest).Run(),
            cancel);

        private static Session ReadSession(Statement row) => new(row.Text(0), row.Text(1), row.Time(2), row.Time(3), row.Time(4), row.Text(5));
    }
}
