using System.Buffers;

namespace Sekisho.Mime;

/// <summary>
/// Reads an address list (RFC 5322 sections 3.4 and 4.4) the way mail clients do: it takes every address any of them could see, keeps what
/// is none with its defect, and never goes back more than once. One pass over the bytes; a second one only where a quote is never closed,
/// because then every quote in the field is in doubt.
/// </summary>
internal ref partial struct AddressParser
{
    private static readonly SearchValues<byte> Specials = SearchValues.Create(" \t\r\n,;:<>()@\"[\\"u8);
    private static readonly SearchValues<byte> AngleStops = SearchValues.Create("<>\",;"u8);
    private static readonly SearchValues<byte> LiteralStops = SearchValues.Create("]<>,;@ \t\r\n\""u8);
    private static readonly SearchValues<byte> WordStops = SearchValues.Create("?<>@\"\n"u8);

    private readonly HeaderField _field;
    private readonly ReadOnlySpan<byte> _raw;
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _quotesAreText;
    private readonly List<Mailbox> _mailboxes;
    private readonly List<Token> _tokens = [];
    private readonly DefectLog _defects;
    private readonly int _max;

    private int _at;
    private bool _blank;
    private string? _group;
    private int _entryStart = -1;
    private int _entryEnd;
    private ByteRange _angle;
    private bool _hasAngle;
    private bool _angleOpen;
    private ByteRange _comment;
    private bool _afterAngle;
    private bool _commentsAreText;
    private int _noWordEndBefore = -1;
    private bool _unclosedQuote;
    private bool _endsOpen;
    private bool _hasRemarks;

    private AddressParser(HeaderField field, ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text, bool quotesAreText, DefectLog defects)
    {
        _field = field;
        _raw = raw;
        _text = text;
        _quotesAreText = quotesAreText;
        _defects = defects;
        _mailboxes = [];
        _max = field.Message.Limits.MaxAddresses;
    }

    private enum Kind : byte
    {
        Atom,
        Quoted,
        At,
        Literal,
    }

    public static AddressList Parse(HeaderField field)
    {
        var raw = field.ValueBytes;
        var text = AddressText.Mask(field, raw);
        var max = field.Message.Limits.MaxDefects;
        var defects = new DefectLog(max);
        AddressText.FindBreaks(field, raw, text, defects);
        var found = defects.Kept.Count;
        var parser = new AddressParser(field, raw, text, quotesAreText: false, defects);
        if (!parser.Run())
        {
            var again = new DefectLog(max);
            foreach (var defect in defects.Kept.Take(found))
            {
                again.Add(defect.Kind, defect.Offset, defect.Detail);
            }

            again.Add(MimeDefectKind.UnparsableAddress, field.Value.Offset + parser._at, $"a quote in {field.Name} is never closed");
            defects = again;
            parser = new AddressParser(field, raw, text, quotesAreText: true, defects);
            parser.Run();
            parser._endsOpen = true;
        }

        return new AddressList(parser._mailboxes, defects.Kept) { EndsOpen = parser._endsOpen, HasRemarks = parser._hasRemarks };
    }

    private bool Run()
    {
        while (_at < _text.Length && !_unclosedQuote)
        {
            if (_mailboxes.Count >= _max)
            {
                _defects.Add(MimeDefectKind.LimitReached, Offset(_at), $"more addresses in {_field.Name} than the limit");
                return true;
            }

            Step();
        }

        if (_unclosedQuote)
        {
            return false;
        }

        var before = _mailboxes.Count;
        var open = _angleOpen;
        EndEntry();
        _endsOpen = _mailboxes.Count > before && (open || (_mailboxes[^1].Address is null && (_mailboxes.Count > 1 || _raw.Contains((byte)'@'))));
        return true;
    }

    private void Step()
    {
        var c = _text[_at];
        switch (c)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                _blank = true;
                _at++;
                break;
            case (byte)',':
                EndEntry();
                _afterAngle = false;
                _at++;
                break;
            case (byte)';':
                // Ends a group; without one, the separator Outlook taught people to type.
                EndEntry();
                _afterAngle = false;
                _group = null;
                _at++;
                break;
            case (byte)':':
                Colon();
                break;
            case (byte)'(':
                Comment();
                break;
            case (byte)'"':
                Quote();
                break;
            case (byte)'<':
                Angle();
                break;
            case (byte)'@':
                Add(Kind.At, _at, _at + 1);
                break;
            case (byte)'[' when _tokens.Count > 0 && _tokens[^1].Kind == Kind.At && LiteralEnd() is var end and > 0:
                Add(Kind.Literal, _at, end);
                break;
            case (byte)'>' or (byte)')':
                _blank = true;
                _at++;
                break;
            case (byte)'\\' when _at + 1 < _text.Length && _text[_at + 1] == '"':
                Add(Kind.Atom, _at, _at + 2);
                break;
            default:
                Atom();
                break;
        }
    }

    private void Atom()
    {
        if (_text[_at] == '=' && WordEnd() is var word and > 0)
        {
            Add(Kind.Atom, _at, word);
            return;
        }

        var length = _text[(_at + 1)..].IndexOfAny(Specials);
        Add(Kind.Atom, _at, length < 0 ? _text.Length : _at + 1 + length);
    }

    /// <summary>The end of an encoded word that starts here, or -1. It may hold commas and the like, which senders forget to escape.</summary>
    private int WordEnd()
    {
        if (_at < _noWordEndBefore || _at + 1 >= _text.Length || _text[_at + 1] != '?')
        {
            return -1;
        }

        var head = _text.Slice(_at + 2, Math.Min(64, _text.Length - _at - 2));
        var charset = head.IndexOfAny(WordStops);
        if (charset <= 0 || head[charset] != '?' || charset + 2 >= head.Length || head[charset + 2] != '?')
        {
            return -1;
        }

        var at = _at + 2 + charset + 3;
        while (true)
        {
            var found = _text[at..].IndexOfAny(WordStops);
            if (found < 0 || _text[at + found] != '?')
            {
                _noWordEndBefore = found < 0 ? _text.Length : at + found;
                return -1;
            }

            at += found + 1;
            if (at < _text.Length && _text[at] == '=')
            {
                return at + 1;
            }
        }
    }

    private int LiteralEnd()
    {
        var found = _text[(_at + 1)..].IndexOfAny(LiteralStops);
        return found >= 0 && _text[_at + 1 + found] == ']' ? _at + found + 2 : -1;
    }

    private void Colon()
    {
        var hasAt = false;
        foreach (var token in _tokens)
        {
            hasAt |= token.Kind == Kind.At;
        }

        if (_hasAngle || hasAt)
        {
            EndEntry();
            _afterAngle = false;
        }
        else if (_tokens.Count > 0)
        {
            var name = Display(_tokens[0].Start, _tokens[^1].End, out _, out _);
            if (!name.Equals("mailto", StringComparison.OrdinalIgnoreCase))
            {
                _group = name;
            }

            Clear();
        }

        _at++;
    }

    private void Add(Kind kind, int start, int end)
    {
        if (_hasAngle)
        {
            // Words after an address: the comma between two entries is missing, or somebody wrote a remark.
            EndEntry();
            _afterAngle = true;
        }

        Extend(start, end);
        _tokens.Add(new Token(kind, start, end, _blank));
        _blank = false;
        _at = end;
    }

    private void Extend(int start, int end)
    {
        if (_entryStart < 0)
        {
            _entryStart = start;
        }

        _entryEnd = end;
    }
}
