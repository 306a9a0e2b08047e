namespace Sekisho.Bench.Persons;

/// <summary>One invented person with everything a file may show of him.</summary>
internal sealed record Person
{
    public required string Family { get; init; }
    public required string Given { get; init; }

    /// <summary>Readings in hiragana; for foreigners the Latin name in katakana is not known, so empty.</summary>
    public string FamilyKana { get; init; } = "";
    public string GivenKana { get; init; } = "";

    /// <summary>Latin letters.</summary>
    public required string FamilyRoman { get; init; }
    public required string GivenRoman { get; init; }

    /// <summary>Name in Latin letters only.</summary>
    public bool Foreign { get; init; }
    public required bool Woman { get; init; }
    public required DateOnly Birth { get; init; }
    public required string Prefecture { get; init; }
    public required string City { get; init; }

    /// <summary>Town and house.</summary>
    public required string Street { get; init; }
    public string House { get; init; } = "";
    public required string Postcode { get; init; }

    /// <summary>Area code, exchange, number.</summary>
    public required (string A, string B, string C) Phone { get; init; }
    public required (string A, string B, string C) Mobile { get; init; }
    public required string Email { get; init; }
    public required string Card { get; init; }
    public required string MyNumber { get; init; }
    public required string Bank { get; init; }
    public required string Branch { get; init; }
    public required string Account { get; init; }
    public required string Passport { get; init; }
    public required string Licence { get; init; }
    public required string Insurance { get; init; }
    public required string Illness { get; init; }
    public required int Salary { get; init; }
    public required string Password { get; init; }
    public required string MemberNumber { get; init; }
    public required string Company { get; init; }
    public required string Post { get; init; }

    public required string EnglishCompany { get; init; }
    public required string EnglishPost { get; init; }
    public required string EnglishAddress { get; init; }

    public string Address => Prefecture + City + Street;
    public string FullAddress => House.Length == 0 ? Address : $"{Address} {House}";
}
