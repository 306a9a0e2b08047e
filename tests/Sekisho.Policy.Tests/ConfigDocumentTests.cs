using FsCheck;
using FsCheck.Fluent;

namespace Sekisho.Policy.Tests;

/// <summary>The file cut into what the console may change and what it never sees.</summary>
public sealed class ConfigDocumentTests
{
    private const string File = """
        # Our file. Ask the mail room before changing it.

        # Who we are.
        organization:
          domains: [inside.example]   # ours

        relay:
          host: relay.example:25
        #  password: hunter2

        # Rules of the house.
        policy:
          # Not for us.
          - name: correction
            enabled: false
        users:
          - address: boss@inside.example
            roles: [administrator]

        """;

    private static ConfigDocument Read(string text)
    {
        var document = ConfigDocument.Read(text, "f.yaml", out var errors);
        Assert.Empty(errors);
        return document!;
    }

    private static IReadOnlyList<ConfigError> Refused(string text, string editable)
    {
        Assert.Null(Read(text).Replace(editable, out var errors));
        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.Equal("f.yaml", e.File));
        return errors;
    }

    [Fact]
    public void The_open_sections_are_shown_with_their_comments_and_nothing_else()
    {
        var document = Read(File);
        Assert.Equal("""
            # Who we are.
            organization:
              domains: [inside.example]   # ours

            # Rules of the house.
            policy:
              # Not for us.
              - name: correction
                enabled: false

            """.ReplaceLineEndings("\n"), document.EditableText);
        Assert.Equal(["relay", "users"], document.Hidden);
    }

    [Fact]
    public void A_password_taken_out_by_a_comment_stays_with_its_own_section()
    {
        var close = Read("relay:\n  host: a.example:25\n#  password: hunter2\npolicy: []\n");
        Assert.DoesNotContain("hunter2", close.EditableText, StringComparison.Ordinal);
        var apart = Read("relay:\n  host: a.example:25\n\n#  password: hunter2\n\npolicy: []\n");
        Assert.DoesNotContain("hunter2", apart.EditableText, StringComparison.Ordinal);
        var before = Read("undo: 5s\n#  password: hunter2\nrelay:\n  host: a.example:25\n");
        Assert.DoesNotContain("hunter2", before.EditableText, StringComparison.Ordinal);
    }

    [Fact]
    public void Replacing_by_the_same_changes_no_byte()
    {
        foreach (var text in new[] { File, File.Replace("\n", "\r\n", StringComparison.Ordinal), "\uFEFF" + File, File.TrimEnd(), "", "# nothing\n", "policy:\n  - { name: correction, enabled: false }" })
        {
            var document = Read(text);
            var again = document.Replace(document.EditableText, out var errors);
            Assert.Empty(errors);
            Assert.Equal(text, text.EndsWith('\n') || text.Length == 0 || document.EditableText.Length == 0 ? again : again!.TrimEnd('\n'));
        }
    }

    [Fact]
    public void A_change_from_a_browser_takes_the_files_own_line_ends()
    {
        var text = File.Replace("\n", "\r\n", StringComparison.Ordinal);
        var whole = Read(text).Replace("undo: 5s\r\npolicy: []\r\n", out _)!;
        Assert.Equal(whole.Count(c => c == '\n'), whole.Split("\r\n").Length - 1);
        Assert.Contains("relay:\r\n  host: relay.example:25\r\n#  password: hunter2\r\n", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("organization", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_section_stands_after_the_last_open_one_and_an_empty_file_takes_any()
    {
        var whole = Read(File).Replace("organization:\n  domains: [inside.example]\npolicy: []\nundo: 5s\n", out _)!;
        Assert.True(whole.IndexOf("undo: 5s", StringComparison.Ordinal) is var at && at > whole.IndexOf("policy: []", StringComparison.Ordinal) && at < whole.IndexOf("users:", StringComparison.Ordinal));
        Assert.Equal("undo: 5s\n", Read("").Replace("undo: 5s", out _));
        Assert.Equal("relay:\n  host: a.example:25\nundo: 5s\n", Read("relay:\n  host: a.example:25").Replace("undo: 5s\n", out _));
    }

    [Theory]
    [InlineData("policy: []\nrelay:\n  host: evil.example:25\n", 2)]
    [InlineData("undo: 5s\n---\nrelay:\n  host: evil.example:25\n", 2)]
    [InlineData("undo: 5s\n...\n", 2)]
    [InlineData("%YAML 1.2\n---\nundo: 5s\n", 1)]
    [InlineData("{undo: 5s, tools: {bsdtar: /tmp/evil}}\n", 1)]
    [InlineData("undo: 5s\nundo: 6s\n", 2)]
    [InlineData("organization:\n\tdomains: [a.example]\n", 2)]
    [InlineData("? tools\n: { bsdtar: /tmp/evil }\n", 1)]
    [InlineData("\"tools\": { bsdtar: /tmp/evil }\n", 1)]
    [InlineData("undo: 5s\n\"list\\x65n\": []\n", 2)]
    [InlineData("undo: &a 5s\npolicy: *a\n", 2)]
    [InlineData("policy:\n  - name: x\n    whn: 1\n    then: hold\n", 3)]
    [InlineData("undo: 5s\rtools: {}\n", 1)]
    [InlineData("undo: 5s\n\u2028tools: {}\n", 2)]
    [InlineData("<<: { tools: {} }\n", 1)]
    [InlineData("!!map\nundo: 5s\n", 1)]
    [InlineData("# x\norganization:\n  name: a\n  directory: /etc/passwd\n", 4)]
    [InlineData("organization: { \"directory\": /etc/passwd }\n", 1)]
    public void What_would_reach_beyond_the_open_sections_is_refused_with_its_line(string editable, int line)
        => Assert.Contains(Refused(File, editable), e => e.Line == line);

    [Theory]
    [InlineData("relay: &r\n  host: a.example:25\norganization:\n  name: *r\n")]
    [InlineData("{ organization: { name: x }, relay: {} }\n")]
    [InlineData("{\norganization: { name: x },\nrelay: {}\n}\n")]
    [InlineData("undo: 5s\n---\nundo: 6s\n")]
    [InlineData("? undo\n: 5s\n")]
    [InlineData("undo: 5s\nundo: 6s\n")]
    public void A_file_that_two_readers_could_take_differently_is_not_offered(string text)
    {
        Assert.Null(ConfigDocument.Read(text, "f.yaml", out var errors));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void Errors_name_the_lines_of_the_edited_text()
    {
        var error = Assert.Single(Refused(File, "# one\n\norganization:\n  domains: [inside.example]\n\npolicy:\n  - name: x\n    when: { finding: no-such }\n    then: hold\n"));
        Assert.Equal(8, error.Line);
    }

    [Fact]
    public void Every_setting_outside_the_open_sections_keeps_its_value()
    {
        var before = SekishoConfig.Parse(File, "f.yaml", out _)!;
        var after = SekishoConfig.Parse(Read(File).Replace("organization:\n  domains: [other.example]\n  language: ja\nundo: 9s\nindividual:\n  keep-inside: false\n", out _)!, "f.yaml", out _)!;
        Assert.Empty(FixedSettings.Changed(before, after));
        Assert.Equal(["other.example"], after.Domains);
        Assert.Equal((TimeSpan.FromSeconds(9), false), (after.Undo, after.IndividualKeepsInside));
        Assert.Equal(["users"], FixedSettings.Changed(before, after with { Users = [] }));
        Assert.Equal(["notify"], FixedSettings.Changed(before, after with { Notify = after.Notify with { ConsoleUrl = "https://evil.example" } }));
    }

    [Fact]
    public void Whatever_is_written_the_rest_of_the_file_keeps_every_byte()
    {
        // Pieces of files and of edits, hostile ones among them, put together at random: accepted or refused, what is hidden never changes.
        string[] hidden = ["relay:\n  host: relay.example:25\n", "# tls\nlisten:\n  - smtp: 127.0.0.1:2525\n", "users:\n  - address: a@b.example\n#  password-hash: x\n", "\n\n# limits\nlimits:\n  backlog: 5\n\n"];
        string[] open = ["organization:\n  name: x\n", "# rules\npolicy:\n  - name: correction\n    enabled: false\n", "undo: 5s\n", "individual:\n  keep-inside: false\n"];
        string[] edits = [.. open, "# a\n", "\n", "policy: []\n# end\n", "\n# lone\n", "relay: {}\n", "---\n", "undo: 1s", "  \n", "\"undo\": 3s\n", "organization: { name: \"a\n", "b\" }\n"];
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<int[]>(),
            (int[] order, int[] picks) =>
            {
                var pieces = hidden.Concat(open).ToList();
                var text = string.Concat(order.Select(i => Math.Abs((long)i) % pieces.Count).Distinct().Select(i => pieces[(int)i]));
                var document = ConfigDocument.Read(text, "f.yaml", out _);
                if (document?.Replace(string.Concat(picks.Select(i => edits[Math.Abs((long)i) % edits.Length])), out _) is not { } whole)
                {
                    return true;
                }

                var again = ConfigDocument.Read(whole, "f.yaml", out _)!;
                return document.Hidden.SequenceEqual(again.Hidden)
                    && hidden.Where(text.Contains).All(h => whole.Contains(h.Trim('\n'), StringComparison.Ordinal))
                    && !hidden.Any(h => again.EditableText.Contains(h.Trim('\n').Split('\n')[^1], StringComparison.Ordinal));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
