using System.Buffers;

namespace Sekisho.Mime;

/// <summary>
/// Reads an address list (RFC 5322 sections 3.4 and 4.4) the way mail clients do: it takes every address any of them could see, keeps what
/// is none with its defect, and never goes back more than once. One pass over the bytes; a second one only where a quote is never closed,
/// because then every quote in the field is in doubt.
/// </summary>
internal ref struct AddressParser
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

    private void Comment()
    {
        var end = _commentsAreText ? -1 : CommentEnd(_at);
        if (end < 0)
        {
            _commentsAreText = true;
            Add(Kind.Atom, _at, _at + 1);
            return;
        }

        Extend(_at, end);
        _comment = new ByteRange(_at, end - _at);
        _blank = true;
        _at = end;
    }

    private readonly int CommentEnd(int from)
    {
        var depth = 0;
        var at = from;
        while (at < _text.Length)
        {
            var found = _text[at..].IndexOfAny((byte)'(', (byte)')', (byte)'\\');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            switch (_text[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                default:
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
            }

            at++;
        }

        return -1;
    }

    private void Quote()
    {
        if (_quotesAreText)
        {
            _blank = true;
            _at++;
            return;
        }

        var end = QuoteEnd(_at);
        if (end < 0)
        {
            _unclosedQuote = true;
            return;
        }

        Add(Kind.Quoted, _at, end);
    }

    private readonly int QuoteEnd(int from)
    {
        var at = from + 1;
        while (at < _text.Length)
        {
            var found = _text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (_text[at] == '"')
            {
                return at + 1;
            }

            at += 2;
        }

        return -1;
    }

    private void Angle()
    {
        if (_hasAngle)
        {
            EndEntry();
        }

        var start = _at + 1;
        var route = _text[start..].TrimStart(" \t\r\n"u8) is [(byte)'@', ..];
        var at = start;
        while (true)
        {
            var found = _text[at..].IndexOfAny(AngleStops);
            at = found < 0 ? _text.Length : at + found;
            if (at >= _text.Length)
            {
                break;
            }

            if (_text[at] == '"' && !_quotesAreText)
            {
                at = QuoteEnd(at);
                if (at < 0)
                {
                    _unclosedQuote = true;
                    return;
                }
            }
            else if (_text[at] == '"' || (_text[at] == ',' && route))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        var closed = at < _text.Length && _text[at] == '>';
        if (!closed && _text[start..at].IndexOf((byte)'@') < 0)
        {
            // "<<<<a@x>": an opening bracket that encloses nothing is passed over.
            Extend(_at, start);
            _blank = true;
            _at = start;
            return;
        }

        Extend(_at, closed ? at + 1 : at);
        _angle = new ByteRange(start, at - start);
        _hasAngle = true;
        _angleOpen = !closed;
        _blank = true;
        _at = closed ? at + 1 : at;
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

    private void EndEntry()
    {
        if (_hasAngle)
        {
            EndAngle();
            _afterAngle = true;
        }
        else if (_tokens.Count > 0)
        {
            EndBare();
        }

        Clear();
    }

    private void Clear()
    {
        _tokens.Clear();
        _entryStart = -1;
        _hasAngle = false;
        _angleOpen = false;
        _comment = default;
        _blank = false;
    }

    private void EndAngle()
    {
        var content = _raw.Slice(_angle.Offset, _angle.Length).Trim(" \t\r\n"u8);
        if (content is [(byte)'@', ..] && content.IndexOf((byte)':') is var colon and >= 0)
        {
            content = content[(colon + 1)..];
        }
        else if (content.Length > 7 && Ascii.EqualsIgnoreCase(content[..7], "mailto:"))
        {
            content = content[7..];
        }

        var address = AddressText.Address(_field, content);
        var quotedList = false;
        foreach (var token in _tokens)
        {
            quotedList |= token.Kind == Kind.Quoted && HoldsEntries(_text[token.Start..token.End]);
        }

        var why = address is null ? content.Length == 0 ? "an empty address" : "not an address"
            : _angleOpen ? "an angle bracket is never closed"
            : quotedList ? "a quoted name holds further entries" : null;
        var start = _tokens.Count > 0 ? _tokens[0].Start : 0;
        var end = _tokens.Count > 0 ? _tokens[^1].End : 0;
        Emit(start, end, address, _entryStart, _entryEnd, why);
    }

    /// <summary>True for a quoted string that swallowed entries: two stray quotes make one long name of what lies between.</summary>
    private static bool HoldsEntries(ReadOnlySpan<byte> quoted)
    {
        var close = quoted.IndexOf(">,"u8);
        close = close < 0 ? quoted.IndexOf(">;"u8) : close;
        return close > 0 && quoted[..close].LastIndexOf((byte)'<') is var open and >= 0 && quoted[open..close].Contains((byte)'@');
    }

    /// <summary>An entry without angle brackets: every run of words with an @ in it is an address, for the commas may be missing.</summary>
    private void EndBare()
    {
        var words = 0;
        var any = false;
        var k = 0;
        while (k < _tokens.Count)
        {
            var hasAt = _tokens[k].Kind == Kind.At;
            var m = k + 1;
            while (m < _tokens.Count && Joined(_tokens[m - 1], _tokens[m], hasAt))
            {
                hasAt |= _tokens[m].Kind == Kind.At;
                m++;
            }

            if (hasAt)
            {
                var last = m == _tokens.Count;
                var start = any ? _tokens[words].Start : _entryStart;
                var address = AddressText.Address(_field, _raw[_tokens[k].Start.._tokens[m - 1].End]);
                var nameStart = words < k ? _tokens[words].Start : 0;
                var nameEnd = words < k ? _tokens[k - 1].End : 0;
                Emit(nameStart, nameEnd, address, start, last ? _entryEnd : _tokens[m - 1].End, address is null ? "not an address" : null);
                any = true;
                words = m;
            }

            k = m;
        }

        if (any)
        {
            _hasRemarks |= words < _tokens.Count;
        }
        else if (_afterAngle)
        {
            _hasRemarks = true;
        }
        else
        {
            Emit(_tokens[0].Start, _tokens[^1].End, null, _entryStart, _entryEnd, "no address in it");
        }
    }

    /// <summary>Whether two neighbours belong to one addr-spec: they touch, or blanks stand only about an @ or, in obsolete style, a dot.</summary>
    private readonly bool Joined(Token left, Token right, bool afterAt)
    {
        if (!right.BlankBefore || left.Kind == Kind.At || right.Kind == Kind.At)
        {
            return true;
        }

        var dotRight = _text[right.Start] == '.';
        var dotLeft = _text[left.End - 1] == '.';
        return dotRight || (dotLeft && (afterAt || left.End - left.Start == 1));
    }

    private void Emit(int nameStart, int nameEnd, EmailAddress? address, int start, int end, string? why)
    {
        var name = Display(nameStart, nameEnd, out var breaks, out var undecodable);
        if (name.Length == 0 && _comment.Length > 2)
        {
            // The style before display names: the name in a comment.
            name = AddressText.Display(_field, _raw.Slice(_comment.Offset + 1, _comment.Length - 2), quotesAreText: true, out breaks, out undecodable);
        }

        MimeDefect? defect = null;
        if (why is not null)
        {
            var shown = ContentHeader.Printable(_field.DecodeRaw(_raw[start..Math.Min(end, start + 60)]), 60);
            defect = new MimeDefect(MimeDefectKind.UnparsableAddress, Offset(start), $"{_field.Name}: {why}: {shown}");
        }

        if (breaks)
        {
            defect = new MimeDefect(MimeDefectKind.BreakInAddress, Offset(start), $"{_field.Name}: a line break or control character inside a name");
        }
        else if (undecodable && defect is null)
        {
            _defects.Add(MimeDefectKind.Undecodable, Offset(start), $"{_field.Name}: an encoded word that cannot be decoded");
        }

        if (defect is not null)
        {
            _defects.Add(defect.Kind, defect.Offset, defect.Detail);
        }

        _mailboxes.Add(new Mailbox(name, address, new ByteRange(Offset(start), end - start), _group, defect));
    }

    private readonly string Display(int start, int end, out bool breaks, out bool undecodable)
        => AddressText.Display(_field, _raw[start..end], _quotesAreText, out breaks, out undecodable);

    private readonly int Offset(int at) => _field.Value.Offset + at;

    private readonly record struct Token(Kind Kind, int Start, int End, bool BlankBefore);
}
