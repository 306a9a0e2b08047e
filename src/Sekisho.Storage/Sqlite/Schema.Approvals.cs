namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Several approvers, deadlines, deputies. A deputy who ended keeps his row: a number names one and the same for ever.
    private const string Approvals = """
        ALTER TABLE submission ADD COLUMN authors TEXT;

        ALTER TABLE delivery ADD COLUMN needed INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE delivery ADD COLUMN deadline INTEGER;
        ALTER TABLE delivery ADD COLUMN at_deadline INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE delivery ADD COLUMN escalate_to TEXT;
        ALTER TABLE delivery ADD COLUMN escalated INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX delivery_deadline ON delivery(deadline) WHERE state = 3 AND at_deadline <> 0 AND escalated = 0 AND deadline IS NOT NULL;

        ALTER TABLE decision ADD COLUMN acting_for TEXT;
        ALTER TABLE decision ADD COLUMN removed TEXT;
        ALTER TABLE decision ADD COLUMN waiting TEXT;

        CREATE TABLE vote(
          n INTEGER PRIMARY KEY,
          delivery INTEGER NOT NULL REFERENCES delivery(n),
          by TEXT NOT NULL,
          acting_for TEXT,
          at INTEGER NOT NULL,
          digest TEXT NOT NULL) STRICT;
        CREATE INDEX vote_delivery ON vote(delivery);

        CREATE TABLE deputy(
          n INTEGER PRIMARY KEY,
          approver TEXT NOT NULL,
          substitute TEXT NOT NULL,
          from_day INTEGER NOT NULL,
          until_day INTEGER NOT NULL,
          by TEXT NOT NULL,
          ended_at INTEGER) STRICT;
        CREATE INDEX deputy_standing ON deputy(until_day) WHERE ended_at IS NULL;
        """;
}
