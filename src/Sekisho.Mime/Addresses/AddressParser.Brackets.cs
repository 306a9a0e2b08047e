namespace Sekisho.Mime;

/// <content>What is enclosed: comments, quoted strings, angle brackets.</content>
internal ref partial struct AddressParser
{
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
}
