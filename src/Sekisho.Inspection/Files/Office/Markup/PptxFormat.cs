using System.Xml;

namespace Sekisho.Inspection;

/// <summary>
/// PowerPoint's .pptx, .pptm, .ppsx (ECMA-376 Part 1 §19): the slides in their order, hidden ones too, their tables, notes and comments, text of
/// masters that is no prompt, charts, properties; embedded files go on as files.
/// </summary>
internal sealed class PptxFormat : IFileFormat
{
    private const int MostSlides = 10_000;

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Pptx;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        using var package = sink.Open();
        var parts = new OfficeParts(sink, package);
        var slides = new List<string>();
        sink.Part("presentation", () => slides.AddRange(InOrder(package, parts)));

        // A slide nobody refers to is still in the file.
        slides.AddRange(package.Under("ppt/slides/slide", ".xml").Except(slides, StringComparer.OrdinalIgnoreCase));
        if (slides.Count == 0)
        {
            into.AddTrouble(FileTroubles.Broken, "no slides");
        }

        for (var i = 0; i < Math.Min(slides.Count, MostSlides) && !sink.Full; i++)
        {
            var hidden = false;
            sink.Part(slides[i], () => hidden = IsHidden(package, slides[i]));
            parts.Text(slides[i], hidden ? $"slide {i + 1} (hidden)" : $"slide {i + 1}", hidden: hidden);
            foreach (var relation in parts.Relations(slides[i]).Values)
            {
                if (relation.Kind is "notesSlide" && !relation.Outside)
                {
                    parts.Text(relation.Target, $"slide {i + 1} notes");
                }
            }
        }

        parts.All("ppt/comments/", "comments", values: true);
        parts.All("ppt/slideMasters/", "master", prompts: false);
        parts.All("ppt/slideLayouts/", "master", prompts: false);
        parts.All("ppt/diagrams/data", "diagram");
        parts.All("ppt/charts/chart", "chart", values: true);
        parts.Properties();
        parts.Embedded("ppt/");
        parts.Leftover();
    }

    private static List<string> InOrder(OfficePackage package, OfficeParts parts)
    {
        var main = parts.Main("ppt/presentation.xml");
        var relations = parts.Relations(main);
        var slides = new List<string>();
        using var xml = package.OpenXml(main);
        while (xml is not null && xml.Read() && slides.Count < MostSlides)
        {
            // The slide has two attributes "id", one of them its relation.
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sldId" })
            {
                for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
                {
                    if (xml.LocalName == "id" && xml.NamespaceURI.Length > 0 && relations.TryGetValue(xml.Value, out var slide) && package.Has(slide.Target))
                    {
                        slides.Add(slide.Target);
                    }
                }

                xml.MoveToElement();
            }
        }

        return slides.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static bool IsHidden(OfficePackage package, string slide)
    {
        using var xml = package.OpenXml(slide);
        return xml is not null && xml.MoveToContent() == XmlNodeType.Element && xml.GetAttribute("show") is "0" or "false";
    }
}
