namespace Sekisho.Inspection;

/// <summary>What a number in running text is, by its groups and by what stands around it.</summary>
internal static class NumberReader
{
    private const int ContextBefore = 40;

    /// <summary>Reads the number at <paramref name="at"/>, adds what it is, and answers where to read on (behind it at least).</summary>
    public static int Read(ReadOnlySpan<char> text, int at, int lineStart, int line, List<Hit> hits)
    {
        var token = default(NumberToken);
        token.Read(text, at);
        if (token.Overlong || token.End >= text.Length + 1)
        {
            return token.End;
        }

        var before = at > lineStart ? text[at - 1] : '\n';
        var after = token.End < text.Length ? text[token.End] : '\n';
        if (before == '+')
        {
            return International(text, ref token, lineStart, line, hits);
        }

        if (Glued(text, at, lineStart, before) || char.IsAsciiLetter(after) || after is '_' or '@' || (ValueText.IsHyphen(after) && token.End + 1 < text.Length && char.IsAsciiLetter(text[token.End + 1])))
        {
            return WithLetters(text, ref token, lineStart, line, hits);
        }

        if (token.Count == 1)
        {
            return Single(text, ref token, lineStart, line, after, hits);
        }

        var groups = token.Groups;
        var hyphens = token.AllSigns('-');
        if (hyphens && CardNumbers.GroupsFit(groups) && CardNumbers.IsCard(token.Digits))
        {
            return Add(hits, DataKinds.CardNumber, ref token, line);
        }

        if (hyphens && groups is [4, 4, 4] && CheckDigits.MyNumber(token.Digits) && Near(text, at, lineStart, ContextWords.MyNumber))
        {
            return Add(hits, DataKinds.MyNumber, ref token, line);
        }

        if (token.Sign(0) is '-' or '(' or ')' && token.Length is >= 10 and <= 11 && Phone(ref token, text, lineStart, line, hits))
        {
            return token.End;
        }

        if (hyphens && groups is [3, 4] && IsPostcode(token.Digits))
        {
            hits.Add(new Hit(DataKinds.Postcode, at, token.End, line));
            return AddressReader.Behind(text, token.End, line, hits);
        }

        if (groups is [_, _, _] && (token.AllSigns('/') || token.AllSigns('.') || hyphens) && Date(text, ref token, lineStart, line, hits))
        {
            return token.End;
        }

        return AddressReader.Around(text, at, token.End, lineStart, line, hits);
    }

    private static int Single(ReadOnlySpan<char> text, ref NumberToken token, int lineStart, int line, char after, List<Hit> hits)
    {
        var at = token.Start;
        var digits = token.Digits;
        switch (token.Length)
        {
            case 1 or 2 or 3 when after is '歳' or '才':
                hits.Add(new Hit(DataKinds.Age, at, token.End + 1, line));
                return token.End + 1;
            case <= 4 when after == '年':
                return KanjiDate(text, at, lineStart, line, hits);
            case <= 4 when after == ' ' && Spaced(text, ref token, lineStart, line, hits):
                return token.End;
            case 7 when Account(text, at, lineStart):
                return Add(hits, DataKinds.BankAccount, ref token, line);
            case 7 when at > lineStart && text[at - 1] == '〒':
                hits.Add(new Hit(DataKinds.Postcode, at, token.End, line));
                return AddressReader.Behind(text, token.End, line, hits);
            case 8 when CheckDigits.Insurer(digits) && Near(text, at, lineStart, ContextWords.Insurance):
                return Add(hits, DataKinds.HealthInsurance, ref token, line);
            case 10 or 11 when digits[0] == '0':
                var kind = PhoneNumbers.OfDomestic(digits);
                if (kind == PhoneLine.Mobile || (kind != PhoneLine.None && Near(text, at, lineStart, ContextWords.Phone)))
                {
                    hits.Add(new Hit(DataKinds.Phone, at, token.End, line, NoteOf(kind)));
                    return token.End;
                }

                break;
            case 12:
                if (CheckDigits.MyNumber(digits) && Near(text, at, lineStart, ContextWords.MyNumber))
                {
                    return Add(hits, DataKinds.MyNumber, ref token, line);
                }

                if (CheckDigits.DrivingLicence(digits) && Near(text, at, lineStart, ContextWords.Licence))
                {
                    return Add(hits, DataKinds.DrivingLicence, ref token, line);
                }

                break;
            case >= 14 and <= 19 when CardNumbers.IsCard(digits) && (Near(text, at, lineStart, ContextWords.Card) || IsAlone(text, at, token.End, lineStart)):
                return Add(hits, DataKinds.CardNumber, ref token, line);
        }

        if (after is '円' or '万' && Near(text, at, lineStart, ContextWords.Money))
        {
            return Add(hits, DataKinds.Money, ref token, line);
        }

        if (token.Length is >= 4 and <= 12 && PersonId(text, at, lineStart))
        {
            return Add(hits, DataKinds.PersonId, ref token, line);
        }

        return AddressReader.Around(text, at, token.End, lineStart, line, hits);
    }

    /// <summary>Groups with blanks between them: cards, MyNumbers, telephones.</summary>
    private static bool Spaced(ReadOnlySpan<char> text, ref NumberToken token, int lineStart, int line, List<Hit> hits)
    {
        if (token.End + 1 >= text.Length || !ValueText.IsDigit(text[token.End + 1]))
        {
            return false;
        }

        var whole = token;
        whole.ReadOn(text);
        if (whole.Overlong || (whole.End < text.Length && (char.IsAsciiLetterOrDigit(text[whole.End]) || ValueText.IsHyphen(text[whole.End]))))
        {
            return false;
        }

        var kind = whole.Length >= 14 && whole.Count > 1 && CardNumbers.GroupsFit(whole.Groups) && CardNumbers.IsCard(whole.Digits) ? DataKinds.CardNumber
            : whole.Groups is [4, 4, 4] && CheckDigits.MyNumber(whole.Digits) && Near(text, token.Start, lineStart, ContextWords.MyNumber) ? DataKinds.MyNumber
            : DataKinds.None;
        if (kind != DataKinds.None)
        {
            hits.Add(new Hit(kind, token.Start, whole.End, line));
        }
        else if (whole.Groups is not [_, _, 4] || whole.Length is < 10 or > 11 || !Phone(ref whole, text, lineStart, line, hits))
        {
            return false;
        }

        token = whole;
        return true;
    }

    private static bool Phone(ref NumberToken token, ReadOnlySpan<char> text, int lineStart, int line, List<Hit> hits)
    {
        var kind = PhoneNumbers.OfDomestic(token.Digits, token.Groups);
        if (kind == PhoneLine.None && token.Groups is [3, 3, 4] && PhoneNumbers.IsNorthAmerican(token.Digits)
            && (token.Sign(0) == ')' || token.AllSigns('-') || Near(text, token.Start, lineStart, ContextWords.Phone)))
        {
            kind = PhoneLine.Abroad;
        }

        if (kind == PhoneLine.None)
        {
            return false;
        }

        hits.Add(new Hit(DataKinds.Phone, token.Start, token.End, line, NoteOf(kind)));
        return true;
    }

    private static int International(ReadOnlySpan<char> text, ref NumberToken token, int lineStart, int line, List<Hit> hits)
    {
        if (token.Start - 2 >= lineStart && char.IsAsciiLetterOrDigit(text[token.Start - 2]))
        {
            return token.End;
        }

        token.ReadOn(text, hyphens: true);
        Span<char> domestic = stackalloc char[NumberToken.MaxDigits + 1];
        if (token.Overlong || token.Length < 10)
        {
            return token.End;
        }

        var kind = PhoneNumbers.OfInternational(token.Digits, domestic, out _);
        if (kind != PhoneLine.None)
        {
            hits.Add(new Hit(DataKinds.Phone, token.Start - 1, token.End, line, NoteOf(kind)));
        }

        return token.End;
    }

    /// <summary>Letters directly before or behind: TEL03-…, a passport, an IBAN; else a code of things.</summary>
    private static int WithLetters(ReadOnlySpan<char> text, ref NumberToken token, int lineStart, int line, List<Hit> hits)
    {
        var at = token.Start;
        var front = at;
        while (front > lineStart && char.IsAsciiLetter(text[front - 1]) && at - front < 6)
        {
            front--;
        }

        var letters = text[front..at];
        if (letters is ['S' or 'H' or 'T' or 'R' or 'M' or 's' or 'h'] && token.Groups is [<= 2, <= 2, <= 2] && Date(text, ref token, lineStart, line, hits))
        {
            return token.End;
        }

        if (token.Count > 1 && letters.Length >= 2 && ContextWords.In(letters, ContextWords.Phone) && Phone(ref token, text, lineStart, line, hits))
        {
            return token.End;
        }

        if (letters.Length == 2 && char.IsAsciiLetterUpper(letters[0]) && char.IsAsciiLetterUpper(letters[1]))
        {
            if (token.Count == 1 && token.Length == 7 && Near(text, front, lineStart, ContextWords.Passport))
            {
                hits.Add(new Hit(DataKinds.Passport, front, token.End, line));
            }
            else if (token.Length >= 2 && token.Groups[0] >= 2)
            {
                var end = at;
                while (end < text.Length && end - front < 42 && (char.IsAsciiLetterOrDigit(text[end]) || (text[end] == ' ' && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1]))))
                {
                    end++;
                }

                if (CheckDigits.Iban(text[front..end]))
                {
                    hits.Add(new Hit(DataKinds.BankAccount, front, end, line));
                    return end;
                }
            }
        }
        else if (letters.Length is 0 or 1 or 3 && token.Length is >= 3 and <= 12 && PersonId(text, front, lineStart))
        {
            hits.Add(new Hit(DataKinds.PersonId, front, token.End, line));
        }

        return token.End;
    }

    private static int KanjiDate(ReadOnlySpan<char> text, int at, int lineStart, int line, List<Hit> hits)
    {
        var start = at;
        while (start > lineStart && at - start < 2 && ValueText.IsKanji(text[start - 1]))
        {
            start--;
        }

        var end = Math.Min(text.Length, at + 16);
        var slice = text[at..end];
        var day = slice.IndexOf('日');
        if (day < 0 || slice[..day].IndexOf('\n') >= 0)
        {
            return at + 1 < text.Length && ValueText.IsDigit(text[at + 1]) ? SkipDigits(text, at) : at + 1;
        }

        Span<char> folded = stackalloc char[24];
        var length = ValueText.Fold(text[start..(at + day + 1)], folded);
        var found = DateForms.TryRead(folded[..length], bare: false, out var year, out _, out _);
        if (!found)
        {
            length = ValueText.Fold(text[at..(at + day + 1)], folded);
            found = DateForms.TryRead(folded[..length], bare: false, out year, out _, out _);
        }

        var stop = at + day + 1;
        if (found && year >= 1900 && Birth(text, at, stop, lineStart))
        {
            hits.Add(new Hit(DataKinds.BirthDate, start, stop, line));
        }

        return found ? stop : SkipDigits(text, at);
    }

    private static bool Date(ReadOnlySpan<char> text, ref NumberToken token, int lineStart, int line, List<Hit> hits)
    {
        var era = token.Start > lineStart && text[token.Start - 1] is 'S' or 'H' or 'T' or 'R' or 'M' or 's' or 'h' ? 1 : 0;
        Span<char> folded = stackalloc char[24];
        var length = ValueText.Fold(text[(token.Start - era)..token.End], folded);
        if (!DateForms.TryRead(folded[..length], bare: false, out var year, out _, out _))
        {
            return false;
        }

        if (year >= 1900 && Birth(text, token.Start, token.End, lineStart))
        {
            hits.Add(new Hit(DataKinds.BirthDate, token.Start - era, token.End, line));
        }

        return true;
    }

    private static bool Birth(ReadOnlySpan<char> text, int start, int end, int lineStart)
        => Near(text, start, lineStart, ContextWords.Birth) || (end < text.Length && text[end..].TrimStart(' ') is ['生', not ('産' or '成'), ..] or ['生']);

    private static bool PersonId(ReadOnlySpan<char> text, int at, int lineStart)
    {
        var front = text[Math.Max(lineStart, at - 24)..at].TrimEnd(" :：　.．#＃はNo]】］)）");
        return front.Length >= 3 && front[^1] is '号' or 'D' or 'd' or 'N' or 'r' or 'ド' or 'm' or 'e' or 't' or 'Ｄ' && ContextWords.In(text[Math.Max(lineStart, at - 24)..at], ContextWords.PersonId);
    }

    private static bool Account(ReadOnlySpan<char> text, int at, int lineStart) => ContextWords.In(text[Math.Max(lineStart, at - 12)..at], ContextWords.Account);

    private static bool Near(ReadOnlySpan<char> text, int at, int lineStart, string[] words)
    {
        // The line before counts too: a label often stands above its value.
        var from = Math.Max(0, at - ContextBefore);
        _ = lineStart;
        return ContextWords.In(text[from..at], words);
    }

    /// <summary>Digits that go on to the left belong to something longer.</summary>
    private static bool Glued(ReadOnlySpan<char> text, int at, int lineStart, char before)
        => char.IsAsciiLetterOrDigit(before) || before is '_' or '#' or '\\' or '%' or '@' or '$' or '¥' or '￥'
            || (before is '-' or '.' or '/' or ',' or ':' && at - 2 >= lineStart && char.IsAsciiLetterOrDigit(text[at - 2]) && !(before is ',' or ':' && char.IsAsciiLetter(text[at - 2])));

    private static bool IsPostcode(ReadOnlySpan<char> digits) => digits is not ['0', '0', '0', ..] && digits.ContainsAnyExcept(digits[0]);

    private static int SkipDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && ValueText.IsDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Sixteen digits of a log pass the check digit one time in ten: without a card's word or groups only a number that is its whole line counts.</summary>
    private static bool IsAlone(ReadOnlySpan<char> text, int at, int end, int lineStart)
    {
        var rest = text[end..];
        var stop = rest.IndexOf('\n');
        return text[lineStart..at].IsWhiteSpace() && (stop < 0 ? rest : rest[..stop]).IsWhiteSpace();
    }

    private static HitNote NoteOf(PhoneLine kind) => kind switch
    {
        PhoneLine.Mobile => HitNote.Mobile,
        PhoneLine.Free => HitNote.Free,
        _ => HitNote.None,
    };

    private static int Add(List<Hit> hits, DataKinds kind, ref NumberToken token, int line)
    {
        hits.Add(new Hit(kind, token.Start, token.End, line));
        return token.End;
    }
}
