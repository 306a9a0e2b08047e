namespace Sekisho.Mime;

/// <content>What is made of the words of one entry when its end is reached.</content>
internal ref partial struct AddressParser
{
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
