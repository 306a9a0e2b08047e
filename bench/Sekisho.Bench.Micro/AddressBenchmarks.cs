using System.Text;
using BenchmarkDotNet.Attributes;
using Sekisho.Mime;

namespace Sekisho.Bench.Micro;

/// <summary>Reading a list of recipients, and making one individual copy for each of them from one skeleton.</summary>
[MemoryDiagnoser]
public class AddressBenchmarks : IMeasured
{
    private byte[] _mail = [];
    private MimeMessage _message = null!;

    /// <summary>Entries in To. 16,280 is the largest leak on record here.</summary>
    [Params(10, 1_000, 16_280)]
    public int Recipients { get; set; }

    /// <summary>Makes the mail.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _mail = Make(Recipients);
        _message = MimeMessage.Parse(_mail);
    }

    /// <summary>The whole list into addresses.</summary>
    [Benchmark]
    public int Addresses() => MimeMessage.Parse(_mail).Headers.Addresses("To").Mailboxes.Count;

    /// <summary>One copy for each.</summary>
    [Benchmark]
    public long IndividualCopies()
    {
        var to = _message.Headers.First("To")!;
        var skeleton = new MessageEdit(_message);
        skeleton.Remove(_message.Headers.First("Cc")!);
        long total = 0;
        foreach (var mailbox in _message.Headers.Addresses("To").Mailboxes)
        {
            var copy = skeleton.Clone();
            copy.Replace(to, _mail.AsSpan(mailbox.Raw.Offset, mailbox.Raw.Length));
            total += copy.Length;
        }

        return total;
    }

    long IMeasured.BytesOf(IReadOnlyDictionary<string, object> parameters) => Make((int)parameters[nameof(Recipients)]).Length;

    private static byte[] Make(int recipients)
        => Encoding.ASCII.GetBytes($"From: taro@example.co.jp\r\nTo: {Mails.Addresses(recipients)}\r\nCc: a@example.net\r\nSubject: x\r\n\r\nbody\r\n");
}
