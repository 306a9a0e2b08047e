using System.Globalization;
using System.Text;
using Sekisho.Audit.Archives;

namespace Sekisho.Audit.Tests.Run;

/// <summary>An archive in memory, in the order its mails are given.</summary>
internal sealed class MailPile : IMailArchive
{
    private readonly List<(byte[] Bytes, DateTimeOffset At)> _mails = [];

    /// <summary>Called before a message is read, with its index.</summary>
    public Action<int>? Reading { get; set; }

    public IReadOnlyList<string> Files => ["pile.mbox"];

    public int Count => _mails.Count;

    public long Bytes => _mails.Sum(m => (long)m.Bytes.Length);

    public string Fingerprint => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _mails.Select(m => Encoding.UTF8.GetString(m.Bytes))))));

    public IReadOnlyList<BrokenMessage> Broken => [];

    public long BrokenCount => 0;

    public ArchivedMessage this[int index] => new(0, index * 1000L, _mails[index].Bytes.Length, _mails[index].At);

    public ReadOnlyMemory<byte> Read(int index)
    {
        Reading?.Invoke(index);
        return _mails[index].Bytes;
    }

    public void Dispose()
    {
    }

    /// <summary>A mail an hour after the one before; <paramref name="to"/> separated by commas.</summary>
    public MailPile Add(string from, string to, string subject = "Quarterly figures", string? id = null, string more = "", string text = "Please find the figures of the quarter below.", TimeSpan? after = null)
    {
        var at = (_mails.Count == 0 ? new DateTimeOffset(2024, 1, 15, 9, 0, 0, TimeSpan.FromHours(9)) : _mails[^1].At) + (after ?? TimeSpan.FromHours(1));
        return AddRaw($"Message-ID: <{id ?? $"m{_mails.Count}@one.example"}>\nDate: {at.ToString("ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture)}\nFrom: {from}\nTo: {to}\nSubject: {subject}\n{more}\n{text}\n", at);
    }

    public MailPile AddRaw(string message, DateTimeOffset at)
    {
        _mails.Add((Encoding.UTF8.GetBytes(message), at));
        return this;
    }

    /// <summary>Moments of the mails.</summary>
    public DateTimeOffset At(int index) => _mails[index].At;

    /// <summary>Addresses at organisations of their own: <c>p1@firm1.example, p2@firm2.example …</c></summary>
    public static string Firms(int from, int to) => string.Join(", ", Enumerable.Range(from, to - from + 1).Select(i => $"p{i}@firm{i}.example"));
}
