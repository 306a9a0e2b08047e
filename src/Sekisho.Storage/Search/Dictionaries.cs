using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>Numbers for what repeats: rules and senders. For the one who writes.</summary>
internal sealed class Dictionaries(SqliteDatabase database)
{
    // As many senders as are worth remembering; beyond, they are asked for again.
    private const int MaxKnown = 20_000;

    private static readonly Query s_rules = new("SELECT k, name FROM rule");
    private static readonly Query s_addRule = new("INSERT INTO rule(k, name) VALUES(?,?)");
    private static readonly Query s_sender = new("SELECT k FROM sender WHERE address = ?");
    private static readonly Query s_addSender = new("INSERT INTO sender(address, domain) VALUES(?,?)");

    private readonly Dictionary<string, long> _senders = new(StringComparer.Ordinal);
    private Dictionary<string, long>? _rules;

    public long Rule(string name)
    {
        _rules ??= ReadRules(database);
        if (!_rules.TryGetValue(name, out var key))
        {
            key = _rules.Count;
            database[s_addRule].Add(key).Add(name).Run();
            _rules[name] = key;
        }

        return key;
    }

    public int Sender(string address)
    {
        var folded = FoldAddress(address);
        if (_senders.TryGetValue(folded, out var key))
        {
            return (int)key;
        }

        if (database[s_sender].Add(folded).Scalar() is { } known)
        {
            key = known;
        }
        else
        {
            database[s_addSender].Add(folded).Add(DomainOf(folded)).Run();
            key = database.LastInsertRowId;
        }

        if (_senders.Count >= MaxKnown)
        {
            _senders.Clear();
        }

        _senders[folded] = key;
        return (int)key;
    }

    /// <summary>Forgets what was learnt; after a transaction that did not happen.</summary>
    public void Forget()
    {
        _rules = null;
        _senders.Clear();
    }

    public static Dictionary<string, long> ReadRules(SqliteDatabase database)
    {
        var rules = new Dictionary<string, long>(StringComparer.Ordinal);
        var rows = database[s_rules];
        while (rows.Step())
        {
            rules[rows.Text(1)] = rows.Int64(0);
        }

        return rules;
    }

    public static string FoldAddress(string address) => BlockText.Fold(address.Length > MailText.MaxAddress ? address[..MailText.MaxAddress] : address);

    private static string DomainOf(string folded) => folded.LastIndexOf('@') is var at and >= 0 ? folded[(at + 1)..] : "";
}
