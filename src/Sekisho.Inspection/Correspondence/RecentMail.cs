using System.Numerics;
using System.Security.Cryptography;

namespace Sekisho.Inspection;

/// <summary>
/// The memory of recent mail in this process: the last ten minutes by the notes' own time, at most 200,000 entries, the oldest forgotten first.
/// Addresses are kept as 64-bit hashes under a key of this process. Thread-safe.
/// </summary>
public sealed partial class RecentMail : IRecentMail
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    private readonly int _maxEntries;
    private ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Sent> _content = [];
    private readonly Dictionary<ulong, Sent> _template = [];
    private readonly Dictionary<ulong, Run> _runs = [];
    private readonly Dictionary<string, (RecentMailAnswer Answer, long At)> _answers = new(StringComparer.Ordinal);
    private readonly Queue<Trace> _order = new();
    private long _now = long.MinValue;
    private int _foreign;

    /// <summary>An empty memory of at most <paramref name="maxEntries"/> entries. Throws <see cref="ArgumentOutOfRangeException"/> for less than one.</summary>
    public RecentMail(int maxEntries = 200_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntries, 1);
        _maxEntries = maxEntries;
    }

    private enum Kind : byte
    {
        Content,
        Template,
        Run,
        Answer,
    }

    /// <summary>Entries held at this moment.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _content.Count + _template.Count + _runs.Count + _answers.Count + _foreign;
            }
        }
    }

    /// <inheritdoc/>
    public RecentMailAnswer Note(RecentMailNote note)
    {
        var (content, template, letter, file, recipients, foreign) = HashesOf(note);
        var at = note.At.UtcTicks;
        lock (_lock)
        {
            _now = Math.Max(_now, at);
            Forget();
            if (_answers.TryGetValue(note.Id, out var before))
            {
                return before.Answer;
            }

            var sameContent = new List<string>();
            var sameTemplate = new List<string>();
            foreach (var (key, hash) in recipients)
            {
                if (Remember(_content, Kind.Content, Hash64.Mix(content ^ hash), new Sent(at, content, note.HasAttachment)) is not null)
                {
                    sameContent.Add(key);
                }
                else if (Remember(_template, Kind.Template, Hash64.Mix(letter ^ hash), new Sent(at, file, note.HasAttachment)) is { } other
                    && other.What != file && other.HasFile && note.HasAttachment)
                {
                    sameTemplate.Add(key);
                }
            }

            var (messages, run, beyond) = Join(template, foreign, at, sameTemplate.Count > 0, note.Greeting);
            var answer = new RecentMailAnswer(sameContent, sameTemplate, messages, run.Addresses.Count + beyond)
            {
                RunCrossed = run.Crossed,
                RunGreetingsFit = BitOperations.PopCount((uint)run.Fitting),
                RunGreetingsDiffer = BitOperations.PopCount((uint)run.Differing),
            };
            _answers[note.Id] = (answer, at);
            _order.Enqueue(new Trace(at, Kind.Answer, 0, note.Id));
            Forget();
            return answer;
        }
    }

    /// <summary>Worked out outside the lock: a note of thousands of recipients must not keep the others waiting.</summary>
    private Hashes HashesOf(RecentMailNote note)
    {
        var content = Hash64.Of(Hash64.Of(_seed, note.Sender), note.ContentKey);
        var template = Hash64.Of(Hash64.Of(~_seed, note.Sender), note.TemplateKey);
        return new(
            content,
            template,
            note.LetterKey is { Length: > 0 } ? Hash64.Of(Hash64.Of(~_seed, note.Sender), note.LetterKey) : template,
            note.FileKey is { Length: > 0 } ? Hash64.Of(_seed, note.FileKey) : content,
            [.. note.OutsideRecipients.Select(r => (r, Hash64.Of(_seed, r)))],
            [.. note.ForeignAddresses.Select(a => Hash64.Of(_seed, a))]);
    }

    private Sent? Remember(Dictionary<ulong, Sent> where, Kind kind, ulong key, Sent sent)
    {
        Sent? before = where.TryGetValue(key, out var known) && Within(known.At, sent.At) ? known : null;
        where[key] = sent;
        _order.Enqueue(new Trace(sent.At, kind, key, null));
        return before;
    }

    private (int Messages, Run Run, int Beyond) Join(ulong key, ulong[] foreign, long at, bool crossed, string? greeting)
    {
        if (!_runs.TryGetValue(key, out var run) || !Within(run.At, at))
        {
            _foreign -= run?.Addresses.Count ?? 0;
            run = new Run();
            _runs[key] = run;
        }

        var before = run.Messages++;
        run.Crossed |= crossed;
        run.Greet(greeting);
        run.At = Math.Max(run.At, at);
        _order.Enqueue(new Trace(run.At, Kind.Run, key, null));
        var beyond = 0;
        foreach (var address in foreign)
        {
            if (run.Addresses.Contains(address))
            {
                continue;
            }

            // Past the bound they are counted but not remembered: too high a count is the safe side.
            if (_foreign >= _maxEntries)
            {
                beyond++;
            }
            else if (run.Addresses.Add(address))
            {
                _foreign++;
            }
        }

        return (before, run, beyond);
    }

    private static bool Within(long before, long now) => Math.Abs(now - before) <= _window.Ticks;

    /// <summary>Drops what is too old, and the oldest beyond the bound. An entry renewed since has a later trace and stays.</summary>
    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (oldest.At < _now - _window.Ticks || _order.Count > _maxEntries))
        {
            _order.Dequeue();
            switch (oldest.Kind)
            {
                case Kind.Content when _content.TryGetValue(oldest.Key, out var sent) && sent.At <= oldest.At:
                    _content.Remove(oldest.Key);
                    break;
                case Kind.Template when _template.TryGetValue(oldest.Key, out var sent) && sent.At <= oldest.At:
                    _template.Remove(oldest.Key);
                    break;
                case Kind.Run when _runs.TryGetValue(oldest.Key, out var run) && run.At <= oldest.At:
                    _foreign -= run.Addresses.Count;
                    _runs.Remove(oldest.Key);
                    break;
                case Kind.Answer when _answers.TryGetValue(oldest.Id!, out var answer) && answer.At <= oldest.At:
                    _answers.Remove(oldest.Id!);
                    break;
            }
        }
    }

    private readonly record struct Sent(long At, ulong What, bool HasFile);

    private sealed record Hashes(ulong Content, ulong Template, ulong Letter, ulong File, (string Key, ulong Hash)[] Recipients, ulong[] Foreign);

    private readonly record struct Trace(long At, Kind Kind, ulong Key, string? Id);

    private sealed partial class Run
    {
        public long At { get; set; } = long.MinValue;

        public int Messages { get; set; }

        public bool Crossed { get; set; }

        public HashSet<ulong> Addresses { get; } = [];

        /// <summary>The last eight greetings that could be checked, the latest in the lowest bit: those that fit, and those that do not.</summary>
        public byte Fitting { get; private set; }

        public byte Differing { get; private set; }

        /// <summary>Takes one more greeting in; what is neither (notes of older versions have none) says nothing.</summary>
        public void Greet(string? greeting) => (Fitting, Differing) = Greeted(greeting);

        /// <summary>What the two would be with one more greeting.</summary>
        public (byte Fitting, byte Differing) Greeted(string? greeting) => greeting switch
        {
            RecentMailNote.GreetingFits => ((byte)((Fitting << 1) | 1), (byte)(Differing << 1)),
            RecentMailNote.GreetingDiffers => ((byte)(Fitting << 1), (byte)((Differing << 1) | 1)),
            _ => (Fitting, Differing),
        };
    }
}
