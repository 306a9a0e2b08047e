using BenchmarkDotNet.Attributes;
using Sekisho.Mime;

namespace Sekisho.Bench.Micro;

/// <summary>Reading a message: its structure alone, with all that the rules ask of it, and with every part decoded.</summary>
[MemoryDiagnoser]
public class MimeBenchmarks : IMeasured
{
    private readonly byte[] _buffer = new byte[81920];
    private byte[] _mail = [];

    /// <summary>Which mail.</summary>
    [ParamsSource(nameof(MailNames))]
    public string Mail { get; set; } = "";

    /// <summary>The names of the mails.</summary>
    public static IEnumerable<string> MailNames => Mails.Names;

    /// <summary>Makes the mail.</summary>
    [GlobalSetup]
    public void Setup() => _mail = Mails.Make(Mail);

    /// <summary>Structure only.</summary>
    [Benchmark(Baseline = true)]
    public int Parse() => MimeMessage.Parse(_mail).Root.Children.Count;

    /// <summary>Structure, defects, addresses, subject and the body texts.</summary>
    [Benchmark]
    public int ParseAndFacts()
    {
        var message = MimeMessage.Parse(_mail);
        var facts = message.Defects.Count + message.Headers.Addresses("From").Mailboxes.Count
            + message.Headers.Addresses("To").Mailboxes.Count + message.Headers.Addresses("Cc").Mailboxes.Count
            + message.Headers.First("Subject")!.Decoded.Length;
        foreach (var entity in message.Entities())
        {
            facts += entity.FileName?.Length ?? 0;
            if (entity.IsBodyText)
            {
                facts += entity.ReadText().Text.Length;
            }
        }

        return facts;
    }

    /// <summary>Structure, and every leaf decoded to its end.</summary>
    [Benchmark]
    public long ParseAndDecode()
    {
        long total = 0;
        foreach (var entity in MimeMessage.Parse(_mail).Entities())
        {
            if (entity.Children.Count == 0)
            {
                using var stream = entity.OpenDecoded();
                int read;
                while ((read = stream.Read(_buffer)) > 0)
                {
                    total += read;
                }
            }
        }

        return total;
    }

    long IMeasured.BytesOf(IReadOnlyDictionary<string, object> parameters) => Mails.Make((string)parameters[nameof(Mail)]).Length;
}
