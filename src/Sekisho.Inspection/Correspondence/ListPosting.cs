using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>An outsider's mail that a list or a program of ours passes on to many outside people, and posts to a list by one not entitled.</summary>
public sealed class ListPosting : IInsideInspector
{
    /// <summary>Outside recipients from which a mail counts as passed on to many.</summary>
    private const int Many = 5;

    /// <summary>Fields only list software writes.</summary>
    private static readonly string[] _listFields = ["List-Id", "List-Post", "List-Help", "Mailing-List", "X-ML-Name", "X-Mailing-List", "X-ML-Info", "X-Mail-Count"];

    /// <summary>Fields by which a mail tells to whom it came before it was passed on.</summary>
    private static readonly string[] _deliveredFields = ["X-Original-To", "Delivered-To"];

    /// <inheritdoc/>
    public string Rule => RuleNames.ListPosting;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var outside = context.Analysis.Outside.Count;
        var (list, entitled) = ConfiguredList(context);
        if (list is not null)
        {
            if (!entitled)
            {
                yield return Make(context, list, outside, new Summary(
                    $"{Name(context)} is not among those who may post to {list}.",
                    $"{Name(context)} は {list} への投稿を許可されていません。"));
            }

            yield break;
        }

        if (outside >= Many && IsPassedOn(context))
        {
            yield return Make(context, null, outside, new Summary(
                $"A mail written outside ({Name(context)}) would be passed on to {Wording.Number(outside)} outside recipients.",
                $"社外の方（{Name(context)}）が書いたメールが、社外の{Wording.Number(outside)}人に転送されようとしています。"));
        }
    }

    /// <summary>
    /// Written outside, and either sent by somebody else (a list's owner, the null sender), or sent through us by the author himself, or expanded: nobody
    /// who gets it stands in To or Cc.
    /// </summary>
    private static bool IsPassedOn(InspectionContext context)
    {
        var facts = context.Facts;
        if (facts.Author is not { } author || context.Organisation.IsInside(author))
        {
            return facts.Author is { } inside && !context.Organisation.HasDomains && HasListFields(context) && IsForeignToList(context, inside);
        }

        if (facts.Sender is not { } sender || context.Organisation.HasDomains || IsOther(context, author, sender))
        {
            return true;
        }

        return HasListFields(context) || IsExpanded(context);
    }

    private static bool IsOther(InspectionContext context, EmailAddress author, EmailAddress sender)
        => context.Organisation.OrganisationOf(author) != context.Organisation.OrganisationOf(sender);

    private static bool IsExpanded(InspectionContext context)
    {
        var recipients = context.Facts.Recipients.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var visible = context.Analysis.VisibleOutside;
        return visible.Count > 0 && visible.All(v => !recipients.Contains(v.Address.Key));
    }

    /// <summary>The sender's own domain stands in for the organisation's, and the list is another's: then the list's domain is home, the author a guest.</summary>
    private static bool IsForeignToList(InspectionContext context, EmailAddress author)
        => IsExpanded(context) && context.Analysis.VisibleOutside.All(v => v.Organisation != context.Organisation.OrganisationOf(author));

    private static bool HasListFields(InspectionContext context)
    {
        foreach (var field in context.Facts.Message.Headers)
        {
            if (_listFields.Any(field.Is) || (field.Is("Precedence") && field.Unfolded.Equals("list", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            if (field.Is("Sender") && IsListOwner(field.Unfolded))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsListOwner(string sender)
        => sender.Contains("owner-", StringComparison.OrdinalIgnoreCase) || sender.Contains("-owner@", StringComparison.OrdinalIgnoreCase)
            || sender.Contains("-bounces", StringComparison.OrdinalIgnoreCase) || sender.Contains("-request@", StringComparison.OrdinalIgnoreCase)
            || sender.Contains("-admin@", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first configured list the mail goes or went to, preferring one its author may not post to.</summary>
    private static (string? List, bool Entitled) ConfiguredList(InspectionContext context)
    {
        if (context.Settings.Lists.Count == 0)
        {
            return (null, false);
        }

        var named = context.Facts.Visible.Select(v => v.Address.Key).Concat(context.Facts.Recipients.Select(r => r.Key)).ToHashSet(StringComparer.Ordinal);
        foreach (var field in context.Facts.Message.Headers)
        {
            if (_deliveredFields.Any(field.Is) && EmailAddress.TryParse(field.Unfolded.AsSpan().Trim(" <>\t"), out var address))
            {
                named.Add(address.Key);
            }
        }

        string? allowed = null;
        foreach (var (list, posters) in context.Settings.Lists)
        {
            if (!named.Contains(AddressMatch.KeyOf(list)))
            {
                continue;
            }

            if (!AddressMatch.Any(posters, context.Facts.Author))
            {
                return (list, false);
            }

            allowed ??= list;
        }

        return (allowed, allowed is not null);
    }

    private static string Name(InspectionContext context) => Wording.Safe((context.Facts.Author ?? context.Facts.Sender)?.Key ?? "<>");

    private static Finding Make(InspectionContext context, string? list, int outside, Summary summary)
    {
        var key = list is null ? null : AddressMatch.KeyOf(list);
        return new Finding
        {
            Rule = RuleNames.ListPosting,
            Severity = Severity.High,
            Summary = summary,
            Evidence = [$"From: {Name(context)}", $"MAIL FROM: <{context.Facts.Sender?.Key}>", .. context.Facts.Visible.Take(3).Select(v => $"{v.Field}: {v.Address.Key}")],
            Recipients = [.. context.Analysis.AllKeys, .. context.Facts.Recipients.Where(r => r.Inside && r.Key == key).Select(r => r.Key).Distinct(StringComparer.Ordinal)],
            Measures = new Dictionary<string, long> { ["recipients"] = outside, ["list"] = list is null ? 0 : 1 },
        };
    }
}
