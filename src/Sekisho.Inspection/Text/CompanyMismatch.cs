using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>The company a mail addresses is not the recipient's: by the names and domains registered in the configuration, or by what stands beside the address.</summary>
public sealed class CompanyMismatch : IInspector
{
    private const int MaxRecipients = 50;

    /// <inheritdoc/>
    public string Rule => RuleNames.CompanyMismatch;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var greetings = context.Analysis.Greeting(cancel).Greetings;
        if (greetings.Lines.Count == 0 || context.Analysis.Outside.Count > MaxRecipients)
        {
            yield break;
        }

        if (Registered(context, greetings, cancel) is { } registered)
        {
            // A registered name settles it, one way or the other.
            if (registered.Strangers.Count > 0)
            {
                yield return Make(context, registered.Names, registered.Strangers, 1);
            }

            yield break;
        }

        var addressed = greetings.CompanyLines.Select(l => (Line: l, Key: CompanyName.AddressedIn(l))).Where(c => c.Key is not null).ToList();
        if (addressed.Count > 0 && Unregistered(context, [.. addressed.Select(a => a.Key!)]) is { Count: > 0 } strangers)
        {
            yield return Make(context, [.. addressed.Select(a => a.Line)], strangers, 0);
        }
    }

    /// <summary>Registered names that are addressed, and outside recipients who belong to none of them; null where none is.</summary>
    private static (List<string> Names, List<string> Strangers)? Registered(InspectionContext context, Greetings greetings, CancellationToken cancel)
    {
        var names = new List<string>();
        var found = new List<RuleSettings.Company>();
        foreach (var company in context.Settings.Companies)
        {
            cancel.ThrowIfCancellationRequested();
            var name = company.Names.FirstOrDefault(n => CompanyName.Key(n) is { Length: > 1 } key && greetings.Lines.Any(l => CompanyName.Addresses(l, key)));
            if (name is not null && !company.Domains.Any(d => IsHome(context, d)))
            {
                names.Add(name);
                found.Add(company);
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        var strangers = context.Facts.Outside.Where(r => !found.Exists(c => Belongs(context, r, c))).Select(r => r.Key).Distinct(StringComparer.Ordinal).ToList();
        return (names, strangers);
    }

    /// <summary>Our own company above the text is a letterhead.</summary>
    private static bool IsHome(InspectionContext context, string domain)
        => EmailAddress.TryParse($"x@{domain.Replace("*.", "x.", StringComparison.Ordinal)}", out var probe) && context.Organisation.IsInside(probe);

    /// <summary>By domain, or by the organisation it makes with others (a partner group, another host of the same registered name).</summary>
    private static bool Belongs(InspectionContext context, EnvelopeRecipient recipient, RuleSettings.Company company)
    {
        foreach (var domain in company.Domains)
        {
            var name = domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
            if (EmailAddress.TryParse($"x@{name}", out var probe) && (probe.Domain == recipient.Address?.Domain || context.Organisation.OrganisationOf(probe) == recipient.Organisation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Outside recipients who all have another company's name shown beside their address. One whose company nobody can tell, or one who may be of the
    /// company addressed, and nothing is said.
    /// </summary>
    private static List<string> Unregistered(InspectionContext context, List<string> addressed)
    {
        var strangers = new List<string>();
        foreach (var recipient in context.Facts.Outside)
        {
            var houses = context.Facts.Visible.Where(v => v.Address.Key == recipient.Key).Select(v => HouseOf(v.DisplayName)).Where(h => h is not null).ToList();
            if (houses.Count == 0 || houses.Exists(h => addressed.Exists(a => CompanyName.MayBeOne(a, h!))) || InDomain(recipient, addressed))
            {
                return [];
            }

            strangers.Add(recipient.Key);
        }

        return [.. strangers.Distinct(StringComparer.Ordinal)];
    }

    private static bool InDomain(EnvelopeRecipient recipient, List<string> addressed)
        => recipient.Address is { } address && addressed.Exists(a => a.Length > 3 && address.Domain.Replace("-", "", StringComparison.Ordinal).Contains(a, StringComparison.Ordinal));

    /// <summary>株式会社みなと商事 鈴木様; 鈴木一郎（株式会社みなと商事）; Suzuki (Minato Inc.).</summary>
    private static string? HouseOf(string display)
    {
        if (display.Length is 0 or > 100 || !CompanyName.HasForm(display))
        {
            return null;
        }

        var open = display.AsSpan().IndexOfAny("（([【<");
        if (open > 0)
        {
            var inner = display[(open + 1)..].TrimEnd('）', ')', ']', '】', '>', ' ');
            if (CompanyName.HasForm(inner))
            {
                return CompanyName.AddressedIn(inner);
            }
        }

        return CompanyName.AddressedIn(display);
    }

    private static Finding Make(InspectionContext context, List<string> names, List<string> strangers, int registered)
    {
        var name = Wording.Safe(names[0]);
        var to = Wording.Safe(strangers[0]);
        return new Finding
        {
            Rule = RuleNames.CompanyMismatch,
            Severity = Severity.High,
            Summary = strangers.Count == 1
                ? new Summary($"The mail addresses \"{name}\", but {to} is somebody else's address. Is that the right recipient?", $"本文の宛名は「{name}」ですが、{to} は別の会社のアドレスです。宛先に間違いはありませんか？")
                : new Summary($"The mail addresses \"{name}\", but {Wording.Number(strangers.Count)} of its recipients belong elsewhere. Are they right?",
                    $"本文の宛名は「{name}」ですが、宛先のうち{Wording.Number(strangers.Count)}人は別の会社の方です。宛先に間違いはありませんか？"),
            Evidence = [.. Wording.Some(names.Select(n => Wording.Safe($"addressed: {n}")), names.Count, 5), .. Wording.Some(strangers.Select(s => $"to: {s}"), strangers.Count, 10)],
            Recipients = context.Analysis.KeysOf(strangers.ToHashSet(StringComparer.Ordinal)),
            Measures = new Dictionary<string, long> { ["companies"] = names.Count, ["registered"] = registered },
        };
    }
}
