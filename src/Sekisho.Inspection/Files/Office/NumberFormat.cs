using System.Globalization;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// A number format of a spreadsheet (ECMA-376 Part 1 §18.8.31), as far as it decides what a reader takes a number for: a date, a time, a number
/// with leading zeros or dashes (postcodes, telephone numbers), or a plain number. Thousands separators, currency signs and percent are left
/// away, so that a value keeps its digits.
/// </summary>
internal sealed class NumberFormat
{
    private const int MostLength = 1024;

    private readonly List<Section> _sections = [];

    private NumberFormat(string code)
    {
        code = code.Length > MostLength ? code[..MostLength] : code;
        foreach (var part in Split(code))
        {
            _sections.Add(Section.Parse(part));
        }
    }

    /// <summary>The format of plain numbers.</summary>
    public static NumberFormat General { get; } = new("General");

    /// <summary>Reads a format code; never throws, whatever it is.</summary>
    public static NumberFormat Parse(string? code) => string.IsNullOrEmpty(code) ? General : new NumberFormat(code);

    /// <summary>A format of the built-in numbers, with the meaning Japanese Excel gives them (§18.8.30); null for one that has none.</summary>
    public static NumberFormat? BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or >= 27 and <= 31 or 34 or 35 or 36 or >= 50 and <= 58 => Parse("yyyy-mm-dd"),
        22 => Parse("yyyy-mm-dd h:mm"),
        18 or 20 or 32 => Parse("h:mm"),
        19 or 21 or 33 or >= 45 and <= 47 => Parse("h:mm:ss"),
        >= 0 and <= 49 => General,
        _ => null,
    };

    /// <summary>The number as a reader would see it. <paramref name="raw"/>: how the file writes it, where it writes text.</summary>
    public string Show(double value, string? raw, bool since1904 = false)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return raw ?? "";
        }

        var section = Choose(value);
        if ((section.Date || section.Time) && Date(value, section, since1904) is { } date)
        {
            return date;
        }

        var plain = Plain(value, raw);
        return section.Mask.Length > 0 ? section.Fill(plain) : plain;
    }

    /// <summary>A number in digits, without exponent and without the noise of binary fractions.</summary>
    public static string Plain(double value, string? raw)
    {
        if (raw is { Length: > 0 and <= 28 } && raw.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return raw;
        }

        if (Math.Abs(value) < 9e15 && value == Math.Floor(value))
        {
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        }

        if (Math.Abs(value) >= 1e28)
        {
            return value.ToString("R", CultureInfo.InvariantCulture);
        }

        return decimal.TryParse(value.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString("0.####################", CultureInfo.InvariantCulture) : raw ?? "";
    }

    /// <summary>A date and time as this house writes them.</summary>
    public static string Show(DateTime date, bool withDate, bool withTime)
    {
        var time = date.Second != 0 ? "HH:mm:ss" : "HH:mm";
        return date.ToString((withDate, withTime) switch
        {
            (true, true) when date.TimeOfDay != TimeSpan.Zero => "yyyy-MM-dd " + time,
            (false, true) => time,
            _ => "yyyy-MM-dd",
        }, CultureInfo.InvariantCulture);
    }

    /// <summary>A date counted in days, or null where no calendar has such a day.</summary>
    private static string? Date(double serial, Section section, bool since1904)
    {
        if (section.Elapsed || serial < 0)
        {
            return null;
        }

        // Days are counted from 1899-12-30 on, but for the first sixty, because the first spreadsheet took 1900 for a leap year.
        var days = since1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
        if (days >= 2_958_466)
        {
            return null;
        }

        var ticks = (long)Math.Round(days * 86_400) * TimeSpan.TicksPerSecond;
        return Show(new DateTime(1899, 12, 30).AddTicks(ticks), section.Date && !(serial < 1 && section.Time), section.Time);
    }

    private Section Choose(double value)
    {
        foreach (var section in _sections)
        {
            if (section.Condition is { } condition && condition.Holds(value))
            {
                return section;
            }
        }

        if (_sections.Exists(s => s.Condition is not null))
        {
            return _sections.Find(s => s.Condition is null) ?? _sections[^1];
        }

        return value < 0 && _sections.Count > 1 ? _sections[1] : value == 0 && _sections.Count > 2 ? _sections[2] : _sections[0];
    }

    private static IEnumerable<string> Split(string code)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"': quoted = !quoted; break;
                case '\\' when !quoted: i++; break;
                case ';' when !quoted:
                    yield return code[start..i];
                    start = i + 1;
                    break;
                default: break;
            }
        }

        yield return code[start..];
    }

    /// <summary>A bracketed condition: <c>[&lt;=999]</c>.</summary>
    private sealed record Condition(string Operator, double Limit)
    {
        public bool Holds(double value) => Operator switch
        {
            "<" => value < Limit,
            "<=" => value <= Limit,
            ">" => value > Limit,
            ">=" => value >= Limit,
            "=" => value == Limit,
            _ => value != Limit,
        };
    }

    /// <summary>One of the parts between semicolons.</summary>
    private sealed class Section
    {
        public bool Date { get; private set; }

        public bool Time { get; private set; }

        public bool Elapsed { get; private set; }

        public Condition? Condition { get; private set; }

        /// <summary>Where the format decides the digits' look: <c>0</c>, <c>#</c> and what stands between them; otherwise empty.</summary>
        public string Mask { get; private set; } = "";

        public static Section Parse(string code)
        {
            var section = new Section();
            var mask = new StringBuilder();
            var plain = false;
            for (var i = 0; i < code.Length; i++)
            {
                var c = code[i];
                switch (c)
                {
                    case '"':
                        var end = code.IndexOf('"', i + 1);
                        end = end < 0 ? code.Length : end;
                        mask.Append('\'').Append(code.AsSpan(i + 1, end - i - 1)).Append('\'');
                        i = end;
                        break;
                    case '\\' when i + 1 < code.Length:
                        mask.Append('\'').Append(code[++i]).Append('\'');
                        break;
                    case '_' or '*':
                        i++;
                        break;
                    case '[':
                        var close = code.IndexOf(']', i);
                        close = close < 0 ? code.Length : close;
                        section.Bracket(code[(i + 1)..close]);
                        i = close;
                        break;
                    case 'G' or 'g' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                        i += 6;
                        plain = true;
                        break;
                    case 'E' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    case '.' or ',' or '%' or '/' or '@' or '?':
                        plain = true;
                        break;
                    case 'y' or 'Y' or 'd' or 'D' or 'e' or 'E' or 'g' or 'b' or 'B':
                        section.Date = true;
                        break;
                    case 'h' or 'H' or 's' or 'S':
                        section.Time = true;
                        break;
                    case 'm' or 'M':
                        section._months = true;
                        break;
                    default:
                        mask.Append(c);
                        break;
                }
            }

            section.Date |= section._months && !section.Time;
            if (!plain && !section.Date && !section.Time && Decides(mask))
            {
                section.Mask = mask.ToString();
            }

            return section;
        }

        private bool _months;

        /// <summary>Puts digits into the mask from its right end; digits that have no place left go before the first one.</summary>
        public string Fill(string plain)
        {
            var digits = plain.AsSpan().TrimStart('-');
            if (digits.IsEmpty || digits.IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                return plain;
            }

            var places = Places(Mask);
            var taken = digits.Length;
            var shown = new List<char>(Mask.Length + digits.Length);
            var quoted = false;
            for (var i = Mask.Length - 1; i >= 0; i--)
            {
                var c = Mask[i];
                if (c == '\'')
                {
                    quoted = !quoted;
                }
                else if (!quoted && c is '0' or '#')
                {
                    places--;
                    if (taken > 0)
                    {
                        shown.Add(digits[--taken]);
                    }
                    else if (c == '0')
                    {
                        shown.Add('0');
                    }

                    while (places == 0 && taken > 0)
                    {
                        shown.Add(digits[--taken]);
                    }
                }
                else
                {
                    shown.Add(c);
                }
            }

            if (plain[0] == '-')
            {
                shown.Add('-');
            }

            shown.Reverse();
            return new string([.. shown]).Trim();
        }

        /// <summary>True where the mask shows more than a plain number would: zeros in front, or dashes and brackets between digits.</summary>
        private static bool Decides(StringBuilder mask)
        {
            var (zeros, places) = (0, 0);
            var (quoted, between, separated) = (false, false, false);
            for (var i = 0; i < mask.Length; i++)
            {
                var c = mask[i];
                if (c == '\'')
                {
                    quoted = !quoted;
                }
                else if (!quoted && c is '0' or '#')
                {
                    zeros += c == '0' ? 1 : 0;
                    places++;
                    separated |= between;
                    between = false;
                }
                else
                {
                    between |= places > 0;
                }
            }

            return zeros > 1 || (separated && places > 3);
        }

        private static int Places(string mask)
        {
            var places = 0;
            var quoted = false;
            foreach (var c in mask)
            {
                quoted ^= c == '\'';
                places += !quoted && c is '0' or '#' ? 1 : 0;
            }

            return places;
        }

        private void Bracket(string inside)
        {
            if (inside.Length > 0 && inside[0] is '<' or '>' or '=')
            {
                var digits = inside.AsSpan().IndexOfAnyExcept("<>=");
                if (digits > 0 && double.TryParse(inside.AsSpan(digits), NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
                {
                    Condition ??= new Condition(inside[..digits], limit);
                }
            }
            else if (inside.Length > 0 && inside.All(c => c is 'h' or 'H' or 'm' or 'M' or 's' or 'S'))
            {
                Elapsed = true;
                Time = true;
            }
        }
    }
}
