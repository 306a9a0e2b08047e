using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Mail or files labelled for inside, and mail that speaks to the staff. A label is a word that stands as one: in brackets, alone on its line, in a
/// file's name, in a sensitivity field; the same word in the middle of a sentence is only talked about.
/// </summary>
public sealed class InternalOnly : IInspector
{
    private const int MaxEvidence = 10;

    /// <summary>Lines looked at in one text; a label stands on the first pages or in every footer.</summary>
    private const int MaxLines = 20_000;

    private const int HeadRows = 5;
    private const int HeadCells = 50;

    /// <inheritdoc/>
    public string Rule => RuleNames.InternalOnly;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var labels = MailLabels(context);
        var files = context.Facts.Files.Select(f => (File: f, Label: LabelOf(f, cancel))).Where(f => f.Label is not null).ToList();
        if (labels.Count > 0 || files.Count > 0)
        {
            yield return Labelled(context, labels, files);
        }
        else if (StaffGreeting.Find(context.Facts) is { } greeting)
        {
            yield return new Finding
            {
                Rule = Rule,
                Severity = Severity.Medium,
                Summary = new Summary($"The mail speaks to people inside (\"{Wording.Safe(greeting)}\") but goes outside.", $"社内向けの宛名（「{Wording.Safe(greeting)}」）のメールが社外へ送られようとしています。"),
                Evidence = [greeting],
                Recipients = context.Analysis.AllKeys,
                Measures = new Dictionary<string, long> { ["audience"] = 1 },
            };
        }
    }

    private Finding Labelled(InspectionContext context, List<(string Label, string Where)> labels, List<(InspectedFile File, string? Label)> files)
    {
        var inFile = labels.Count == 0;
        var (word, name) = (Wording.Safe(inFile ? files[0].Label! : labels[0].Label), inFile ? Wording.Safe(files[0].File.Path) : "");
        return new Finding
        {
            Rule = Rule,
            Severity = Severity.High,
            Summary = inFile
                ? new Summary($"The file {name} is labelled \"{word}\" but goes outside.", $"「{word}」と記された{name}が社外へ送られようとしています。")
                : new Summary($"The mail is labelled \"{word}\" but goes outside.", $"「{word}」と記されたメールが社外へ送られようとしています。"),
            Evidence = Wording.Some(labels.Select(l => $"{l.Where}: {l.Label}").Concat(files.Select(f => $"{f.File.Path}: {f.Label}")), labels.Count + files.Count, MaxEvidence),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["labels"] = labels.Count + files.Count, ["files"] = files.Count },
        };
    }

    private static List<(string Label, string Where)> MailLabels(InspectionContext context)
    {
        var facts = context.Facts;
        var found = new List<(string, string)>();
        if (InternalLabels.In(facts.Subject, title: true) is { } subject)
        {
            found.Add((subject, "subject"));
        }

        if (facts.Message.Headers.All("Sensitivity").FirstOrDefault()?.Unfolded.Trim() is { } field && field.Equals("Company-Confidential", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 2156 section 5.3.4: the value a client writes for "confidential".
            found.Add((field, "Sensitivity"));
        }

        if (OfText(facts.OwnText) is { } own)
        {
            found.Add((own, "text"));
        }

        // A thread with people outside quotes their own labels back to them; a forward shows ours to somebody new.
        else if (IsForward(facts) && OfText(facts.QuotedText) is { } quoted)
        {
            found.Add((quoted, "quoted text"));
        }

        return found;
    }

    private static bool IsForward(MessageFacts facts)
    {
        if (facts.QuotedText.Length == 0)
        {
            return false;
        }

        var subject = facts.Subject.AsSpan().TrimStart();
        if (subject.StartsWith("Re", StringComparison.OrdinalIgnoreCase) && subject.Length > 2 && !char.IsLetter(subject[2]))
        {
            return false;
        }

        return facts.References.Count == 0 || subject.StartsWith("Fw", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("転送", StringComparison.Ordinal);
    }

    private static string? LabelOf(InspectedFile file, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (InternalLabels.In(file.Name, title: true) is { } name)
        {
            return name;
        }

        foreach (var content in file.Contents)
        {
            var label = content switch
            {
                TextContent text => OfText(text.Text),
                TableContent table => OfTable(table),
                _ => null,
            };
            label ??= InternalLabels.In(content.Place, title: true);
            if (label is not null)
            {
                return label;
            }
        }

        return null;
    }

    private static string? OfText(string text)
    {
        if (!InternalLabels.MayHold(text))
        {
            return null;
        }

        var left = MaxLines;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (InternalLabels.In(line, title: false) is { } label)
            {
                return label;
            }
        }

        return null;
    }

    private static string? OfTable(TableContent table)
    {
        // A column "classification" says of a record what a label says of the file: only the head of a sheet labels it.
        foreach (var row in table.Rows.Take(HeadRows))
        {
            foreach (var cell in row.Take(HeadCells))
            {
                if (cell.Length is > 1 and < 40 && InternalLabels.In(cell, title: false) is { } label)
                {
                    return label;
                }
            }
        }

        return null;
    }
}
