using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): a card is a row, its values in columns that say what they are. Folded lines, quoted-printable with
/// its own line breaks, a charset for each value.
/// </summary>
internal sealed class CardFormat : IFileFormat
{
    private static readonly string[] _columns = ["name", "kana", "org", "title", "tel", "email", "postcode", "adr", "bday", "url", "note"];

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.VCard;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        // As Latin-1, so that every value can still be read in the charset it names.
        var utf16 = file.Bytes.Span.Contains((byte)0);
        var text = utf16 ? FileText.Decode(file, into) : Encoding.Latin1.GetString(file.Bytes.Span);
        var fallback = utf16 ? null : PlainText.Decode(file.Bytes.Span[..Math.Min(file.Bytes.Length, 256 * 1024)], file.Charset).Charset;
        using var table = into.AddTable("");
        table.AddRow([.. _columns, "tel", "tel", "email"]);
        var card = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var formatted = false;
        var count = 0;
        foreach (var line in new CardLines(text))
        {
            if ((++count & 0xFFF) == 0)
            {
                file.Cancel.ThrowIfCancellationRequested();
            }

            var one = CardLine.Read(line, fallback);
            switch (one.Name)
            {
                case "BEGIN":
                    card.Clear();
                    formatted = false;
                    break;
                case "END":
                    if (card.Count > 0 && !table.AddRow(Row(card)))
                    {
                        return;
                    }

                    card.Clear();
                    break;
                case "FN":
                    formatted = one.Value.Length > 0;
                    card.Remove("name");
                    Put(card, "name", one.Value);
                    break;
                case "N" when !formatted:
                    Put(card, "name", string.Join(' ', one.Parts().Take(2).Where(p => p.Length > 0)));
                    break;
                case "X-PHONETIC-LAST-NAME" or "X-PHONETIC-FIRST-NAME" or "SOUND" or "SORT-STRING":
                    Append(card, "kana", one.Value.Replace(';', ' ').Trim());
                    break;
                case "ORG":
                    Put(card, "org", string.Join(' ', one.Parts().Where(p => p.Length > 0)));
                    break;
                case "ADR":
                    Address(card, one.Parts());
                    break;
                case "TITLE" or "TEL" or "EMAIL" or "BDAY" or "URL" or "NOTE":
                    Put(card, one.Name.ToLowerInvariant(), one.Value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? one.Value[4..] : one.Value);
                    break;
                case "AGENT" or "X-CUSTOM1" or "ROLE" or "NICKNAME" or "X-SKYPE" or "IMPP":
                    Append(card, "note", one.Value);
                    break;
                default:
                    break;
            }
        }

        if (card.Count > 0)
        {
            table.AddRow(Row(card));
        }
    }

    /// <summary>Box, extension, street, town, region, postcode, country: written here as the Japanese write it.</summary>
    private static void Address(Dictionary<string, List<string>> card, IReadOnlyList<string> parts)
    {
        string Part(int i) => i < parts.Count ? parts[i] : "";
        Put(card, "postcode", Part(5));
        Append(card, "adr", Part(4) + Part(3) + Part(2) + (Part(1).Length > 0 ? " " + Part(1) : "") + (Part(0).Length > 0 ? " " + Part(0) : ""));
    }

    private static string[] Row(Dictionary<string, List<string>> card)
    {
        string Nth(string column, int i) => card.TryGetValue(column, out var values) && i < values.Count ? values[i] : "";
        return [.. _columns.Select(c => Nth(c, 0)), Nth("tel", 1), Nth("tel", 2), Nth("email", 1)];
    }

    private static void Put(Dictionary<string, List<string>> card, string column, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (!card.TryGetValue(column, out var values))
        {
            card[column] = values = [];
        }

        if (values.Count < 4)
        {
            values.Add(value);
        }
    }

    private static void Append(Dictionary<string, List<string>> card, string column, string value)
    {
        if (card.TryGetValue(column, out var values) && values.Count > 0 && values[0].Length < 10_000)
        {
            values[0] = value.Length > 0 ? values[0] + " " + value : values[0];
        }
        else
        {
            Put(card, column, value);
        }
    }
}
