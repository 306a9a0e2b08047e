using System.Globalization;
using Bogus;

namespace Sekisho.Bench.Persons;

/// <summary>Invents persons: names and places from the lists of this corpus, foreigners from Bogus, numbers with right check digits.</summary>
internal sealed class PersonMaker
{
    private readonly Dice _dice;
    private readonly (string Text, string Kana)[] _families;
    private readonly (string Text, string Kana)[] _men;
    private readonly (string Text, string Kana)[] _women;
    private readonly string[] _places;
    private readonly string[] _houses = Places.Houses.Trim().Split('|');
    private readonly Dictionary<string, Faker> _fakers = [];
    private readonly HashSet<string> _taken = [];
    private int _made;
    private readonly int _seed;
    private readonly string _memberPrefix;
    private readonly int _memberStart;

    public PersonMaker(Dice dice)
    {
        _dice = dice;
        _families = Names(dice.Test ? Lean(FamilyNames.Common, FamilyNames.Unseen) : FamilyNames.Common);
        _men = Names(dice.Test ? Lean(GivenNames.Men, GivenNames.Unseen) : GivenNames.Men);
        _women = Names(dice.Test ? Lean(GivenNames.Women, GivenNames.Unseen) : GivenNames.Women);
        _places = Lines(dice.Test ? Lean(Places.Common, Places.Unseen) : Places.Common);
        _seed = dice.Next(int.MaxValue);
        _memberPrefix = dice.Of("", "", "M", "A-", "C", "KD");
        _memberStart = dice.Next(80_000) + 10_000;
    }

    /// <summary>So many, no two with the same name, mail address or number.</summary>
    public IReadOnlyList<Person> Make(int count, int foreignPercent = 0) => [.. Enumerable.Range(0, count).Select(_ => One(foreignPercent))];

    /// <summary>One.</summary>
    public Person One(int foreignPercent = 0)
    {
        for (var attempt = 0; ; attempt++)
        {
            var person = _dice.Chance(foreignPercent) ? Foreigner() : Japanese();
            // Namesakes are real, but a list that shows nothing but names cannot tell them apart: no truth could be stated.
            if (_taken.Add(person.Family + person.Given))
                return person;
            if (attempt > 500)
                throw new InvalidOperationException("The lists of names are too short for so many persons.");
        }
    }

    /// <summary>Another one of a person's household: family name, address and telephone are the same.</summary>
    public Person Relative(Person of)
    {
        while (true)
        {
            var woman = _dice.Chance(50);
            var (given, kana) = _dice.Pick(woman ? _women : _men);
            if (!_taken.Add(of.Family + given))
                continue;
            var other = Rest(of.Family, given, of.FamilyKana, kana, woman, foreign: false);
            return other with
            {
                Prefecture = of.Prefecture, City = of.City, Street = of.Street, House = of.House, Postcode = of.Postcode, Phone = of.Phone,
            };
        }
    }

    private Person Japanese()
    {
        var woman = _dice.Chance(50);
        var (family, familyKana) = _dice.Pick(_families);
        var (given, givenKana) = _dice.Pick(woman ? _women : _men);
        return Rest(family, given, familyKana, givenKana, woman, foreign: false);
    }

    private Person Foreigner()
    {
        var locale = _dice.Of("en", "en", "en", "de", "fr", "vi", "pt_BR");
        if (!_fakers.TryGetValue(locale, out var faker))
            _fakers[locale] = faker = new Faker(locale) { Random = new Randomizer(_seed + locale.Length) };
        var woman = _dice.Chance(50);
        var gender = woman ? Bogus.DataSets.Name.Gender.Female : Bogus.DataSets.Name.Gender.Male;
        return Rest(faker.Name.LastName(gender), faker.Name.FirstName(gender), "", "", woman, foreign: true);
    }

    private Person Rest(string family, string given, string familyKana, string givenKana, bool woman, bool foreign)
    {
        _made++;
        var place = _dice.Pick(_places).Split('|');
        var familyRoman = foreign ? family : Kana.Roman(familyKana);
        var givenRoman = foreign ? given : Kana.Roman(givenKana);
        var company = Companies.Draw(_dice);
        var number = _dice.Between(1, 12);
        return new Person
        {
            Family = family, Given = given, FamilyKana = familyKana, GivenKana = givenKana, FamilyRoman = familyRoman, GivenRoman = givenRoman,
            Foreign = foreign, Woman = woman,
            Birth = new DateOnly(1935, 1, 1).AddDays(_dice.Next(365 * 70)),
            Prefecture = place[0], City = place[1],
            Street = $"{place[2]}{_dice.Between(1, 8)}-{_dice.Between(1, 30)}-{_dice.Between(1, 28)}",
            House = _dice.Pick(_houses) is { Length: > 0 } house ? $"{house}{number * 100 + _dice.Between(1, 12)}" : "",
            Postcode = $"{place[3][..3]}-{place[3][3..]}",
            Phone = Numbers.Landline(_dice, place[0]),
            Mobile = (_dice.Of("090", "080", "070"), _dice.Between(1000, 9999).ToString(CultureInfo.InvariantCulture), _dice.Digits(4)),
            Email = Email(familyRoman, givenRoman),
            Card = Numbers.Card(_dice), MyNumber = Numbers.MyNumber(_dice),
            Bank = _dice.Pick(Words.Banks), Branch = _dice.Pick(Words.Branches), Account = _dice.Digits(7),
            Passport = $"{_dice.Of("TR", "TK", "MZ", "TZ")}{_dice.Digits(7)}", Licence = $"{_dice.Of("30", "43", "62", "44")}{_dice.Digits(10)}",
            Insurance = _dice.Digits(8), Illness = _dice.Pick(Words.Illnesses), Salary = _dice.Between(180, 650) * 1000,
            Password = Numbers.Password(_dice), MemberNumber = $"{_memberPrefix}{_memberStart + _made}",
            EnglishCompany = Companies.English(_dice), EnglishPost = _dice.Pick(Words.EnglishPosts),
            EnglishAddress = $"{_dice.Between(2, 9900)} {_dice.Pick(Words.EnglishStreets)}, {_dice.Pick(Words.EnglishTowns)}",
            Company = company, Post = _dice.Pick(Words.Posts),
        };
    }

    private string Email(string family, string given)
    {
        var f = Kana.Plain(family);
        var g = Kana.Plain(given);
        var local = _dice.Next(6) switch
        {
            0 => $"{f}.{g}",
            1 => $"{g}{_made % 97}",
            2 => $"{f}_{g[..1]}{_made % 89}",
            3 => $"{g[..1]}-{f}",
            4 => f + g,
            _ => $"{_dice.Of("sora", "neko", "hana", "tiger", "umi", "momo", "ski", "blue")}{_made}{_dice.Digits(2)}",
        };
        var address = $"{local}@{_dice.Pick(Words.MailDomains)}";
        return _taken.Add(address) ? address : $"{local}{_made}@{_dice.Pick(Words.MailDomains)}";
    }

    // The material kept from tuning is the smaller part of the lists; twice in the pot it is nearly half of what a test file shows.
    private static string Lean(string common, string unseen) => $"{common}\n{unseen}\n{unseen}";

    internal static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string, string)[] Names(string text)
        => [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => n.Split(':')).Select(n => (n[0], n[1]))];
}
