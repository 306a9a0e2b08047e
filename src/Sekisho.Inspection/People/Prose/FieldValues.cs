using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>What may stand behind a form's label.</summary>
internal static class FieldValues
{
    private static readonly SearchValues<char> _nameEnds = SearchValues.Create("(（/／、,<＜[【\t");

    /// <summary>The name in a field's value: up to a bracket or wide gap; empty where it cannot be one.</summary>
    public static ReadOnlySpan<char> Name(ReadOnlySpan<char> value)
    {
        var end = value.IndexOfAny(_nameEnds);
        var name = (end < 0 ? value : value[..end]).Trim();
        var wide = name.IndexOf("  ");
        name = wide > 0 ? name[..wide].TrimEnd() : name;
        if (Names.Judge(name).IsName)
        {
            return name;
        }

        // Names the dictionary lacks: short, letters only, no word of every day.
        if (name.Length is < 2 or > 20 || (NameTable.Shared[name] & (WordMarks.Word | WordMarks.Place)) != 0 || CellWords.IsCompany(name))
        {
            return default;
        }

        var blanks = 0;
        foreach (var c in name)
        {
            blanks += c is ' ' or '\u3000' ? 1 : 0;
            if (!char.IsLetter(c) && !ValueText.IsHan(c) && c is not (' ' or '\u3000' or '・' or '.' or '\'' or '-' or 'ー' or '々'))
            {
                return default;
            }
        }

        return blanks == 1 && name.Length >= 4 ? name : default;
    }

    /// <summary>True where a label of the kind vouches for the value: what has no form of its own beside it.</summary>
    public static bool Fits(DataKinds kind, ReadOnlySpan<char> value) => kind switch
    {
        DataKinds.Sex => CellWords.IsSex(value) || value.Length == 1,
        DataKinds.Age => NumberKinds.IsAge(value),
        DataKinds.BirthDate => (ValueKinds.Of(value) & DataKinds.BirthDate) != 0,
        DataKinds.PostalAddress => (ValueKinds.Of(value) & (DataKinds.PostalAddress | DataKinds.Municipality)) != 0,
        DataKinds.Phone => (ValueKinds.Of(value) & DataKinds.Phone) != 0 && NumberKinds.Phone(value) != PhoneLine.Free,
        DataKinds.PersonId => value.Length <= 24 && value.ContainsAnyInRange('0', '9'),
        DataKinds.Money or DataKinds.BankAccount => value.ContainsAnyInRange('0', '9'),
        DataKinds.Medical => value.Length >= 2 && value is not ("なし" or "特になし" or "無し" or "none"),
        DataKinds.Occupation or DataKinds.Other => true,
        _ => false,
    };
}
