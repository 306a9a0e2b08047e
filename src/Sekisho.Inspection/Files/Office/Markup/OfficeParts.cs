using System.Text;
using System.Xml;

namespace Sekisho.Inspection;

/// <summary>What Word, Excel and PowerPoint files have in common: properties, drawings, charts, embedded files.</summary>
internal sealed class OfficeParts(OfficeSink sink, OfficePackage package)
{
    private static readonly Dictionary<string, OfficeRelation> s_none = [];

    /// <summary>Name of the main part: what the package's root says, or what it usually is.</summary>
    public string Main(string usual) => package.Relations("").Values.FirstOrDefault(r => r.Kind == "officeDocument" && package.Has(r.Target))?.Target ?? usual;

    /// <summary>Relations of a part; none where their part is damaged.</summary>
    public Dictionary<string, OfficeRelation> Relations(string part)
    {
        var relations = s_none;
        sink.Part($"relations of {part}", () => relations = package.Relations(part));
        return relations;
    }

    /// <summary>Reads one part of text.</summary>
    public void Text(string part, string place, bool values = false, bool prompts = true, bool hidden = false)
    {
        if (!package.Has(part) || sink.Full)
        {
            return;
        }

        var relations = Relations(part);
        var blocks = new BlockWriter(sink, place, hidden);
        sink.Part(part, () =>
        {
            using var xml = package.OpenXml(part)!;
            new MarkupReader(sink, blocks, relations) { Values = values, WithoutPrompts = !prompts }.Read(xml);
        });
        blocks.Finish();
    }

    /// <summary>Reads all parts whose names begin so.</summary>
    public void All(string prefix, string place, bool values = false, bool prompts = true)
    {
        foreach (var part in package.Under(prefix, ".xml").ToList())
        {
            Text(part, place, values, prompts);
        }
    }

    /// <summary>Title, author, keywords and the like (Part 1 §22, Part 2 §11), one a line.</summary>
    public void Properties()
    {
        foreach (var part in (string[])["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"])
        {
            sink.Part(part, () =>
            {
                using var xml = package.OpenXml(part);
                var text = new StringBuilder();
                var name = "";
                while (xml is not null && xml.Read() && text.Length < 100_000 && sink.Tick())
                {
                    if (xml.NodeType == XmlNodeType.Element)
                    {
                        name = xml.LocalName == "property" ? xml.GetAttribute("name") ?? "" : part == "docProps/custom.xml" ? name : xml.LocalName;
                    }
                    else if (xml.NodeType == XmlNodeType.Text && Telling(part, name))
                    {
                        text.Append(name).Append(": ").Append(xml.Value).Append('\n');
                    }
                }

                sink.Text("properties", text.ToString());
            });
        }
    }

    /// <summary>Hands on what is embedded: workbooks, objects, chunks in other formats.</summary>
    public void Embedded(string folder)
    {
        foreach (var part in package.Under(folder).ToList())
        {
            var leaf = part[(part.LastIndexOf('/') + 1)..];
            if (!part.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) && !leaf.StartsWith("afchunk", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            sink.Part(part, () =>
            {
                if (leaf.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) && Unwrapped(part, leaf))
                {
                    return;
                }

                using var content = package.Entry(part)!.Open();
                sink.Harvest.AddFile(part, content, package.Entry(part)!.Length);
            });
        }
    }

    /// <summary>
    /// Hands on what no reader of the format asked for and is by itself worth a look: chunks of other formats, files put into the package, a workbook
    /// under the name of a picture, data behind the content controls (<c>customXml</c>). Last of all, when the rest is read.
    /// </summary>
    public void Leftover()
    {
        foreach (var part in package.Unopened)
        {
            if (sink.Full)
            {
                return;
            }

            if (IsMachinery(part))
            {
                continue;
            }

            sink.Part(part, () =>
            {
                var head = new byte[4096];
                int length;
                using (var start = package.Open(part)!)
                {
                    length = start.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
                }

                if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) || (length > 4 && head.AsSpan().StartsWith("PK\u0003\u0004"u8)) || Rest.Kind(head.AsMemory(0, length)) is not null)
                {
                    using var content = package.Entry(part)!.Open();
                    sink.Harvest.AddFile(part, content, package.Entry(part)!.Length);
                }
            });
        }
    }

    /// <summary>Styles, settings, shapes, programs: parts of the format itself.</summary>
    private static bool IsMachinery(string part)
    {
        if (part.StartsWith("customXml/item", StringComparison.OrdinalIgnoreCase) && !part.Contains("itemProps", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var dot = part.LastIndexOf('.');
        return (dot < 0 ? "" : part[(dot + 1)..].ToLowerInvariant()) is "xml" or "rels" or "vml" or "bin" or "psmdcp" or "sigs" or "odttf" or "fntdata" or "";
    }

    /// <summary>An OLE object is only a wrapping: the file inside goes on under its own name.</summary>
    private bool Unwrapped(string part, string leaf)
    {
        using var content = package.Open(part)!;
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return OleObject.Unwrap(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), leaf, sink);
    }

    private static bool Telling(string part, string name) => part switch
    {
        "docProps/app.xml" => name is "Company" or "Manager" or "HyperlinkBase",
        "docProps/core.xml" => name is "title" or "subject" or "creator" or "keywords" or "description" or "lastModifiedBy" or "category" or "contentStatus",
        _ => true,
    };
}
