using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Puts the values of a section together to persons, line by line, reading only the lines near a value.</summary>
internal sealed class PersonReader(string text, ProsePlace place, ICollection<FoundPerson> persons, int most)
{
    private const int LinesBefore = 6;
    private const int LinesBehind = 3;

    /// <summary>Lines without a field that a form may have between two.</summary>
    private const int FormGap = 4;

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789０１２３４５６７８９");

    private readonly List<FoundName> _names = [];
    private readonly PersonDraft _draft = new(text);
    private DataKinds _pending;
    private int _blank;
    private bool _signature;

    /// <summary>Reads a section's hits, in order; <paramref name="firstLine"/>: the number of <c>lines[0]</c>.</summary>
    public void Read(List<Hit> hits, List<TextLine> lines, int firstLine)
    {
        var hit = 0;
        var done = 0;
        while (hit < hits.Count && persons.Count < most)
        {
            // A cluster: values not more than a form's gap apart.
            var last = hit;
            while (last + 1 < hits.Count && hits[last + 1].Line - hits[last].Line <= LinesBefore)
            {
                last++;
            }

            var from = Math.Max(done, hits[hit].Line - firstLine - LinesBefore);
            var to = Math.Min(lines.Count, hits[last].Line - firstLine + 1 + LinesBehind);
            for (var i = from; i < to; i++)
            {
                var first = hit;
                while (hit < hits.Count && hits[hit].Line - firstLine <= i)
                {
                    hit++;
                }

                Line(lines[i], hits, first, hit, firstLine + i);
            }

            hit = Math.Max(hit, last + 1);
            done = to;
            Flush();
            _pending = DataKinds.None;
            _signature = false;
        }
    }

    private void Line(TextLine at, List<Hit> hits, int first, int last, int number)
    {
        var line = text.AsSpan(at.Start, at.End - at.Start);
        if (line.IsWhiteSpace())
        {
            Blank();
            return;
        }

        if (first == last && line.Length > 400)
        {
            return;
        }

        if (LineForms.IsRule(line))
        {
            Flush();

            // In a file nobody is the sender: whose signature stands there is a person like the others.
            _signature = place.File.Length == 0;
            return;
        }

        var role = FieldLabels.Read(line.Length > 60 ? line[..60] : line, out var kind, out var value);
        if (_pending != DataKinds.None && role == LabelRole.None && (_pending != DataKinds.Name || FieldValues.Name(line.Trim()).Length > 0))
        {
            // A label stood alone on the line above: here is its value, unless it headed a list (出席者:) whose lines hold more than names.
            (role, kind, value) = (LabelRole.Field, _pending, 0);
        }

        _pending = DataKinds.None;
        switch (role)
        {
            case LabelRole.Header:
                Flush();
                break;
            case LabelRole.Field:
                Field(at, kind, value, hits, first, last, number);
                break;
            case LabelRole.Contact:
                Free(at, line, hits, first, last, number);
                _draft.Company = true;
                break;
            default:
                Free(at, line, hits, first, last, number);
                break;
        }

        _blank = 0;
    }

    private void Blank()
    {
        _blank++;
        if (_draft.Fields >= 2 ? _blank > FormGap : _blank > 1 || !_draft.IsBare)
        {
            Flush();
        }

        _signature &= _blank <= 1;
    }

    private void Field(TextLine at, DataKinds kind, int valueAt, List<Hit> hits, int first, int last, int number)
    {
        var value = text.AsSpan(at.Start + valueAt, at.End - at.Start - valueAt).Trim();
        if (value.Length == 0)
        {
            _pending = kind;
            return;
        }

        if (kind == DataKinds.Name)
        {
            var name = FieldValues.Name(value);
            if (first < last && value.Length <= 2_000 && NamesFrom(at, valueAt) >= (name.Length == 0 ? 1 : 2))
            {
                // 出席者: 山田太郎(taro@…)、佐藤花子(hanako@…) are as many as they are; and one with his firm in front is one.
                Flush();
                Beside(value, hits, first, last, number);
                return;
            }

            if (name.Length == 0)
            {
                // 氏名: 必須 is no person, and ends the one before.
                Flush();
                return;
            }

            if (_draft.HasName || _draft.Fields == 0)
            {
                Flush();
            }

            _draft.Call(name, number);
            _draft.Fields++;
        }
        else if (first == last)
        {
            // The label vouches for what has no form of its own.
            if (FieldValues.Fits(kind, value))
            {
                _draft.Add(kind, value.Length > 100 ? value[..100] : value, HitNote.None, number);
                _draft.Fields++;
            }
        }
        else
        {
            _draft.Fields++;
        }

        for (var i = first; i < last; i++)
        {
            Take(hits[i]);
        }
    }

    private void Free(TextLine at, ReadOnlySpan<char> line, List<Hit> hits, int first, int last, int number)
    {
        _names.Clear();
        if (line.Length <= 2_000)
        {
            FindNames(at, hits, first, last);
        }

        if (_draft.Fields >= 2 && _names.Count == 0)
        {
            // Within a form: a remark, or an address that wraps.
            for (var i = first; i < last; i++)
            {
                Take(hits[i]);
            }

            return;
        }

        if (_names.Count == 0)
        {
            _draft.Company |= !_draft.IsBare && LineForms.IsCompany(line);
            if (first < last && (_draft.IsBare ? !_draft.HasName || LineForms.IsEntry(line, hits, first, last) : LineForms.IsEntry(line, hits, first, last)))
            {
                for (var i = first; i < last; i++)
                {
                    Take(hits[i]);
                }

                _draft.Company |= LineForms.IsCompany(line);
            }
            else if (_draft.HasName)
            {
                // A company's or department's line between name and number of a signature; prose ends it.
                if (line.Length > 40)
                {
                    Flush();
                }

                _draft.Company |= LineForms.IsCompany(line);
            }

            return;
        }

        if (first == last)
        {
            if (_names.Count == 1 && LineForms.IsNameLine(line, _names[0]))
            {
                var nameless = !_draft.HasName && !_draft.IsBare && _draft.LastLine >= number - 2;
                if (!nameless)
                {
                    Flush();
                }

                Call(_names[0], number);
                _draft.Company |= LineForms.IsCompany(line);
            }

            return;
        }

        Beside(line, hits, first, last, number);
    }

    /// <summary>Names stand between the values: not in a mail address, nor in a postal one up to its last number (behind it somebody may be written).</summary>
    private void FindNames(TextLine at, List<Hit> hits, int first, int last)
    {
        var from = at.Start;
        for (var i = first; i < last; i++)
        {
            var hit = hits[i];
            var end = Math.Min(hit.End, at.End);
            if (hit.Kind == DataKinds.PostalAddress)
            {
                end = hit.Start + text.AsSpan(hit.Start, Math.Max(0, end - hit.Start)).LastIndexOfAny(_digits) + 1;
            }
            else if (hit.Kind is not (DataKinds.Email or DataKinds.Phone or DataKinds.Postcode))
            {
                continue;
            }

            if (hit.Start > from && end > hit.Start)
            {
                NameFinder.Find(text, from, hit.Start, _names);
            }

            from = Math.Max(from, end);
        }

        NameFinder.Find(text, from, at.End, _names);
    }

    /// <summary>Names and values on one line: each value belongs to the last name before it, the first ones to the first name.</summary>
    private void Beside(ReadOnlySpan<char> line, List<Hit> hits, int first, int last, int number)
    {
        var hit = first;
        for (var n = 0; n < _names.Count; n++)
        {
            var end = n + 1 < _names.Count ? _names[n + 1].Start : int.MaxValue;
            var from = hit;
            while (hit < last && hits[hit].Start < end)
            {
                hit++;
            }

            // Of two names in a row without a value between them the second is the one meant (山田太郎（ヤマダ タロウ）is one).
            if (hit == from && n + 1 < _names.Count && hit < last)
            {
                continue;
            }

            if (hit > from)
            {
                Flush();
                Call(_names[n], number);
                for (var i = from; i < hit; i++)
                {
                    Take(hits[i]);
                }

                // Who was at the meeting, firm, name and address on one line, is a person; a switchboard and its clerk are the firm's.
                _draft.Company |= !HasOwn(hits, from, hit) && LineForms.IsCompany(line);
            }
        }
    }

    private int NamesFrom(TextLine at, int valueAt)
    {
        _names.Clear();
        NameFinder.Find(text, at.Start + valueAt, at.End, _names);
        return _names.Count;
    }

    private static bool HasOwn(List<Hit> hits, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (hits[i].Kind == DataKinds.Email || (hits[i].Note & HitNote.Mobile) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Call(FoundName name, int number)
    {
        _draft.Call(text.AsSpan(name.Start, name.End - name.Start), number);
        _draft.Signature = _signature;
    }

    private void Take(Hit hit) => _draft.Add(hit.Kind, text.AsSpan(hit.Start, hit.End - hit.Start), hit.Note, hit.Line);

    private void Flush()
    {
        if (_draft.FirstLine >= 0)
        {
            if (persons.Count < most && _draft.Finish(place) is { } person)
            {
                persons.Add(person);
            }

            _draft.Clear();
        }
        else
        {
            _draft.Company = false;
            _draft.Fields = 0;
        }

        _blank = 0;
    }
}
