namespace Sekisho.Storage.Sqlite;

internal static partial class Schema
{
    // Who writes with whom. Everything one mail's look-up needs of a person stands in his own row: counts, names, and in `seen` the latest sets of people he was in
    // (PersonRow, SeenList); what falls out of it goes to `older`, by the set's number. A set of N people is one row with N numbers in it. Months since 1970 have an index of their own
    // for forgetting after a time: they change once a month, where a moment would change with every mail. A number of a person or a set is never given twice (AUTOINCREMENT). What stood in the tables of the first step is carried over by
    // CarriedOver, in the same transaction.
    private const string Correspondence = """
        ALTER TABLE address RENAME TO old_address;
        ALTER TABLE gathering RENAME TO old_gathering;
        ALTER TABLE member RENAME TO old_member;

        CREATE TABLE correspondence(
          id INTEGER PRIMARY KEY CHECK(id = 1),
          form INTEGER NOT NULL,
          secret_check BLOB) STRICT;
        INSERT INTO correspondence(id, form) VALUES(1, 0);

        CREATE TABLE domain(
          n INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          len INTEGER NOT NULL,
          bare TEXT NOT NULL,
          reversed TEXT NOT NULL,
          label TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX domain_name ON domain(name);
        CREATE INDEX domain_front ON domain(len, bare);
        CREATE INDEX domain_back ON domain(len, reversed);
        CREATE INDEX domain_below ON domain(reversed);
        CREATE INDEX domain_label ON domain(label);

        CREATE TABLE person(
          n INTEGER PRIMARY KEY AUTOINCREMENT,
          domain INTEGER NOT NULL,
          len INTEGER NOT NULL,
          local ANY NOT NULL,
          reversed TEXT,
          first_at INTEGER NOT NULL,
          last_at INTEGER NOT NULL,
          mails INTEGER NOT NULL,
          weight REAL NOT NULL,
          written INTEGER NOT NULL,
          month INTEGER NOT NULL,
          older INTEGER NOT NULL,
          names BLOB,
          seen BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX person_key ON person(domain, len, local);
        CREATE INDEX person_back ON person(domain, len, reversed) WHERE reversed IS NOT NULL;
        CREATE INDEX person_local ON person(local) WHERE reversed IS NOT NULL;
        CREATE INDEX person_month ON person(month);

        CREATE TABLE person_name(
          hash INTEGER NOT NULL,
          person INTEGER NOT NULL,
          PRIMARY KEY(hash, person)) STRICT, WITHOUT ROWID;

        CREATE TABLE older(
          person INTEGER NOT NULL,
          bucket INTEGER NOT NULL,
          sets BLOB NOT NULL,
          PRIMARY KEY(person, bucket)) STRICT, WITHOUT ROWID;

        CREATE TABLE gathering(
          n INTEGER PRIMARY KEY AUTOINCREMENT,
          digest INTEGER NOT NULL,
          times INTEGER NOT NULL,
          last_at INTEGER NOT NULL,
          size INTEGER NOT NULL,
          month INTEGER NOT NULL,
          people BLOB NOT NULL) STRICT;
        CREATE INDEX gathering_digest ON gathering(digest);
        CREATE INDEX gathering_month ON gathering(month);

        CREATE TABLE contact(
          sender INTEGER NOT NULL,
          head TEXT NOT NULL,
          person INTEGER NOT NULL,
          mails INTEGER NOT NULL,
          last_at INTEGER NOT NULL,
          weight REAL NOT NULL,
          PRIMARY KEY(sender, head, person)) STRICT, WITHOUT ROWID;
        CREATE INDEX contact_person ON contact(person);

        CREATE TABLE strand(
          n INTEGER PRIMARY KEY AUTOINCREMENT,
          topic INTEGER,
          mails INTEGER NOT NULL,
          last_at INTEGER NOT NULL,
          month INTEGER NOT NULL,
          people BLOB NOT NULL) STRICT;
        CREATE INDEX strand_topic ON strand(topic) WHERE topic IS NOT NULL;
        CREATE INDEX strand_month ON strand(month);

        CREATE TABLE strand_mail(
          hash INTEGER PRIMARY KEY,
          strand INTEGER NOT NULL) STRICT;
        CREATE INDEX strand_mail_strand ON strand_mail(strand);

        CREATE TABLE score(
          rule TEXT NOT NULL,
          bin INTEGER NOT NULL,
          mails INTEGER NOT NULL,
          PRIMARY KEY(rule, bin)) STRICT, WITHOUT ROWID;

        CREATE TABLE forgetting(
          n INTEGER PRIMARY KEY,
          domain INTEGER,
          person INTEGER,
          until INTEGER NOT NULL) STRICT;
        """;
}
