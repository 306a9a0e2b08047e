namespace Sekisho.Inspection;

/// <summary>What a telephone number says about who answers it.</summary>
internal enum PhoneLine
{
    None,
    Landline,

    /// <summary>060, 070, 080, 090; and 050, which people carry too.</summary>
    Mobile,

    /// <summary>0120, 0800, 0570 and the like: a company's, never a person's.</summary>
    Free,

    /// <summary>E.164 beyond Japan, and North American numbers.</summary>
    Abroad,
}

/// <summary>Telephone numbers by the numbering plan of Japan (総務省 市外局番の一覧) and ITU-T E.164.</summary>
internal static class PhoneNumbers
{
    // Area codes by length, the leading zero left out.
    private static readonly HashSet<int> _two = [.. "11 17 18 19 22 23 24 25 26 27 28 29 42 43 44 45 46 47 48 49 52 53 54 55 58 59 72 73 75 76 77 78 79 82 83 84 86 87 88 89 92 93 95 96 97 98 99".Split(' ').Select(int.Parse)];

    private static readonly HashSet<int> _three = [.. ("123 124 125 126 133 134 135 136 137 138 139 142 143 144 145 146 152 153 154 155 156 157 158 162 163 164 165 166 167 172 173 174 175 176 178 179 "
        + "182 183 184 185 186 187 191 192 193 194 195 197 198 220 223 224 225 226 228 229 233 234 235 237 238 240 241 242 243 244 246 247 248 250 254 255 256 257 258 259 260 261 263 264 265 266 267 268 269 "
        + "270 274 276 277 278 279 280 282 283 284 285 287 288 289 291 293 294 295 296 297 299 422 428 436 438 439 460 463 465 466 467 470 475 476 478 479 480 493 494 495 531 532 533 536 537 538 539 544 545 "
        + "547 548 550 551 553 554 555 556 557 558 561 562 563 564 565 566 567 568 569 572 573 574 575 576 577 578 581 584 585 586 587 594 595 596 597 598 599 721 725 735 736 737 738 739 740 742 743 744 745 "
        + "746 747 748 749 761 763 765 766 767 768 770 771 772 773 774 776 778 779 790 791 794 795 796 797 798 799 820 823 824 826 827 829 833 834 835 836 837 838 845 846 847 848 852 853 854 855 856 857 858 "
        + "859 863 865 866 867 868 869 875 877 879 880 883 884 885 887 889 892 893 894 895 896 897 898 920 930 940 942 943 944 946 947 948 949 950 952 954 955 956 957 959 964 965 966 967 968 969 972 973 974 "
        + "977 978 979 980 982 983 984 985 986 987 993 994 995 996 997").Split(' ').Select(int.Parse)];

    private static readonly HashSet<int> _four = [.. ("1267 1372 1374 1377 1392 1397 1398 1456 1457 1466 1547 1558 1564 1586 1587 1632 1634 1635 1648 1654 1655 1656 1658 4992 4994 4996 4998 5769 5979 7468 8387 8388 8396 "
        + "8477 8512 8514 9496 9802 9912 9913 9969").Split(' ').Select(int.Parse)];

    /// <summary>What a number is by its digits alone, as dialled in Japan. <paramref name="digits"/>: ASCII.</summary>
    public static PhoneLine OfDomestic(ReadOnlySpan<char> digits)
    {
        if (digits.Length is < 10 or > 11 || digits[0] != '0' || digits[1] == '0' || !digits[1..].ContainsAnyExcept(digits[1]))
        {
            return PhoneLine.None;
        }

        if (digits.StartsWith("0120") || digits.StartsWith("0570") || digits.StartsWith("0990") || digits.StartsWith("0180"))
        {
            return digits.Length == 10 ? PhoneLine.Free : PhoneLine.None;
        }

        if (digits.Length == 11)
        {
            return digits[2] != '0' || digits[1] is '1' or '2' or '3' or '4' ? PhoneLine.None
                : digits.StartsWith("0800") ? PhoneLine.Free
                : digits[3] != '0' ? PhoneLine.Mobile : PhoneLine.None;
        }

        return AreaLength(digits) > 0 ? PhoneLine.Landline : PhoneLine.None;
    }

    /// <summary>The same of a number written in groups, which must be those of the plan.</summary>
    public static PhoneLine OfDomestic(ReadOnlySpan<char> digits, ReadOnlySpan<int> groups)
    {
        var line = OfDomestic(digits);
        if (line == PhoneLine.None || groups.Length == 1)
        {
            return line;
        }

        if (line != PhoneLine.Landline)
        {
            return groups switch
            {
                [3, 4, 4] or [3, 8] or [4, 3, 3] or [4, 2, 4] or [4, 3, 4] or [4, 6] or [7, 4] => line,
                _ => PhoneLine.None,
            };
        }

        var area = AreaLength(digits);
        return groups switch
        {
            [var a, var b, 4] when a + b == 6 => a >= 2 && (a == area || IsArea(digits[..a])) ? line : PhoneLine.None,
            [6, 4] => line,
            [var a, 8] when a == 2 => a == area ? line : PhoneLine.None,
            [3, 7] or [4, 6] => groups[0] == area ? line : PhoneLine.None,
            _ => PhoneLine.None,
        };
    }

    /// <summary>North America: area and exchange begin with 2 to 9, ten digits (NANP).</summary>
    public static bool IsNorthAmerican(ReadOnlySpan<char> digits)
        => digits.Length == 10 && digits[0] >= '2' && digits[3] >= '2' && digits[1] != '9' && !(digits[1] == '1' && digits[2] == '1') && digits.ContainsAnyExcept(digits[0]);

    /// <summary>Digits after a plus (E.164): Japan's, or 8 to 15 digits behind a country code. <paramref name="domestic"/>: the number as dialled in Japan, its length; 0 abroad.</summary>
    public static PhoneLine OfInternational(ReadOnlySpan<char> digits, Span<char> domestic, out int length)
    {
        length = 0;
        if (digits.StartsWith("81") && digits.Length is >= 11 and <= 13)
        {
            var rest = digits[2] == '0' ? digits[3..] : digits[2..];
            domestic[0] = '0';
            rest.CopyTo(domestic[1..]);
            length = rest.Length + 1;
            return OfDomestic(domestic[..length]);
        }

        if (digits.Length is < 8 or > 15 || digits[0] == '0' || !digits.ContainsAnyExcept(digits[0]))
        {
            return PhoneLine.None;
        }

        return digits[0] == '1' && !IsNorthAmerican(digits[1..]) ? PhoneLine.None : PhoneLine.Abroad;
    }

    private static int AreaLength(ReadOnlySpan<char> digits)
    {
        for (var length = 5; length >= 2; length--)
        {
            if (IsArea(digits[..length]))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>True for an area code with its leading zero.</summary>
    private static bool IsArea(ReadOnlySpan<char> code) => code.Length switch
    {
        2 => code[1] is '3' or '4' or '6',
        3 => _two.Contains(int.Parse(code)),
        4 => _three.Contains(int.Parse(code)),
        5 => _four.Contains(int.Parse(code)),
        _ => false,
    };
}
