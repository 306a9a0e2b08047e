using System.Globalization;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>A query made ready: words folded, rules and senders as numbers, the range of mails it can concern.</summary>
internal sealed class SearchPlan
{
    /// <summary>Words beyond are not looked for.</summary>
    public const int MaxWords = 10;

    /// <summary>Characters of one field of a query; beyond, they are not looked for.</summary>
    public const int MaxCharacters = 300;

    private static readonly Query s_span = new("SELECT min(first), max(last) FROM hour WHERE hour >= ? AND hour <= ?");
    private static readonly Query s_sender = new("SELECT k FROM sender WHERE address = ?");
    private static readonly Query s_ofDomain = new("SELECT k FROM sender WHERE domain = ?");

    /// <summary>Nothing can fit, e.g. a rule that never found anything.</summary>
    public bool Empty { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; } = long.MaxValue;

    public long From { get; private init; }

    public long Until { get; private init; }

    public MailState? State { get; private init; }

    public bool WithOwn { get; private init; }

    public ulong RuleBit { get; private set; }

    /// <summary>The rule, where its bit stands for others too and the mail's row must be asked.</summary>
    public string? SharedRule { get; private set; }

    /// <summary>Numbers of senders; null = everybody.</summary>
    public HashSet<int>? Senders { get; private set; }

    /// <summary>What must stand in which field.</summary>
    public List<(Field Field, byte[] Text)> Words { get; } = [];

    /// <summary>Checks and prepares a query. Throws <see cref="ArgumentException"/> for a page size or a continuation that is none of ours.</summary>
    public static SearchPlan Of(MailQuery query, SqliteDatabase index)
    {
        var plan = new SearchPlan
        {
            From = query.From?.ToUnixTimeMilliseconds() ?? long.MinValue,
            Until = query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            State = query.State,
            WithOwn = query.WithOwn,
        };
        plan.AddWords(query);
        plan.AddRule(query.Rule, index);
        plan.AddSenders(query.OnlySenders, index);
        plan.AddSpan(query, index);
        return plan;
    }

    public static void Check(MailQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Max, 200, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Patience, TimeSpan.Zero, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Patience, TimeSpan.FromSeconds(5), nameof(query));
        if (query.After is { } after && !(long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            throw new ArgumentException("the continuation is none of this index", nameof(query));
        }
    }

    private void AddWords(MailQuery query)
    {
        foreach (var word in Fold(query.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            Words.Add((Field.Any, BlockText.Bytes(word)));
        }

        Add(Field.Subject, query.Subject);
        Add(Field.Sender, query.Sender);
        Add(Field.Recipients, query.Recipient);
    }

    private void Add(Field field, string? text)
    {
        if (Fold(text ?? "") is { Length: > 0 } folded)
        {
            Words.Add((field, BlockText.Bytes(folded)));
        }
    }

    private static string Fold(string text) => BlockText.Fold(text.Length > MaxCharacters ? text[..MaxCharacters] : text);

    private void AddRule(string? rule, SqliteDatabase index)
    {
        if (string.IsNullOrEmpty(rule))
        {
            return;
        }

        if (!Dictionaries.ReadRules(index).TryGetValue(rule, out var key))
        {
            Empty = true;
            return;
        }

        RuleBit = Slot.Bit(key);
        SharedRule = key >= Slot.OwnBits ? rule : null;
    }

    private void AddSenders(IReadOnlyList<string> only, SqliteDatabase index)
    {
        if (only.Count == 0)
        {
            return;
        }

        Senders = [];
        foreach (var one in only)
        {
            var folded = Dictionaries.FoldAddress(one);
            var rows = folded.StartsWith('@') ? index[s_ofDomain].Add(folded[1..]) : index[s_sender].Add(folded);
            while (rows.Step())
            {
                Senders.Add(rows.Int32(0));
            }
        }

        Empty |= Senders.Count == 0;
    }

    private void AddSpan(MailQuery query, SqliteDatabase index)
    {
        if (query.From is not null || query.Until is not null)
        {
            var (from, until) = (HourOf(query.From) ?? long.MinValue, HourOf(query.Until) ?? long.MaxValue);
            var span = index[s_span].Add(from).Add(until);
            Empty |= !span.Step() || span.IsNull(0);
            (First, Last) = Empty ? (0, 0) : (span.Int64(0), span.Int64(1));
            span.Reset();
        }

        if (query.After is { } after)
        {
            Last = Math.Min(Last, long.Parse(after, CultureInfo.InvariantCulture) - 1);
        }
    }

    private static long? HourOf(DateTimeOffset? time) => time is { } at ? at.ToUnixTimeMilliseconds() / FigureChanges.Hour : null;
}
