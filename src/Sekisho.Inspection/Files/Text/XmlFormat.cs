using System.Xml;

namespace Sekisho.Inspection;

/// <summary>
/// XML 1.0. Elements that repeat are rows (also the rows of Excel's XML), the rest is text. Nothing is ever fetched: document types are
/// passed over, and one whose entities grow or come from elsewhere is a limit. What is no XML after all is read as markup.
/// </summary>
internal sealed class XmlFormat : IFileFormat
{
    /// <summary>Nobody's data nests so deep; a reader that keeps every open element pays for it.</summary>
    private const int MaxDepth = 1000;
    private const int MaxElements = 1_000_000;
    private const string Spreadsheet = "urn:schemas-microsoft-com:office:spreadsheet";

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Xml;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var text = FileText.Decode(file, into);
        if (Entities(text) is { } entities)
        {
            if (AreHostile(entities))
            {
                into.AddTrouble(FileTroubles.Limit, "document type with entities");
            }

            // They are not put in where they are used, so that their words stand here.
            into.AddText("entities", entities);
            into.AddText("", HtmlText.Reduce(text, file.Cancel));
            return;
        }

        if (OdfFormat.IsFlat(text))
        {
            OdfFormat.ReadFlat(file, into, Open(text));
            return;
        }

        var records = new RecordTables(into);
        try
        {
            var shape = new XmlShape();
            using (var first = Open(text))
            {
                _ = Walk(first, shape.Begin, shape.End, (_, _) => { }, () => false, file.Cancel);
            }

            shape.Judge();
            using var second = Open(text);
            var walk = new Rows(shape, records);
            if (!Walk(second, walk.Begin, walk.End, walk.Value, () => records.Full, file.Cancel))
            {
                into.AddTrouble(FileTroubles.Limit, "elements");
            }
        }
        catch (XmlException)
        {
            records.Drop();
            into.AddText("", HtmlText.Reduce(text, file.Cancel));
            return;
        }

        records.End();
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
        ConformanceLevel = ConformanceLevel.Auto,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
    });

    /// <summary>The entities of one's own, in the document type before the first element; null where there are none.</summary>
    private static string? Entities(string text)
    {
        const int Longest = 256 * 1024;
        var at = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        if (at is < 0 or > Longest)
        {
            return null;
        }

        var rest = text.AsSpan(at);
        var first = rest.IndexOf("<!ENTITY", StringComparison.OrdinalIgnoreCase);
        if (first < 0)
        {
            return null;
        }

        rest = rest[first..];
        var end = rest.IndexOf(']');
        return rest[..Math.Min(end < 0 ? rest.Length : end, Longest)].ToString();
    }

    /// <summary>
    /// True for entities that are made of others, come from elsewhere, or are many or long: what a bomb and a theft need. Drawing programs
    /// define a few short ones for the names of their namespaces.
    /// </summary>
    private static bool AreHostile(string entities)
        => entities.Length > 8 * 1024 || entities.Contains('%') || entities.Contains("SYSTEM", StringComparison.OrdinalIgnoreCase)
            || entities.Contains("PUBLIC", StringComparison.OrdinalIgnoreCase) || entities.Replace("&#", "", StringComparison.Ordinal).Contains('&');

    /// <summary>Tells of elements and texts in order. False where it stopped at a limit.</summary>
    private static bool Walk(XmlReader reader, Action<string> begin, Action end, Action<string, string> value, Func<bool> full, CancellationToken cancel)
    {
        var nodes = 0;
        var elements = 0;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth || elements > MaxElements)
            {
                return false;
            }

            if ((++nodes & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (full())
                {
                    return true;
                }
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var empty = reader.IsEmptyElement;
                    var plain = reader.NamespaceURI == Spreadsheet;
                    elements++;
                    begin(reader.LocalName);
                    while (!plain && reader.MoveToNextAttribute())
                    {
                        elements++;
                        if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
                        {
                            begin(reader.LocalName);
                            value("", reader.Value);
                            end();
                        }
                    }

                    if (empty)
                    {
                        end();
                    }

                    break;
                case XmlNodeType.EndElement:
                    end();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    value("", reader.Value.Trim());
                    break;
                case XmlNodeType.Comment:
                    value("comment", reader.Value.Trim());
                    break;
                default:
                    break;
            }
        }

        return true;
    }

    /// <summary>The second reading: begins and ends records where the shape says so.</summary>
    private sealed class Rows(XmlShape shape, RecordTables records)
    {
        private readonly List<string> _path = [];
        private XmlShape.Node _at = shape.Root;
        private int _below;

        public void Begin(string name)
        {
            if (_below > 0 || _at.Find(name) is not { } node)
            {
                _below++;
                records.Enter(name);
                return;
            }

            _at = node;
            _path.Add(name);
            if (node.IsRecord)
            {
                records.Begin(_path);
            }
            else
            {
                records.Enter(name);
            }
        }

        public void End()
        {
            records.Leave();
            if (_below > 0)
            {
                _below--;
                return;
            }

            _at = _at.Parent ?? _at;
            if (_path.Count > 0)
            {
                _path.RemoveAt(_path.Count - 1);
            }
        }

        public void Value(string name, string value) => records.Value(name, value);
    }
}
