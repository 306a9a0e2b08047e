using System.Xml;

namespace Sekisho.Inspection;

/// <summary>What the readers of one office file share: the harvest, the bounds of its parts, and how a damaged part is noted without losing the others.</summary>
internal sealed class OfficeSink(FileSource file, FileHarvest harvest)
{
    private readonly HashSet<(string, string)> _said = [];
    private int _ticks;

    /// <summary>Where everything goes.</summary>
    public FileHarvest Harvest => harvest;

    /// <summary>The file being read.</summary>
    public FileSource File => file;

    /// <summary>True once a limit was met: whoever reads stops.</summary>
    public bool Full { get; set; }

    /// <summary>Lets a long loop be cancelled; false when it should stop because nothing more will be taken.</summary>
    public bool Tick()
    {
        if ((++_ticks & 0xFFF) == 0)
        {
            file.Cancel.ThrowIfCancellationRequested();
        }

        return !Full;
    }

    /// <summary>Adds running text, but not the same one twice at the same kind of place (headers of first and even pages, masters).</summary>
    public void Text(string place, string text)
    {
        text = text.Trim();
        if (text.Length > 0 && (text.Length > 10_000 || _said.Add((place, text))))
        {
            Full |= !harvest.AddText(place, text);
        }
    }

    /// <summary>Notes a trouble; <paramref name="detail"/> without content.</summary>
    public void Trouble(string measure, string detail) => harvest.AddTrouble(measure, detail);

    /// <summary>Opens the file as a package whose parts end at the limits.</summary>
    public OfficePackage Open()
    {
        var package = OfficePackage.Open(file, harvest);
        if (package.HasTwins)
        {
            Trouble(FileTroubles.Broken, "two parts of one name");
        }

        return package;
    }

    /// <summary>Reads one part; damage in it is noted and ends only it.</summary>
    public void Part(string name, Action read)
    {
        if (Full)
        {
            return;
        }

        try
        {
            read();
        }
        catch (PartLimitException)
        {
            Trouble(FileTroubles.Limit, name);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            Trouble(FileTroubles.Broken, name);
        }
    }
}
