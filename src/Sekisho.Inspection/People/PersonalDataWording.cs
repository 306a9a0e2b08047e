namespace Sekisho.Inspection;

/// <summary>The sentence and the evidence of <see cref="PersonalData"/>: numbers and kinds in the open, every value masked.</summary>
internal static class PersonalDataWording
{
    private const int Samples = 5;
    private const int MaxNamed = 4;

    /// <summary>The kinds in the order people care, with their words.</summary>
    private static readonly (DataKinds Kind, string En, string Ja)[] _words =
    [
        (DataKinds.Name, "names", "氏名"), (DataKinds.MyNumber, "My Numbers", "マイナンバー"), (DataKinds.CardNumber, "card numbers", "カード番号"), (DataKinds.Medical, "medical data", "医療情報"),
        (DataKinds.Credential, "passwords", "パスワード"), (DataKinds.HealthInsurance, "health insurance numbers", "保険証番号"), (DataKinds.Money, "money matters", "給与・残高などの金額"),
        (DataKinds.BankAccount, "bank accounts", "口座番号"), (DataKinds.Passport, "passport numbers", "旅券番号"), (DataKinds.DrivingLicence, "licence numbers", "免許証番号"),
        (DataKinds.PostalAddress, "addresses", "住所"), (DataKinds.Phone, "phone numbers", "電話番号"), (DataKinds.BirthDate, "birth dates", "生年月日"), (DataKinds.Email, "e-mail addresses", "メールアドレス"),
        (DataKinds.PersonId, "personal IDs", "会員番号などのID"), (DataKinds.Age, "ages", "年齢"), (DataKinds.Sex, "sexes", "性別"), (DataKinds.Municipality, "home towns", "居住地"),
        (DataKinds.Occupation, "occupations", "職業・所属"), (DataKinds.Company, "companies", "会社名"), (DataKinds.Postcode, "postcodes", "郵便番号"),
    ];

    /// <summary>How many of the persons show each kind; kinds nobody shows are absent.</summary>
    public static IReadOnlyList<(string En, string Ja, int Count, DataKinds Kind)> CountKinds(IReadOnlyList<FoundPerson> persons)
    {
        var counts = new int[_words.Length];
        foreach (var person in persons)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += (person.Kinds & _words[i].Kind) != 0 ? 1 : 0;
            }
        }

        return [.. _words.Select((w, i) => (w.En, w.Ja, counts[i], w.Kind)).Where(k => k.Item3 > 0)];
    }

    public static Summary Say(Audience audience, IReadOnlyList<string> files, IReadOnlyList<(string En, string Ja, int Count, DataKinds Kind)> kinds)
    {
        // What a tenth of them shows is worth naming; a stray remark is not. Sensitive kinds always are.
        var shown = kinds.Where(k => k.Count * 10 >= audience.Others.Count || (k.Kind & (DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Medical | DataKinds.Credential)) != 0)
            .Take(MaxNamed).ToList();
        var inText = audience.Others.Any(p => p.Files.Contains(""));
        var n = Wording.Number(audience.Most);
        var to = Wording.Number(audience.Concerned.Count);
        var (whereEn, whereJa, verb) = Where(files, inText);
        var other = audience.Own > 0 ? "other " : "";
        var people = audience.Most == 1 ? audience.Own > 0 ? "another person's" : "one person's" : $"{n} {other}people's";
        var ja = audience.Own > 0 ? $"本人以外の{n}人分" : $"{n}人分";
        return new Summary(
            $"{whereEn} {verb} {people} {ListEn(shown, audience.Most == 1)}; it goes to {Wording.Count(audience.Concerned.Count, "recipient", "recipients")} outside.".Replace("; it goes", verb == "have" ? "; they go" : "; it goes", StringComparison.Ordinal),
            $"{whereJa}に{ja}の{string.Join('・', shown.Select(k => k.Ja))}が含まれており、社外の{to}人に届きます。送ってよいか確かめてください。");
    }

    /// <summary>At most five of the persons, each with where he stands, and how many show each kind.</summary>
    public static IReadOnlyList<string> Evidence(Audience audience, IReadOnlyList<(string En, string Ja, int Count, DataKinds Kind)> kinds)
    {
        var lines = new List<string>();
        foreach (var person in Spread(audience.Others))
        {
            lines.Add($"{Place(person)}{Values(person)}");
        }

        foreach (var (en, ja, count, _) in kinds.Take(Wording.MaxLines - Samples - 1))
        {
            lines.Add($"{ja} / {en}: {Wording.Number(count)}");
        }

        return lines;
    }

    /// <summary>Of few all, of many some from the beginning and some from hidden places, which the sender is least likely to know of.</summary>
    private static IEnumerable<FoundPerson> Spread(IReadOnlyList<FoundPerson> persons)
    {
        var hidden = persons.Where(p => p.Hidden).Take(2).ToList();
        return persons.Where(p => !p.Hidden).Take(Samples - hidden.Count).Concat(hidden);
    }

    private static string Place(FoundPerson person)
    {
        var file = Wording.Safe(person.File);
        var place = person.Place.Length > 0 ? Wording.Safe(person.Place) : "";
        var row = person.Row > 0 ? (person.File.Length > 0 ? "row " : "line ") + Wording.Number(person.Row) : "";
        var where = string.Join(' ', new[] { place, row }.Where(w => w.Length > 0));
        var hidden = person.Hidden ? " (hidden)" : "";
        var whole = string.Join(", ", new[] { file.Length > 0 ? file : "text", where }.Where(w => w.Length > 0));
        return $"{whole}{hidden}: ";
    }

    private static string Values(FoundPerson person)
    {
        var parts = new List<string>();
        if (person.Name.Length > 0)
        {
            parts.Add(Masking.Mask(DataKinds.Name, person.Name) + (char.IsAscii(person.Name[0]) ? "" : " 様"));
        }

        foreach (var kind in (ReadOnlySpan<DataKinds>)[DataKinds.PostalAddress, DataKinds.Phone, DataKinds.Email, DataKinds.BirthDate, DataKinds.CardNumber, DataKinds.MyNumber, DataKinds.PersonId])
        {
            var value = person.Values.FirstOrDefault(v => v.Kind == kind);
            if (value is not null && parts.Count < MaxNamed + 1)
            {
                parts.Add(Masking.Mask(kind, value.Value));
            }
        }

        return string.Join(", ", parts);
    }

    private static (string En, string Ja, string Verb) Where(IReadOnlyList<string> files, bool inText) => (files.Count, inText) switch
    {
        (0, _) => ("The text", "本文", "has"),
        (1, false) => ($"{Wording.Safe(files[0])}", $"「{Wording.Safe(files[0])}」", "has"),
        (1, true) => ($"The text and {Wording.Safe(files[0])}", $"本文と「{Wording.Safe(files[0])}」", "have"),
        (_, true) => ($"The text and {Wording.Number(files.Count)} files", $"本文と{Wording.Number(files.Count)}個のファイル", "have"),
        _ => ($"{Wording.Number(files.Count)} files", $"{Wording.Number(files.Count)}個のファイル", "have"),
    };

    private static string ListEn(List<(string En, string Ja, int Count, DataKinds Kind)> kinds, bool one)
    {
        var words = kinds.ConvertAll(k => one ? Singular(k.En) : k.En);
        return words.Count switch
        {
            0 => "data",
            1 => words[0],
            _ => string.Join(", ", words.Take(words.Count - 1)) + " and " + words[^1],
        };
    }

    private static string Singular(string words) => words is "medical data" or "money matters" ? words
        : words.EndsWith("sses", StringComparison.Ordinal) || words == "sexes" ? words[..^2]
        : words == "companies" ? "company"
        : words.TrimEnd('s');
}
