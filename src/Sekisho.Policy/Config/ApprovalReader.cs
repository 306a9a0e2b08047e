using Sekisho.Policy.Yaml;

namespace Sekisho.Policy;

/// <summary>Reads who approves and on what conditions; the same keys stand in a rule and, for all rules, in <c>organization</c>.</summary>
internal static class ApprovalReader
{
    public static readonly string[] Keys = ["approvals", "deadline", "at-deadline", "escalate-to"];

    private const int MostApprovals = 10;

    /// <summary>The conditions; what is not said is null.</summary>
    /// <param name="otherwise">What holds where a key is missing; decides whether the keys fit each other.</param>
    public static ApprovalSettings Read(MapReader reader, ApprovalSettings otherwise)
    {
        var settings = new ApprovalSettings
        {
            Needed = reader.Number("approvals", 1, MostApprovals),
            Deadline = reader.Duration("deadline", TimeSpan.FromMinutes(1), TimeSpan.FromDays(90)),
            Then = reader.Word("at-deadline", ("wait", DeadlineAction.Wait), ("escalate", DeadlineAction.Escalate), ("return", DeadlineAction.Return)),
            EscalateTo = reader.Texts("escalate-to") is { } nodes ? Names(nodes, reader.Name("escalate-to"), reader.Errors) : null,
        };
        var whole = settings.Over(otherwise);
        if (settings.Then is DeadlineAction.Escalate or DeadlineAction.Return && whole.Deadline is null)
        {
            reader.Errors.Add(reader.PlaceOf("at-deadline"), $"'at-deadline: {settings.Then.ToString()!.ToLowerInvariant()}' without a deadline never happens; expected 'deadline: 2d' beside it");
        }

        if (settings.EscalateTo is not null && whole.Then != DeadlineAction.Escalate)
        {
            reader.Errors.Add(reader.PlaceOf("escalate-to"), "'escalate-to' has no meaning without 'at-deadline: escalate'");
        }

        return settings;
    }

    /// <summary>Addresses (lower case), <c>superior</c> and <c>group:NAME</c>; what is none of them is an error and left out.</summary>
    public static List<string> Names(IReadOnlyList<ScalarNode> nodes, string name, ErrorList errors)
    {
        var found = new List<string>();
        foreach (var node in nodes)
        {
            var text = node.Value.Trim();
            string? one;
            if (text == ApproverNames.Superior)
            {
                one = text;
            }
            else if (text.StartsWith(ApproverNames.GroupPrefix, StringComparison.Ordinal))
            {
                var group = text[ApproverNames.GroupPrefix.Length..].Trim();
                one = ApproverNames.GroupPrefix + group;
                if (group.Length is 0 or > 200 || group.Any(char.IsControl))
                {
                    errors.Add(node, $"{name} is '{ScalarNode.Shorten(text)}'; expected group: and the name of a group of the directory, like group:legal");
                    continue;
                }
            }
            else
            {
                one = ConfigAddress.Read(node, name, errors);
            }

            if (one is null)
            {
                continue;
            }

            if (found.Contains(one))
            {
                errors.Add(node, $"{name}: '{ScalarNode.Shorten(node.Value)}' stands twice");
            }
            else
            {
                found.Add(one);
            }
        }

        return found;
    }

    /// <summary>Says where the file names a superior or a group and no directory can tell who that is. Asked of the file as it stands, not of a stored policy.</summary>
    public static void CheckNames(MapReader reader, PeopleDirectory? people)
    {
        foreach (var key in new[] { "approvers", "escalate-to" })
        {
            if (reader.Get(key) is not { } node)
            {
                continue;
            }

            var texts = node is ListNode list ? list.Items.OfType<ScalarNode>() : node is ScalarNode one ? [one] : [];
            foreach (var text in texts)
            {
                var isGroup = text.Value.Trim().StartsWith(ApproverNames.GroupPrefix, StringComparison.Ordinal);
                if (people is null && (isGroup || text.Value.Trim() == ApproverNames.Superior))
                {
                    reader.Errors.Add(text, $"{reader.Name(key)} names '{ScalarNode.Shorten(text.Value)}', which only a directory can tell; expected 'organization.directory: people.csv'");
                }
                else if (people is not null && isGroup && people.MembersOf(text.Value.Trim()[ApproverNames.GroupPrefix.Length..].Trim()).Count == 0)
                {
                    reader.Errors.Add(text, $"{reader.Name(key)} names '{ScalarNode.Shorten(text.Value)}', and nobody in the directory is in it{Spelling.Hint(text.Value.Trim()[ApproverNames.GroupPrefix.Length..].Trim(), [.. people.Groups])}");
                }
            }
        }
    }
}
