namespace Sekisho.Inspection;

/// <content>Saving and reading back, so that work over past mail can be stopped and goes on as if it had not been.</content>
public sealed partial class RecentMail
{
    private const int MostSaved = 100_000_000;

    /// <summary>Writes everything remembered, its key included.</summary>
    public void Save(BinaryWriter writer)
    {
        lock (_lock)
        {
            writer.Write(_seed);
            writer.Write(_now);
            Save(writer, _content);
            Save(writer, _template);
            writer.Write(_runs.Count);
            foreach (var (key, run) in _runs)
            {
                writer.Write(key);
                run.Save(writer);
            }

            writer.Write(_answers.Count);
            foreach (var (id, (answer, at)) in _answers)
            {
                writer.Write(id);
                writer.Write(at);
                Save(writer, answer);
            }

            writer.Write(_order.Count);
            foreach (var trace in _order)
            {
                writer.Write(trace.At);
                writer.Write((byte)trace.Kind);
                writer.Write(trace.Key);
                writer.Write(trace.Id ?? "");
            }
        }
    }

    /// <summary>Becomes what was saved. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> for what was not written by <see cref="Save(BinaryWriter)"/>; then it is of no use any more.</summary>
    public void Load(BinaryReader reader)
    {
        lock (_lock)
        {
            _runs.Clear();
            _answers.Clear();
            _order.Clear();
            _foreign = 0;
            _seed = reader.ReadUInt64();
            _now = reader.ReadInt64();
            Load(reader, _content);
            Load(reader, _template);
            for (var left = Number(reader); left > 0; left--)
            {
                var key = reader.ReadUInt64();
                var run = Run.Load(reader);
                _foreign += run.Addresses.Count;
                _runs[key] = run;
            }

            for (var left = Number(reader); left > 0; left--)
            {
                var (id, at) = (reader.ReadString(), reader.ReadInt64());
                _answers[id] = (LoadAnswer(reader), at);
            }

            for (var left = Number(reader); left > 0; left--)
            {
                var (at, kind, key, id) = (reader.ReadInt64(), (Kind)reader.ReadByte(), reader.ReadUInt64(), reader.ReadString());
                _order.Enqueue(new Trace(at, kind, key, kind == Kind.Answer ? id : null));
            }
        }
    }

    private static void Save(BinaryWriter writer, Dictionary<ulong, Sent> sent)
    {
        writer.Write(sent.Count);
        foreach (var (key, value) in sent)
        {
            writer.Write(key);
            writer.Write(value.At);
            writer.Write(value.What);
            writer.Write(value.HasFile);
        }
    }

    private static void Load(BinaryReader reader, Dictionary<ulong, Sent> sent)
    {
        sent.Clear();
        for (var left = Number(reader); left > 0; left--)
        {
            sent[reader.ReadUInt64()] = new Sent(reader.ReadInt64(), reader.ReadUInt64(), reader.ReadBoolean());
        }
    }

    private static void Save(BinaryWriter writer, RecentMailAnswer answer)
    {
        Save(writer, answer.SameContentTo);
        Save(writer, answer.SameTemplateTo);
        writer.Write(answer.RunMessages);
        writer.Write(answer.RunForeignAddresses);
        writer.Write(answer.RunCrossed);
        writer.Write(answer.RunGreetingsFit);
        writer.Write(answer.RunGreetingsDiffer);
    }

    private static RecentMailAnswer LoadAnswer(BinaryReader reader)
        => new(LoadKeys(reader), LoadKeys(reader), reader.ReadInt32(), reader.ReadInt32())
        {
            RunCrossed = reader.ReadBoolean(),
            RunGreetingsFit = reader.ReadInt32(),
            RunGreetingsDiffer = reader.ReadInt32(),
        };

    private static void Save(BinaryWriter writer, IReadOnlyList<string> keys)
    {
        writer.Write(keys.Count);
        foreach (var key in keys)
        {
            writer.Write(key);
        }
    }

    private static string[] LoadKeys(BinaryReader reader)
    {
        var keys = new string[Number(reader)];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = reader.ReadString();
        }

        return keys;
    }

    private static int Number(BinaryReader reader)
        => reader.ReadInt32() is >= 0 and <= MostSaved and var number ? number : throw new InvalidDataException("a count is out of range");

    private sealed partial class Run
    {
        public void Save(BinaryWriter writer)
        {
            writer.Write(At);
            writer.Write(Messages);
            writer.Write(Crossed);
            writer.Write(Fitting);
            writer.Write(Differing);
            writer.Write(Addresses.Count);
            foreach (var address in Addresses)
            {
                writer.Write(address);
            }
        }

        public static Run Load(BinaryReader reader)
        {
            var run = new Run { At = reader.ReadInt64(), Messages = reader.ReadInt32(), Crossed = reader.ReadBoolean(), Fitting = reader.ReadByte(), Differing = reader.ReadByte() };
            for (var left = Number(reader); left > 0; left--)
            {
                run.Addresses.Add(reader.ReadUInt64());
            }

            return run;
        }
    }
}
