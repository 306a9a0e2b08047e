namespace Sekisho.Inspection;

/// <summary>Which piece of a name a column holds.</summary>
internal enum NamePart
{
    None,
    Full,
    Family,
    Given,
    KanaFull,
    KanaFamily,
    KanaGiven,

    /// <summary>A name with other things in one cell: 山田太郎 (東京都…), 〒100-0001 … 山田太郎 様.</summary>
    Within,
}

/// <summary>How far a header alone is to be believed.</summary>
internal enum Trust
{
    /// <summary>Says what it holds; values only overrule it when they flatly disagree.</summary>
    Sure,

    /// <summary>Stands over persons as often as over companies or things: the values decide.</summary>
    Weak,

    /// <summary>A person beside the one the record is about: guardian, doctor in charge, clerk.</summary>
    Second,
}

/// <summary>What a header says of its column. Kind <see cref="DataKinds.None"/>: a header all right, but of nothing personal (price, product).</summary>
internal readonly record struct ColumnMeaning(DataKinds Kind, NamePart Part = NamePart.None, Trust Trust = Trust.Sure);

/// <summary>A column as it was judged: by its header, its values, or both.</summary>
internal sealed record JudgedColumn(int Index, string Header, DataKinds Kind, NamePart Part, Trust Trust);
