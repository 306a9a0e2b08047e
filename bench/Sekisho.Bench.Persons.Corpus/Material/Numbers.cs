using System.Globalization;

namespace Sekisho.Bench.Persons;

/// <summary>Numbers with the check digits their standards ask for, and numbers that fail them.</summary>
internal static class Numbers
{
    private static readonly Dictionary<string, string> s_areas = new()
    {
        ["東京都"] = "03", ["大阪府"] = "06", ["神奈川県"] = "045", ["埼玉県"] = "048", ["千葉県"] = "043", ["愛知県"] = "052", ["京都府"] = "075",
        ["兵庫県"] = "078", ["福岡県"] = "092", ["北海道"] = "011", ["宮城県"] = "022", ["広島県"] = "082", ["沖縄県"] = "098", ["新潟県"] = "025",
    };

    /// <summary>A telephone number of ten digits in the prefecture's area.</summary>
    public static (string A, string B, string C) Landline(Dice dice, string prefecture)
    {
        var area = s_areas.GetValueOrDefault(prefecture) ?? dice.Of("0172", "0267", "0598", "0748", "0879", "0942", "0466", "0532");
        var exchange = dice.Between(2, 9) + dice.Digits(10 - area.Length - 4 - 1);
        return (area, exchange, dice.Digits(4));
    }

    /// <summary>A payment card number with Luhn's digit, of one of the great issuers, never a published test number by design of the draw.</summary>
    public static string Card(Dice dice)
    {
        var (prefix, length) = dice.Next(10) switch
        {
            <= 3 => ("4" + dice.Digits(5), 16),
            <= 6 => (dice.Between(51, 55).ToString(CultureInfo.InvariantCulture) + dice.Digits(4), 16),
            <= 8 => ("35" + dice.Between(28, 89).ToString(CultureInfo.InvariantCulture) + dice.Digits(2), 16),
            _ => (dice.Of("34", "37") + dice.Digits(4), 15),
        };
        var body = prefix + dice.Digits(length - prefix.Length - 1);
        return body + Luhn(body);
    }

    /// <summary>ISO/IEC 7812-1 annex B.</summary>
    public static int Luhn(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var d = body[body.Length - 1 - i] - '0';
            if (i % 2 == 0)
                d = d * 2 > 9 ? (d * 2) - 9 : d * 2;
            sum += d;
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>個人番号 with the digit of the Ordinance of the MIC no. 85 of 2014, article 5.</summary>
    public static string MyNumber(Dice dice)
    {
        var body = dice.Between(1, 9) + dice.Digits(10);
        var sum = 0;
        for (var n = 1; n <= 11; n++)
            sum += (body[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
        var rest = sum % 11;
        return body + (rest <= 1 ? 0 : 11 - rest);
    }

    /// <summary>法人番号 with its leading check digit.</summary>
    public static string CorporateNumber(Dice dice)
    {
        var body = dice.Of("0", "1", "2") + dice.Digits(11);
        var sum = 0;
        for (var n = 1; n <= 12; n++)
            sum += (body[12 - n] - '0') * (n % 2 == 1 ? 1 : 2);
        return (9 - (sum % 9)) + body;
    }

    /// <summary>EAN-13 / JAN.</summary>
    public static string Jan(Dice dice)
    {
        var body = dice.Of("45", "49") + dice.Digits(10);
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (body[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return body + ((10 - (sum % 10)) % 10);
    }

    /// <summary>ISBN-13 of a Japanese publisher.</summary>
    public static string Isbn(Dice dice)
    {
        var body = "9784" + dice.Digits(8);
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (body[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return body + ((10 - (sum % 10)) % 10);
    }

    /// <summary>A password as people have them.</summary>
    public static string Password(Dice dice)
    {
        const string letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
        Span<char> word = stackalloc char[dice.Between(6, 9)];
        foreach (ref var c in word)
            c = letters[dice.Next(letters.Length)];
        return new string(word) + dice.Digits(2) + dice.Of("", "!", "#", "");
    }
}
