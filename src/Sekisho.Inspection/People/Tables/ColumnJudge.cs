namespace Sekisho.Inspection;

/// <summary>Says what each column of a table holds: the header proposes, the values confirm or overrule.</summary>
internal static class ColumnJudge
{
    private const int Sample = 150;

    /// <summary>Share of cells that says what a column holds whose header says nothing, beside columns whose headers do.</summary>
    private const double BesideHeaders = 0.8;

    /// <summary>The same where no column has a header.</summary>
    private const double Alone = 0.6;

    /// <summary>Kinds a value shows by its form, the surest first: where most cells agree, no header is needed. All of them are <see cref="Census.Telling"/>.</summary>
    private static readonly DataKinds[] _byForm =
    [
        DataKinds.Email, DataKinds.CardNumber, DataKinds.MyNumber, DataKinds.Phone, DataKinds.PostalAddress, DataKinds.Postcode, DataKinds.BirthDate, DataKinds.Sex, DataKinds.Municipality,
    ];

    /// <summary>The columns in order, each with its kind; <see cref="DataKinds.None"/> for one of nothing personal.</summary>
    public static JudgedColumn[] Judge(TableBlock block)
    {
        var columns = new JudgedColumn[block.Headers.Count];
        var aboutPeople = false;
        for (var i = 0; i < columns.Length; i++)
        {
            aboutPeople |= block.Headers[i].Meaning is { Kind: DataKinds.BirthDate or DataKinds.Age or DataKinds.Sex or DataKinds.Medical };
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var header = block.Headers[i];
            var least = block.HasHeader ? BesideHeaders : Alone;
            var values = Census.Of(block, header.Column, Sample, header.Meaning is null ? least : 0);
            columns[i] = values is null ? Nothing(header) : Judge(header, values, least, aboutPeople);
        }

        return columns;
    }

    private static JudgedColumn Judge(HeaderCell header, Census values, double least, bool aboutPeople)
    {
        var (kind, part, trust) = header.Meaning ?? default;
        if ((values.AreMyNumbers || values.AreCards) && kind is DataKinds.None or DataKinds.PersonId or DataKinds.Other or DataKinds.BankAccount)
        {
            // 番号 and コード say nothing; check digits that all fit do.
            return new JudgedColumn(header.Column, header.Text, values.AreCards ? DataKinds.CardNumber : DataKinds.MyNumber, NamePart.None, Trust.Sure);
        }

        if (header.Meaning is null)
        {
            return ByValues(header, values, least);
        }

        if (values.Filled == 0)
        {
            return new JudgedColumn(header.Column, header.Text, kind, part, trust);
        }

        var holds = kind switch
        {
            DataKinds.Name when part == NamePart.Full && trust == Trust.Sure => values.Companies < 0.5 && (values.MayBeNames >= 0.3 || values.Share(DataKinds.Name) >= 0.3),
            DataKinds.Name when part == NamePart.Full && trust == Trust.Weak => values.Companies < 0.35 && (values.Names >= 0.5 || (aboutPeople && values.MayBeNames >= 0.6)),
            DataKinds.Name => values.Companies < 0.5 && values.MayBeNames >= 0.5,
            DataKinds.Email => values.Share(DataKinds.Email) >= 0.3,
            DataKinds.Phone => values.Share(DataKinds.Phone) >= 0.3 || values.Numbers >= 0.5,
            DataKinds.CardNumber => values.Share(DataKinds.CardNumber) >= 0.3 || values.LongNumbers >= 0.5,
            DataKinds.MyNumber => values.Share(DataKinds.MyNumber) >= 0.3 || values.LongNumbers >= 0.5,
            DataKinds.Credential => values.Words >= 0.6,
            DataKinds.PostalAddress => values.Share(DataKinds.Email) < 0.6 && values.NamesWithin < 0.6,
            _ => values.Share(DataKinds.Email) < 0.6,
        };
        if (holds)
        {
            return new JudgedColumn(header.Column, header.Text, kind, part, trust);
        }

        if (values.NamesWithin >= 0.6)
        {
            return new JudgedColumn(header.Column, header.Text, DataKinds.Name, NamePart.Within, Trust.Sure);
        }

        if (kind == DataKinds.Name && part == NamePart.Full && values.Companies >= 0.35)
        {
            return new JudgedColumn(header.Column, header.Text, DataKinds.Company, NamePart.None, trust);
        }

        var seen = ByValues(header, values, Alone);
        return seen.Kind is DataKinds.None && kind is not DataKinds.Name ? seen with { Kind = DataKinds.Other }
            : seen.Kind is DataKinds.Name && kind is DataKinds.Name ? seen with { Kind = DataKinds.None, Part = NamePart.None }
            : seen;
    }

    private static JudgedColumn ByValues(HeaderCell header, Census values, double threshold)
    {
        if (values.Filled > 0)
        {
            if (values.NamesWithin >= threshold)
            {
                return new JudgedColumn(header.Column, header.Text, DataKinds.Name, NamePart.Within, Trust.Weak);
            }

            foreach (var kind in _byForm)
            {
                var chance = (kind == DataKinds.CardNumber && !values.MayBeCards) || (kind == DataKinds.MyNumber && !values.AreMyNumbers);
                if (!chance && values.Share(kind) >= threshold)
                {
                    return new JudgedColumn(header.Column, header.Text, kind, NamePart.None, Trust.Sure);
                }
            }

            if (values.Companies >= threshold)
            {
                return new JudgedColumn(header.Column, header.Text, DataKinds.Company, NamePart.None, Trust.Sure);
            }

            // Of three rows two full names are as good as seven of ten, where the third may be one.
            var few = threshold < 0.7 && values.Filled < 6 && values.MayBeNames >= 1;
            if (values.Names >= (few ? threshold : Math.Max(threshold, 0.7)) && values.Filled >= 2)
            {
                return new JudgedColumn(header.Column, header.Text, DataKinds.Name, values.Kana >= 0.8 ? NamePart.KanaFull : NamePart.Full, Trust.Weak);
            }
        }

        return Nothing(header);
    }

    private static readonly JudgedColumn[] _nothing = [.. Enumerable.Range(0, Grid.MaxColumns).Select(c => new JudgedColumn(c, "", DataKinds.None, NamePart.None, Trust.Sure))];

    private static JudgedColumn Nothing(HeaderCell header)
        => header.Text.Length == 0 && header.Column < _nothing.Length ? _nothing[header.Column] : new JudgedColumn(header.Column, header.Text, DataKinds.None, NamePart.None, Trust.Sure);
}
