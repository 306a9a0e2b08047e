using Sekisho.Inspection;

namespace Sekisho.Audit.Run;

/// <summary>
/// Everything the history was taught, in order. The correspondence follows from its lessons alone, so a run that was stopped teaches them again instead of reading a picture of all tables: a checkpoint
/// then costs what is new, however large the history.
/// </summary>
internal sealed class LessonLog : IDisposable
{
    private const byte Mail = 1;
    private const byte Scores = 2;

    private readonly AppendLog _log;
    private readonly MemoryStream _buffer = new();
    private readonly BinaryWriter _writer;

    public LessonLog(string path, long length) => (_log, _writer) = (new AppendLog(path, length), new BinaryWriter(_buffer, System.Text.Encoding.UTF8));

    /// <summary>Bytes of it.</summary>
    public long Length => _log.Length;

    /// <summary>Notes a lesson.</summary>
    public void Add(LearntMail mail)
    {
        _buffer.SetLength(0);
        _writer.Write(Mail);
        Write(_writer, mail);
        End();
    }

    /// <summary>Notes the scores of one mail: by their place among <see cref="ScoreCurve.Names"/>, which is the same for a run that goes on, or it would not be let go on.</summary>
    public void Add(IReadOnlyDictionary<string, int> scores)
    {
        _buffer.SetLength(0);
        _writer.Write(Scores);
        _writer.Write((byte)scores.Count);
        for (var i = 0; i < ScoreCurve.Names.Count; i++)
        {
            if (scores.TryGetValue(ScoreCurve.Names[i], out var score))
            {
                _writer.Write((byte)i);
                _writer.Write((short)score);
            }
        }

        End();
    }

    /// <inheritdoc cref="AppendLog.Flush"/>
    public void Flush() => _log.Flush();

    /// <summary>Teaches everything again. Throws <see cref="InvalidDataException"/> when it cannot be read.</summary>
    public void Replay(Action<LearntMail> learn, Action<string, int> score, CancellationToken cancel)
    {
        using var buffered = new BufferedStream(_log.OpenRead(), 256 * 1024);
        using var reader = new BinaryReader(buffered);
        try
        {
            for (var kind = buffered.ReadByte(); kind >= 0; kind = buffered.ReadByte())
            {
                cancel.ThrowIfCancellationRequested();
                switch ((byte)kind)
                {
                    case Mail:
                        learn(ReadMail(reader));
                        break;
                    case Scores:
                        for (var left = reader.ReadByte(); left > 0; left--)
                        {
                            score(ScoreCurve.Names[reader.ReadByte()], reader.ReadInt16());
                        }

                        break;
                    default:
                        throw new InvalidDataException("the lessons cannot be read");
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("the lessons cannot be read", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _log.Dispose();
    }

    public static void Write(BinaryWriter writer, LearntMail mail)
    {
        writer.Write(mail.Sender);
        writer.WriteMoment(mail.At);
        WriteOptional(writer, mail.MessageId);
        writer.Write7BitEncodedInt(mail.References.Count);
        foreach (var reference in mail.References)
        {
            writer.Write(reference);
        }

        writer.Write(mail.Topic);
        writer.Write(mail.SenderName);
        WriteOptional(writer, mail.SenderOrganisation);
        writer.Write7BitEncodedInt(mail.People.Count);
        foreach (var person in mail.People)
        {
            writer.Write(person.Key);
            WriteOptional(writer, person.Organisation);
            writer.Write(person.Visible);
            writer.Write(person.Name);
        }
    }

    public static LearntMail ReadMail(BinaryReader reader)
    {
        var sender = reader.ReadString();
        var at = reader.ReadMoment() ?? throw new InvalidDataException("a lesson has no date");
        var id = ReadOptional(reader);
        var references = new string[Count(reader)];
        for (var i = 0; i < references.Length; i++)
        {
            references[i] = reader.ReadString();
        }

        var (topic, name, organisation) = (reader.ReadString(), reader.ReadString(), ReadOptional(reader));
        var people = new LearntPerson[Count(reader)];
        for (var i = 0; i < people.Length; i++)
        {
            people[i] = new LearntPerson(reader.ReadString(), ReadOptional(reader), reader.ReadBoolean(), reader.ReadString());
        }

        return new LearntMail(sender, at, people) { MessageId = id, References = references, Topic = topic, SenderName = name, SenderOrganisation = organisation };
    }

    private static int Count(BinaryReader reader)
        => reader.Read7BitEncodedInt() is >= 0 and < 10_000_000 and var count ? count : throw new InvalidDataException("a count is out of range");

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private void End()
    {
        _writer.Flush();
        _log.Add(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length));
    }
}
