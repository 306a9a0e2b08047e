namespace Sekisho.Audit.Archives;

/// <summary>The parts of a date as its words come by; <see cref="Take"/> gives each word its place by its looks.</summary>
internal struct DateParts
{
    private const int MaxHour = 23;

    private readonly bool _lenient;
    private int? _day;
    private int? _year;
    private int _month;
    private int _hour = -1;
    private int _minute;
    private int _second;
    private int? _zone;

    /// <summary>Takes parts in.</summary>
    /// <param name="lenient">Passes over words that mean nothing, as <c>Standard Time</c>: some clients write zones with their long names.</param>
    public DateParts(bool lenient) => _lenient = lenient;

    /// <summary>True once a day, a month, a year and a time are known.</summary>
    public readonly bool IsWhole => _day is not null && _month > 0 && _year is not null && _hour >= 0;

    /// <summary>Takes a word in; false when it cannot belong to a date.</summary>
    public bool Take(ReadOnlySpan<byte> word)
    {
        if (word[0] is (byte)'+' or (byte)'-')
        {
            return TakeZone(word);
        }

        if (!char.IsAsciiDigit((char)word[0]))
        {
            return TakeName(word);
        }

        if (word.Contains((byte)':'))
        {
            var t = word.IndexOfAny((byte)'T', (byte)'t');
            return t > 0 ? TakeIsoDate(word[..t]) && TakeTime(word[(t + 1)..]) : TakeTime(word);
        }

        if (word.IndexOfAny((byte)'-', (byte)'/') > 0)
        {
            return TakeHyphenated(word);
        }

        if (word is [.., (byte)'.'])
        {
            word = word[..^1];
        }

        return MailDate.TryNumber(word, out var number) && TakeNumber(number, word.Length);
    }

    /// <summary>The date, when the parts make one.</summary>
    public readonly bool TryMake(out DateTimeOffset at)
    {
        at = default;
        if (_day is not { } day || _year is not { } year || _month is < 1 or > 12 || year is < 2 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, _month))
        {
            return false;
        }

        // A leap second has no place in the calendar of this machine; the second before it has.
        var local = new DateTime(year, _month, day, Math.Max(0, _hour), _minute, Math.Min(_second, 59), DateTimeKind.Unspecified);
        at = new DateTimeOffset(local, TimeSpan.FromMinutes(_zone ?? 0));
        return true;
    }

    private bool TakeZone(ReadOnlySpan<byte> word)
    {
        if (!MailDate.TryZone(word, out var minutes))
        {
            return false;
        }

        _zone = minutes;
        return true;
    }

    private bool TakeName(ReadOnlySpan<byte> word)
    {
        if (word is [.., (byte)'.'])
        {
            word = word[..^1];
        }

        if (DateNames.Month(word) is > 0 and var month)
        {
            if (_month > 0)
            {
                return false;
            }

            _month = month;
            return true;
        }

        if (DateNames.IsWeekday(word))
        {
            return true;
        }

        if (_hour >= 0 && word.Length == 2 && (word[1] | 0x20) == 'm' && (word[0] | 0x20) is 'a' or 'p')
        {
            if (_hour is < 1 or > 12)
            {
                return true;
            }

            _hour = (_hour % 12) + ((word[0] | 0x20) == 'p' ? 12 : 0);
            return true;
        }

        if (!ZoneNames.TryFind(word, out var minutes))
        {
            return _lenient && _hour >= 0;
        }

        // `GMT+0900` and `+0900 JST`: a number is exact, a name only stands in for one.
        _zone ??= minutes;
        return true;
    }

    private bool TakeNumber(int number, int digits)
    {
        if (digits >= 4)
        {
            if (_year is not null)
            {
                return false;
            }

            _year = number;
            return true;
        }

        if (_day is null)
        {
            _day = number;
            return true;
        }

        if (_year is not null)
        {
            return false;
        }

        // RFC 5322 section 4.3: 00 to 49 are of this century, 50 to 99 and three digits of the last.
        _year = number + (digits == 2 && number < 50 ? 2000 : 1900);
        return true;
    }

    private bool TakeTime(ReadOnlySpan<byte> word)
    {
        var zoneAt = word.IndexOfAny("+-Zz"u8);
        if (zoneAt > 0)
        {
            if (!TakeZoneOrZ(word[zoneAt..]))
            {
                return false;
            }

            word = word[..zoneAt];
        }

        var first = word.IndexOf((byte)':');
        if (_hour >= 0 || first < 0)
        {
            return false;
        }

        var rest = word[(first + 1)..];
        var second = rest.IndexOf((byte)':');
        var minutes = second < 0 ? rest : rest[..second];
        var seconds = second < 0 ? "0"u8 : rest[(second + 1)..];
        var fraction = seconds.IndexOfAny((byte)'.', (byte)',');
        if (fraction >= 0)
        {
            seconds = seconds[..fraction];
        }

        return MailDate.TryNumber(word[..first], out _hour) && _hour <= MaxHour
            && MailDate.TryNumber(minutes, out _minute) && _minute < 60
            && MailDate.TryNumber(seconds, out _second) && _second <= 60;
    }

    private bool TakeZoneOrZ(ReadOnlySpan<byte> word)
    {
        if (word.Length == 1 && word[0] is (byte)'Z' or (byte)'z')
        {
            _zone = 0;
            return true;
        }

        return TakeZone(word);
    }

    /// <summary><c>24-Mar-1999</c>, <c>1999-03-24</c>, <c>1999/03/24</c>. Numbers alone with the year last are ambiguous between two continents: no date.</summary>
    private bool TakeHyphenated(ReadOnlySpan<byte> word)
    {
        var separator = word[word.IndexOfAny((byte)'-', (byte)'/')];
        var first = word.IndexOf(separator);
        var second = word[(first + 1)..].IndexOf(separator);
        if (second < 0 || first == 4)
        {
            return TakeIsoDate(word);
        }

        second += first + 1;
        var month = DateNames.Month(word[(first + 1)..second]);
        var year = word[(second + 1)..];
        if (month == 0 || _month > 0 || !MailDate.TryNumber(word[..first], out var day) || !MailDate.TryNumber(year, out var number))
        {
            return false;
        }

        _month = month;
        _day = null;
        return TakeNumber(day, 2) && TakeNumber(number, year.Length);
    }

    private bool TakeIsoDate(ReadOnlySpan<byte> word)
    {
        if (word.Length != 10 || word[4] != word[7] || word[4] is not ((byte)'-' or (byte)'/') || _year is not null)
        {
            return false;
        }

        if (!MailDate.TryNumber(word[..4], out var year) || !MailDate.TryNumber(word[5..7], out var month) || !MailDate.TryNumber(word[8..], out var day))
        {
            return false;
        }

        (_year, _month, _day) = (year, month, day);
        return true;
    }
}
