namespace Sekisho.Inspection;

/// <summary>Passwords, keys and tokens in the text or the files of a mail that goes outside.</summary>
public sealed class Credentials : IHistoryInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.Credentials;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var secrets = MeetingCodes.Without(SecretEvidence.Of(context, DataKinds.Credential, cancel), context.Facts);
        if (secrets.Count == 0)
        {
            yield break;
        }

        // A key shows what it opens by its prefix; of a password nothing is shown.
        var keys = secrets.Count(s => s.Masked.Length > 0 && s.Masked[0] != '*');
        var own = keys == 0 && (IsOwn(context, secrets, cancel) || IsForHimself(context, secrets, cancel));
        var (en, ja) = SecretEvidence.Where(secrets);
        var count = secrets.Count;
        yield return new Finding
        {
            Rule = Rule,
            Severity = own ? Severity.Low : keys > 0 || count >= 10 ? Severity.Critical : Severity.High,
            Summary = own ? new Summary($"{(count == 1 ? "A password" : "Two passwords")} in {en} {(count == 1 ? "goes" : "go")} to the one person {(count == 1 ? "it seems" : "they seem")} to be for.", $"{ja}のパスワードは、宛先ご本人のものとみられます。")
                : keys == count ? new Summary($"There {(count == 1 ? "is" : "are")} {Wording.Count(count, "secret key", "secret keys")} in {en}.", $"{ja}に秘密の鍵（APIキーなど）が{Wording.Number(count)}件含まれています。")
                : new Summary($"There {(count == 1 ? "is" : "are")} {Wording.Count(count, "password or key", "passwords or keys")} in {en}.", $"{ja}にパスワードなどが{Wording.Number(count)}件含まれています。"),
            Evidence = SecretEvidence.Lines(secrets),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["credentials"] = count, ["keys"] = keys, ["own"] = own ? 1 : 0 },
        };
    }

    /// <summary>
    /// An initial password to its owner: one, in the text of a mail for one person outside, and nobody else's data beside it.
    /// </summary>
    private static bool IsOwn(InspectionContext context, List<FoundSecret> secrets, CancellationToken cancel)
    {
        // Somebody else's address in the text may be the login the password belongs to.
        if (secrets is not [{ File: "" }] || context.Analysis.Outside is not [var recipient] || context.Analysis.Foreign(cancel).All.Count > 0)
        {
            return false;
        }

        var people = context.Analysis.People(cancel);
        return people.Tables.Count == 0 && people.Persons.All(p => p.Quoted || IsHim(p, recipient.Key)) && people.Persons.Count(p => !p.Quoted) <= 1;
    }

    /// <summary>What a sender notes down for himself: a password or two, to his own private address and nobody else outside. More are not one person's.</summary>
    private static bool IsForHimself(InspectionContext context, List<FoundSecret> secrets, CancellationToken cancel)
        => secrets.Count <= 2 && secrets.TrueForAll(s => s.File.Length == 0)
            && context.Analysis.OwnAddresses(cancel).IsSupersetOf(context.Analysis.AllKeys);

    private static bool IsHim(FoundPerson person, string key)
    {
        var emails = person.Values.Where(v => v.Kind == DataKinds.Email).Select(v => v.Value).ToList();
        return emails.Count == 0 || emails.Contains(key, StringComparer.OrdinalIgnoreCase);
    }
}
