using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Reads rich text in one pass. Groups are kept on a list, not on the stack; what is nested too deep shares the state of the group around it.
/// </summary>
internal sealed partial class RtfReader(OfficeSink sink, BlockWriter blocks)
{
    private const int MostGroups = 5_000;
    private const int MostFonts = 10_000;

    /// <summary>Stands for the code page of fonts that say they are Western.</summary>
    private const int Western = -1;

    private readonly List<Group> _outer = [];
    private readonly Dictionary<int, int> _fonts = [];
    private readonly StringBuilder _properties = new();
    private readonly List<byte> _run = [];
    private readonly List<byte> _object = [];
    private readonly List<byte[]> _objects = [];
    private Group _group = new() { Skip = 1 };
    private int _defaultPage = 1252;
    private int _defaultFont = -1;
    private int _flat;
    private int _skip;
    private int _font = -1;
    private int _asides;
    private bool _inTable;
    private bool _inCell;
    private int _nibble = -1;

    private enum Target
    {
        Text,
        None,
        Fonts,
        Info,
        Object,
        Field,
    }

    /// <summary>True when the outermost group was closed.</summary>
    public bool Closed { get; private set; }

    /// <summary>Reads everything.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length && !Closed && sink.Tick();)
        {
            var c = bytes[at++];
            switch (c)
            {
                case (byte)'{':
                    Flush();
                    Open();
                    break;
                case (byte)'}':
                    Flush();
                    CloseGroup();
                    break;
                case (byte)'\\':
                    Control(bytes, ref at);
                    break;
                case (byte)'\r' or (byte)'\n' or 0:
                    break;
                default:
                    Literal(c);
                    break;
            }
        }

        Flush();
        EndTable();
    }

    /// <summary>Hands on the properties and embedded objects, after the text.</summary>
    public void HandOn()
    {
        sink.Text("properties", _properties.ToString());
        foreach (var bytes in _objects)
        {
            if (sink.Full)
            {
                return;
            }

            sink.Part("object", () => RtfObject.HandOn(bytes, sink));
        }
    }

    private void Open()
    {
        _skip = 0;
        if (_outer.Count >= MostGroups)
        {
            _flat++;
            return;
        }

        _outer.Add(_group);
        _group.Aside = false;
        _group.Own = false;
    }

    private void CloseGroup()
    {
        _skip = 0;
        if (_flat > 0)
        {
            _flat--;
            return;
        }

        if (_group.Aside)
        {
            blocks.EndAside();
            _asides--;
        }

        if (_group is { Target: Target.Object, Own: true } && _object.Count > 0)
        {
            _objects.Add([.. _object]);
            _object.Clear();
            _nibble = -1;
        }

        if (_outer.Count == 0)
        {
            Closed = true;
            return;
        }

        if (_group is { Target: Target.Info, Own: true } && _properties.Length > 0 && _properties[^1] != '\n')
        {
            _properties.Append('\n');
        }

        _group = _outer[^1];
        _outer.RemoveAt(_outer.Count - 1);
        Closed = _outer.Count == 0;
    }

    private void Control(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length)
        {
            return;
        }

        var c = bytes[at];
        if (!char.IsAsciiLetter((char)c))
        {
            at++;
            Symbol(c, bytes, ref at);
            return;
        }

        var start = at;
        while (at < bytes.Length && at - start < 40 && char.IsAsciiLetter((char)bytes[at]))
        {
            at++;
        }

        var word = Encoding.ASCII.GetString(bytes[start..at]);
        int? number = null;
        var negative = at < bytes.Length && bytes[at] == '-';
        var digits = at + (negative ? 1 : 0);
        if (digits < bytes.Length && char.IsAsciiDigit((char)bytes[digits]))
        {
            var value = 0L;
            for (at = digits; at < bytes.Length && char.IsAsciiDigit((char)bytes[at]); at++)
            {
                value = Math.Min((value * 10) + (bytes[at] - '0'), int.MaxValue);
            }

            number = (int)(negative ? -value : value);
        }

        if (at < bytes.Length && bytes[at] == ' ')
        {
            at++;
        }

        if (word == "bin")
        {
            at = (int)Math.Min(bytes.Length, at + (long)Math.Max(0, number ?? 0));
            return;
        }

        if (_skip > 0 && word != "u")
        {
            _skip--;
            return;
        }

        Word(word, number);
    }

    private void Symbol(byte c, ReadOnlySpan<byte> bytes, ref int at)
    {
        switch (c)
        {
            case (byte)'\'':
                if (at + 1 < bytes.Length && Hex(bytes[at]) is >= 0 and var high && Hex(bytes[at + 1]) is >= 0 and var low)
                {
                    at += 2;
                    Literal((byte)((high << 4) | low), escaped: true);
                }

                break;
            case (byte)'*':
                _group.Star = true;
                break;
            case (byte)'~':
                Put(" ");
                break;
            case (byte)'_':
                Put("-");
                break;
            case (byte)'\r' or (byte)'\n':
                Paragraph();
                break;
            case (byte)'\\' or (byte)'{' or (byte)'}':
                Literal(c, escaped: true);
                break;
            default:
                break;
        }
    }

    private void Literal(byte c, bool escaped = false)
    {
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        _group.Star = false;
        switch (_group.Target)
        {
            case Target.Object when !escaped:
                var digit = Hex(c);
                if (digit >= 0)
                {
                    if (_nibble >= 0)
                    {
                        _object.Add((byte)((_nibble << 4) | digit));
                    }

                    _nibble = _nibble >= 0 ? -1 : digit;
                }

                break;
            case Target.Text or Target.Info or Target.Field:
                _run.Add(c);
                break;
            default:
                break;
        }
    }

    /// <summary>Decodes the bytes gathered in the code page of their font.</summary>
    private void Flush()
    {
        if (_run.Count == 0)
        {
            return;
        }

        var page = _fonts.GetValueOrDefault(_group.Font >= 0 ? _group.Font : _defaultFont, _defaultPage);
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_run);
        var text = CodePages.Decode(bytes, page != Western ? page : _defaultPage == 932 && IsJapanese(bytes) ? 932 : 1252);
        _run.Clear();
        Write(text);
    }

    /// <summary>Some programs write Japanese in fonts they call Western: whole pairs of bytes in a Japanese document say so.</summary>
    private static bool IsJapanese(ReadOnlySpan<byte> bytes)
    {
        var (pairs, low) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = bytes[i];
            if (c is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC))
            {
                if (++i == bytes.Length || bytes[i] is < 0x40 or 0x7F or > 0xFC)
                {
                    return false;
                }

                pairs++;
                low += c <= 0x9F ? 1 : 0;
            }
            else if (c is 0x80 or 0xA0 or > 0xFC)
            {
                return false;
            }
        }

        // Accented letters are above, and of what is below Western text has only quotes and dashes.
        return pairs > 1 && low > 0;
    }

    private void Put(string text)
    {
        Flush();
        Write(text);
    }

    private void Write(ReadOnlySpan<char> text)
    {
        switch (_group.Target)
        {
            case Target.Info:
                _properties.Append(_properties.Length < 100_000 ? text : "");
                break;
            case Target.Field:
                if (text.IndexOf("mailto:", StringComparison.OrdinalIgnoreCase) is >= 0 and var at && OfficeText.MailAddress(text[at..].ToString()) is { } address)
                {
                    EnsureCell();
                    blocks.Append($"<{address}> ");
                }

                break;
            case Target.Text when _group.Deleted:
                blocks.Deleted(text);
                break;
            case Target.Text when !_group.HtmlOnly:
                EnsureCell();
                blocks.Append(text);
                break;
            default:
                break;
        }
    }

    private static int Hex(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    /// <summary>What holds within one pair of braces.</summary>
    private struct Group
    {
        public Target Target;
        public int Font;
        public int Skip;
        public bool Star;
        public bool Deleted;
        public bool InTable;
        public bool Aside;
        public bool Own;
        public bool HtmlOnly;

        public Group()
        {
            Font = -1;
            Skip = 1;
        }
    }
}
