using System.Text;

namespace Sekisho.Incidents;

/// <summary>Text for XML and HTML.</summary>
internal static class XmlText
{
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /// <summary>Appends text with the characters of markup escaped.</summary>
    public static StringBuilder AppendText(this StringBuilder xml, string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"") < 0)
        {
            return xml.Append(text);
        }

        return xml.Append(text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal));
    }
}
