using System.Text;
using BenchmarkDotNet.Attributes;
using ExcelDataReader;
using Sekisho.Bench.Persons;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Micro;

/// <summary>A workbook of 10,000 persons: the library alone that reads its cells, then our reader, then the persons counted. Aim: under a second.</summary>
[MemoryDiagnoser]
public class WorkbookBenchmarks : IMeasured
{
    private const int Persons = 10_000;
    private byte[] _workbook = [];

    /// <summary>Makes the file.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        _workbook = Corpus.Workbook(1, Persons);
    }

    /// <summary>The peer: every cell as ExcelDataReader gives it, nothing looked at.</summary>
    [Benchmark(Baseline = true)]
    public int ExcelDataReaderAlone()
    {
        using var stream = new MemoryStream(_workbook, writable: false);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        var cells = 0;
        do
        {
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (reader.GetValue(i) is not null)
                        cells++;
                }
            }
        }
        while (reader.NextResult());
        return cells;
    }

    /// <summary>Kind, limits, cells.</summary>
    [Benchmark]
    public int Read() => FileReader.Read("list.xlsx", _workbook, InspectionServices.None, CancellationToken.None).Count;

    /// <summary>The same, and the persons in it. Throws where they are not all found: a fast reader that misses them is no result.</summary>
    [Benchmark]
    public int ReadAndCountPersons()
    {
        var found = PeopleReader.Read(FileReader.Read("list.xlsx", _workbook, InspectionServices.None, CancellationToken.None), CancellationToken.None);
        return found.Persons.Count is > Persons * 97 / 100 and < Persons * 103 / 100 ? found.Persons.Count : throw new InvalidOperationException($"{found.Persons.Count} persons");
    }

    long IMeasured.BytesOf(IReadOnlyDictionary<string, object> parameters) => Corpus.Workbook(1, Persons).Length;
}

/// <summary>The whole inspection of an ordinary mail of 4 kB to five outside recipients, beside its parsing alone. Aim: under 0.3 ms.</summary>
[MemoryDiagnoser]
public class InspectionBenchmarks : IMeasured
{
    private static readonly string[] s_recipients = [.. Enumerable.Range(0, 5).Select(i => $"user{i}@company{i}.example")];

    private readonly InspectionEngine _engine = InspectionEngine.CreateDefault();
    private readonly Nobody _nobody = new();
    private IOrganisation _organisation = null!;
    private byte[] _mail = [];

    /// <summary>Which mail.</summary>
    [Params("4 kB text", "4 kB iso-2022-jp")]
    public string Mail { get; set; } = "";

    /// <summary>Makes the mail.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _mail = Mails.Make(Mail);
        _organisation = new Organisation(["example.co.jp"], []).ForSender("taro@example.co.jp");
    }

    /// <summary>The peer: structure of the mail.</summary>
    [Benchmark(Baseline = true)]
    public int ParseAlone() => MimeMessage.Parse(_mail).Root.Children.Count;

    /// <summary>Parsing, facts, every rule of the room.</summary>
    [Benchmark]
    public int Inspect()
    {
        var input = new InspectionInput { Message = MimeMessage.Parse(_mail), MailFrom = "taro@example.co.jp", Recipients = s_recipients, ReceivedAt = DateTimeOffset.UnixEpoch, Id = "1" };
        return _engine.Inspect(input, _organisation, _nobody, _nobody, new RuleSettings(), CancellationToken.None).Findings.Count;
    }

    long IMeasured.BytesOf(IReadOnlyDictionary<string, object> parameters) => Mails.Make((string)parameters[nameof(Mail)]).Length;

    // History costs a database its own time, which bench/storage measures; here nobody is known and nothing was sent.
    private sealed class Nobody : ICorrespondence, IRecentMail
    {
        private static readonly Dictionary<string, IReadOnlyList<long>> s_none = [];

        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys) => s_none;

        public RecentMailAnswer Note(RecentMailNote note) => new([], [], 0, 0);
    }
}
