using System.Buffers;
using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;
using Statement = Sekisho.Storage.Sqlite.Statement;

namespace Sekisho.Storage.Correspondence;

/// <summary>Threads: by the identifiers mails refer to, else by what they are about and whom they go to. Of identifiers and topics only digests are kept.</summary>
internal sealed class Strands(SqliteDatabase database)
{
    private const int MaxPeople = 256;
    private const int MaxOfTopic = 32;

    /// <summary>After which a thread is taken to have ended.</summary>
    private static readonly long s_life = (long)TimeSpan.FromDays(365).TotalMilliseconds;

    private static readonly Query s_byMail = new("SELECT s.n, s.mails, s.last_at, s.people FROM strand_mail m JOIN strand s ON s.n = m.strand WHERE m.hash = ?");

    private static readonly Query s_byTopic = new("SELECT n, mails, last_at, people FROM strand WHERE topic = ? ORDER BY n DESC LIMIT ?");

    private static readonly Query s_add = new("INSERT INTO strand(topic, mails, last_at, month, people) VALUES(?,?,?,?,?)");

    private static readonly Query s_change = new("UPDATE strand SET mails = ?, last_at = ?, month = ?, people = ? WHERE n = ?");

    private static readonly Query s_putMail = new("INSERT INTO strand_mail(hash, strand) VALUES(?,?) ON CONFLICT DO UPDATE SET strand = excluded.strand");

    private static readonly Query s_addMail = new("INSERT OR IGNORE INTO strand_mail(hash, strand) VALUES(?,?)");

    /// <summary>Adds a mail to the thread it belongs to, or begins one.</summary>
    public void Learn(LearntMail mail, long sender, HashSet<long> got, long at)
    {
        if (mail.MessageId is null && mail.References.Count == 0 && mail.Topic.Length == 0)
        {
            return;
        }

        var strand = Referred(mail.References, at) ?? Akin(mail.Topic, at, s => s.Has(sender) || got.Any(s.Has)).FirstOrDefault();
        var isNew = strand is null;
        strand ??= new Strand { LastAt = at };
        strand.Add(got.Append(sender), at);
        if (isNew)
        {
            database[s_add].Add(TopicOf(mail.Topic)).Add(strand.Mails).Add(strand.LastAt).Add(Decay.Month(strand.LastAt)).Add(strand.Write()).Run();
            strand.Id = database.LastInsertRowId;
        }
        else
        {
            database[s_change].Add(strand.Mails).Add(strand.LastAt).Add(Decay.Month(strand.LastAt)).Add(strand.Write()).Add(strand.Id).Run();
        }

        if (mail.MessageId is { } id)
        {
            database[s_putMail].Add(IdOf(id)).Add(strand.Id).Run();
        }

        foreach (var reference in mail.References)
        {
            database[s_addMail].Add(IdOf(reference)).Add(strand.Id).Run();
        }
    }

    /// <summary>The threads a mail continues; empty where none is known. <paramref name="people"/> are numbers of people, no organisations.</summary>
    public (IReadOnlyList<Strand> Strands, bool ByReference) Find(CorrespondenceQuestion question, long? sender, IReadOnlyCollection<long> people)
    {
        var at = Decay.Clamp(question.At.ToUnixTimeMilliseconds());
        var referred = new Dictionary<long, Strand>();
        foreach (var reference in question.References)
        {
            if (ByMail(reference, at) is { } strand)
            {
                referred[strand.Id] = strand;
            }
        }

        return referred.Count > 0
            ? ([.. referred.Values], true)
            : ([.. Akin(question.Topic, at, s => (sender is { } id && s.Has(id)) || people.Any(s.Has))], false);
    }

    /// <summary>The thread of the mail answered last, else of one before it.</summary>
    private Strand? Referred(IReadOnlyList<string> references, long at)
    {
        for (var i = references.Count - 1; i >= 0; i--)
        {
            if (ByMail(references[i], at) is { } strand)
            {
                return strand;
            }
        }

        return null;
    }

    private Strand? ByMail(string id, long at)
    {
        var row = database[s_byMail].Add(IdOf(id));
        if (!row.Step())
        {
            return null;
        }

        var strand = Strand.Read(row);
        row.Reset();
        return strand.Lives(at, s_life) ? strand : null;
    }

    /// <summary>Living threads of a topic that have something to do with these people, the latest first. Of a subject everybody uses the latest are enough.</summary>
    private List<Strand> Akin(string topic, long at, Func<Strand, bool> isShared)
    {
        var akin = new List<Strand>();
        if (topic.Length > 0)
        {
            var rows = database[s_byTopic].Add(TopicOf(topic)).Add(MaxOfTopic);
            while (rows.Step())
            {
                var strand = Strand.Read(rows);
                if (strand.Lives(at, s_life) && isShared(strand))
                {
                    akin.Add(strand);
                }
            }
        }

        return akin;
    }

    private static long IdOf(string messageId) => AddressKeys.HashOf("id:" + messageId);

    private static long? TopicOf(string topic) => topic.Length == 0 ? null : AddressKeys.HashOf("topic:" + topic);

    /// <summary>Mails of one thread.</summary>
    internal sealed class Strand
    {
        private readonly List<(long Person, long Times)> _people = [];

        public long Id { get; set; }

        public long Mails { get; private set; }

        public long LastAt { get; set; }

        public IReadOnlyList<(long Person, long Times)> People => _people;

        public static Strand Read(Statement row)
        {
            var strand = new Strand { Id = row.Int64(0), Mails = row.Int64(1), LastAt = row.Int64(2) };
            var bytes = row.Bytes(3);
            while (!bytes.IsEmpty)
            {
                strand._people.Add(((long)Packed.Read(ref bytes), (long)Packed.Read(ref bytes)));
            }

            return strand;
        }

        public byte[] Write()
        {
            var writer = new ArrayBufferWriter<byte>(Math.Max(16, _people.Count * 5));
            foreach (var (person, times) in _people)
            {
                Packed.Write(writer, (ulong)person);
                Packed.Write(writer, (ulong)times);
            }

            return writer.WrittenSpan.ToArray();
        }

        public bool Has(long person) => _people.Exists(one => one.Person == person);

        public bool Lives(long at, long life) => at - LastAt <= life;

        public void Add(IEnumerable<long> people, long at)
        {
            Mails++;
            LastAt = Math.Max(LastAt, at);
            foreach (var id in people)
            {
                var known = _people.FindIndex(one => one.Person == id);
                if (known >= 0)
                {
                    _people[known] = (id, _people[known].Times + 1);
                }
                else if (_people.Count < MaxPeople)
                {
                    _people.Add((id, 1));
                }
            }
        }
    }
}
