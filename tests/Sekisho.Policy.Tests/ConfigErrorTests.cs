using System.Text;

namespace Sekisho.Policy.Tests;

/// <summary>What stands in a file that cannot be used is named by line and column, with what was expected.</summary>
public sealed class ConfigErrorTests
{
    [Theory]
    [InlineData("organisation:\n  name: x", "1:1", "unknown key 'organisation'; did you mean 'organization'?")]
    [InlineData("organization:\n  domians: [a.example]", "2:3", "unknown key 'domians' in 'organization'; did you mean 'domains'?")]
    [InlineData("relay:\n  host: a.example:25\n  retry_first: 5s", "3:3", "unknown key 'retry_first' in 'relay'; did you mean 'retry-first'?")]
    [InlineData("store:\n  quux: 1", "2:3", "unknown key 'quux' in 'store'; expected data or keep")]
    [InlineData("undo: 5s\nundo: 6s", "2:1", "'undo' stands twice; the first is in line 1")]
    [InlineData("undo: 5", "1:7", "undo is '5'; expected a duration like 30s, 10m, 1h or 5d")]
    [InlineData("undo: -5s", "1:7", "undo is '-5s'; expected a duration like 30s, 10m, 1h or 5d")]
    [InlineData("undo: 2d", "1:7", "undo is 2d; expected 0s to 1d")]
    [InlineData("undo: [1s]", "1:7", "undo is a list; expected one text")]
    [InlineData("limits:\n  message-size: 50 apples", "2:17", "limits.message-size is '50 apples'; expected a size like 64kB, 50MB or 1GB")]
    [InlineData("limits:\n  message-size: 3GB", "2:17", "limits.message-size is 3072MB; expected 65536B to 2046MB")]
    [InlineData("limits:\n  recipients: many", "2:15", "limits.recipients is 'many'; expected a whole number from 100 to 1000000")]
    [InlineData("limits:\n  hops: 0", "2:9", "limits.hops is '0'; expected a whole number from 1 to 1000")]
    [InlineData("limits: 5", "1:9", "limits is '5'; expected a mapping with message-size, recipients, connections, connections-per-client, free-space, inspection-time, backlog, hops, file-depth, files, file-size, expanded-size, expansion-ratio, file-text, file-cells or tool-time")]
    [InlineData("limits:\n  tool-time: 40s", "2:3", "a program may run 40s, longer than the whole inspection (30s); expected tool-time at most inspection-time")]
    [InlineData("limits:\n  file-depth: 0", "2:15", "limits.file-depth is '0'; expected a whole number from 1 to 32")]
    [InlineData("limits:\n  expanded-size: 2GB", "2:18", "limits.expanded-size is 2048MB; expected 65536B to 1024MB")]
    [InlineData("malware:\n  clamd: clamav", "2:10", "malware.clamd is 'clamav'; expected auto, off, a socket like /run/clamav/clamd.ctl or HOST:PORT")]
    [InlineData("malware:\n  clamd: 127.0.0.1:0", "2:10", "malware.clamd is '127.0.0.1:0'; expected auto, off, a socket like /run/clamav/clamd.ctl or HOST:PORT")]
    [InlineData("malware:\n  scan: none", "2:9", "malware.scan is 'none'; expected attachments or all")]
    [InlineData("tools:\n  bsdtar: bsdtar", "2:11", "tools.bsdtar is 'bsdtar'; expected auto, off or a full path like /usr/bin/bsdtar")]
    [InlineData("tools:\n  pdf2text: auto", "2:3", "unknown key 'pdf2text' in 'tools'; did you mean 'pdftotext'?")]
    [InlineData("console: 8025", "1:10", "console is '8025'; expected HOST:PORT like 127.0.0.1:2525, mail.example.com:25 or [::1]:25")]
    [InlineData("console: 127.0.0.1:2525\nlisten: [{ smtp: '127.0.0.1:2525' }]", "1:1", "console and SMTP both want 127.0.0.1:2525; expected an address of its own for each")]
    [InlineData("organization:\n  domains: .a.example", "2:12", "organization.domains holds '.a.example': a domain does not begin with a dot; did you mean '*.a.example' (every subdomain)?")]
    [InlineData("organization:\n  domains: ['*a.example']", "2:13", "organization.domains holds '*a.example': a '*' stands only for whole labels in front: *.example.com")]
    [InlineData("organization:\n  domains: [me@a.example]", "2:13", "organization.domains holds 'me@a.example': an address stands where a domain was expected; did you mean 'a.example'?")]
    [InlineData("organization:\n  domains: [localhost]", "2:13", "organization.domains holds 'localhost': a domain has at least two labels, like example.com")]
    [InlineData("organization:\n  domains: [a.example, A.example]", "2:24", "organization.domains holds 'a.example' again; it stands in line 2 already")]
    [InlineData("organization:\n  domains: a_b..example", "2:12", "organization.domains holds 'a_b..example': expected a domain like example.com")]
    [InlineData("organization:\n  domains: gmail.com", "2:12", "organization.domains holds 'gmail.com', a freemail provider's domain: its users are no organisation and always outside; take it out")]
    [InlineData("organization:\n  partners: [[a.example]]", "2:14", "a partner group joins domains that count as one organisation; expected at least two, like [example.com, example.net]")]
    [InlineData("organization:\n  domains: a.example\n  partners: [[b.example, a.example]]", "3:26", "organization.partners holds 'a.example' again; it stands in line 2 already")]
    [InlineData("organization:\n  approvers: [boss]", "2:15", "organization.approvers is 'boss': expected an address like name@example.com")]
    [InlineData("organization:\n  language: de", "2:13", "organization.language is 'de'; expected ja, en or both")]
    [InlineData("organization:\n  lists: [a]", "2:10", "organization.lists is a list; expected a mapping like news@example.com: [editor@example.com]")]
    [InlineData("organization:\n  companies: Acme", "2:14", "organization.companies is 'Acme'; expected a list of companies like { name: Example Inc., domains: [example.com] }, each with '- ' before it")]
    [InlineData("organization:\n  companies:\n    - Acme", "3:7", "'Acme' stands where a company was expected; a company is a mapping with name and domains")]
    [InlineData("organization:\n  companies:\n    - { name: Acme }", "3:7", "the company has no domains; expected one like { name: Example Inc., domains: [example.com] }")]
    [InlineData("organization:\n  companies:\n    - { domains: acme.example }", "3:7", "the company has no name; expected one like { name: Example Inc., domains: [example.com] }")]
    [InlineData("organization:\n  companies:\n    - { name: Acme, domain: acme.example, domains: acme.example }", "3:21", "unknown key 'domain' in 'organization.companies'; did you mean 'domains'?")]
    [InlineData("organization:\n  companies:\n    - { name: 株式会社, domains: acme.example }", "3:15", "organization.companies.name is '株式会社'; expected a company's name of 2 to 100 characters, its legal form not counted")]
    [InlineData("organization:\n  companies:\n    - { name: Acme Inc., domains: a.example }\n    - { name: 'ACME, Ltd.', domains: b.example }", "4:15", "the company 'ACME, Ltd.' stands in line 3 already; legal forms do not tell two names apart")]
    [InlineData("organization:\n  companies:\n    - { name: Acme, domains: gmail.com }", "3:30", "organization.companies.domains holds 'gmail.com', a freemail provider's domain, whose users are no company; take it out")]
    [InlineData("organization:\n  companies:\n    - { name: Acme, domains: me@acme.example }", "3:30", "organization.companies.domains holds 'me@acme.example': an address stands where a domain was expected; did you mean 'acme.example'?")]
    [InlineData("listen:\n  - { mode: submit }", "2:5", "the door has no address; expected 'smtp: 127.0.0.1:2525'")]
    [InlineData("listen:\n  - { smtp: '127.0.0.1:25', mode: look }", "2:35", "listen.mode is 'look'; expected submit or observe")]
    [InlineData("listen:\n  - { smtp: '127.0.0.1:25' }\n  - { smtp: '127.0.0.1:25' }", "3:5", "a second door is at 127.0.0.1:25; expected each address once")]
    [InlineData("listen:\n  - { smtp: '0.0.0.0:25' }", "2:7", "anybody who reaches 0.0.0.0:25 could send mail through it; expected 'allow' with the networks let in, or 'auth: required'")]
    [InlineData("listen:\n  - { smtp: '127.0.0.1:25', allow: all }", "2:36", "listen.allow holds 'all'; expected a network like 192.0.2.0/24 or 2001:db8::/32")]
    [InlineData("listen:\n  - { smtp: '127.0.0.1:25', allow: 192.0.2.7/24 }", "2:36", "listen.allow holds '192.0.2.7/24', a machine's address with a network's length; did you mean '192.0.2.0/24', or '192.0.2.7' alone?")]
    [InlineData("listen:\n  - { smtp: '127.0.0.1:25', auth: required }\nusers: [{ address: a@a.example, password-hash: HASH }]", "2:29", "'auth: required' without TLS would send passwords in the clear, and they are not accepted so; expected 'certificate' and 'key'")]
    [InlineData("listen:\n  - { smtp: '127.0.0.1:25', tls: required }", "2:29", "TLS needs a certificate; expected 'certificate' and 'key' beside it")]
    [InlineData("listen: []", "1:9", "no door is named; expected at least one, or no 'listen' for 127.0.0.1:2525")]
    [InlineData("listen: 127.0.0.1:25", "1:9", "listen is '127.0.0.1:25'; expected a list of doors, each with '- ' before it")]
    [InlineData("relay:\n  tls: required", "2:3", "the relay has no host; expected 'host: smtp.example.com:25' (without a relay, mail is written to the outbox directory)")]
    [InlineData("relay: { host: 'a.example:25', tls: maybe }", "1:37", "relay.tls is 'maybe'; expected none, opportunistic, required or implicit")]
    [InlineData("relay: { host: 'a.example:25', user: me }", "1:32", "the relay has a user without a password; expected 'password-file' or 'password'", "the password could be read on the way: TLS is not required; expected 'tls: required' or 'tls: implicit' with a user")]
    [InlineData("relay: { host: 'a.example:25', password: x }", "1:32", "the relay has a password without a 'user'; expected both or none")]
    [InlineData("relay: { host: 'a.example:25', retry-first: 2h }", "1:32", "the first retry (2h) comes later than the longest pause (1h); expected retry-first at most retry-max")]
    [InlineData("relay: { host: 'a.example:25', expire: 1m }", "1:32", "mail would expire before its first retry; expected expire to be longer than retry-first")]
    [InlineData("notify:\n  console-url: javascript:alert(1)", "2:16", "notify.console-url is 'javascript:alert(1)'; expected an address like https://sekisho.example.com")]
    [InlineData("notify:\n  from: \"a@a.example\\r\\nBcc: b@b.example\"", "2:9", "notify.from is 'a@a.example??Bcc: b@b.example': expected one plain address like name@example.com")]
    [InlineData("notify:\n  enabled: maybe", "2:12", "notify.enabled is 'maybe'; expected true, false, yes or no")]
    [InlineData("users:\n  - roles: [boss]", "2:5", "the user has no address; expected 'address: name@example.com'", "sekisho.yaml:2:13: users.roles holds 'boss'; expected sender, approver, auditor, privacy-officer or administrator")]
    [InlineData("users:\n  - { address: a@a.example, password-hash: secret }", "2:44", "users.password-hash is not one; expected what 'sekisho user hash' prints: $pbkdf2-sha256$…")]
    [InlineData("users: [{ address: a@a.example }, { address: A@a.example }]", "1:46", "the user 'a@a.example' stands twice")]
    [InlineData("store: { keep: 36h }", "1:16", "store.keep is no number of days; expected whole days like 30d")]
    [InlineData("- a\n- b", "1:1", "the file holds a list; expected keys like 'organization:' and 'relay:'")]
    [InlineData("hello", "1:1", "the file holds 'hello'; expected keys like 'organization:' and 'relay:'")]
    public void Settings(string yaml, string place, params string[] messages)
        => Assert.Equal(messages, WithoutPlace(Policies.Errors(yaml.Replace("HASH", PasswordHash.Create("x", 1000))), place));

    [Theory]
    [InlineData("- { when: { recipient: '*' }, then: hold }", "2:3", "the rule has no name; expected 'name: some-name'")]
    [InlineData("- { name: My Rule, when: { recipient: '*' }, then: hold }", "2:11", "the rule's name is 'My Rule'; expected at most 64 lower-case letters, digits and hyphens")]
    [InlineData("- { name: mine, then: hold }", "2:3", "the rule 'mine' has no 'when' (what it is about); expected one")]
    [InlineData("- { name: stranger-many, then: hold }", "2:3", "the rule 'stranger-many' has no 'when' (what it is about); expected one, or did you mean the shipped rule 'strangers-many'?")]
    [InlineData("- { name: mine, when: { recipient: '*' } }", "2:3", "the rule 'mine' has no 'then' (deliver, individual, hold, approve or refuse); expected one")]
    [InlineData("- { name: mine, when: { recipient: '*' }, then: quarantine }", "2:49", "policy.then is 'quarantine'; expected deliver, individual, hold, approve or refuse")]
    [InlineData("- { name: mine, when: { finding: visible-recipient }, then: hold }", "2:34", "no inspector is named 'visible-recipient'; did you mean 'visible-recipients'?")]
    [InlineData("- { name: mine, when: { finding: visible-recipients, group: 3 }, then: hold }", "2:54", "unknown key 'group' in 'when'; did you mean 'groups'?")]
    [InlineData("- { name: mine, when: { finding: visible-recipients, groups: '=> 3' }, then: hold }", "2:62", "when.groups is '=> 3'; expected a comparison like \">= 10\", \"< 3\", \"2..9\" or 5")]
    [InlineData("- { name: mine, when: { finding: visible-recipients, groups: '9..2' }, then: hold }", "2:62", "when.groups is '9..2'; expected a comparison like \">= 10\", \"< 3\", \"2..9\" or 5")]
    [InlineData("- { name: mine, when: { finding: visible-recipients, severity: '>= bad' }, then: hold }", "2:64", "when.severity is '>= bad'; expected a comparison like \">= high\" with one of info, low, medium, high or critical")]
    [InlineData("- { name: mine, when: { persons: 3 }, then: hold }", "2:23", "when asks for a property of a finding but names none; expected 'finding: …'")]
    [InlineData("- { name: mine, when: { recipient: rival.example }, then: hold }", "2:36", "when.recipient is 'rival.example': an address pattern needs an @; did you mean '@rival.example'?")]
    [InlineData("- { name: mine, when: { recipient: '@*rival.example' }, then: hold }", "2:36", "when.recipient is '@*rival.example': a '*' stands only for whole labels in front: *.example.com")]
    [InlineData("- { name: mine, when: { recipient: '@.rival.example' }, then: hold }", "2:36", "when.recipient is '@.rival.example': a domain does not begin with a dot; did you mean '*.rival.example' (every subdomain)?")]
    [InlineData("- { name: mine, when: { attachment: '*' }, then: hold }", "2:37", "when.attachment is '*'; expected a file's name of at most 200 characters, a '*' standing for anything: \"*price*\"")]
    [InlineData("- { name: mine, when: { attachment: [] }, then: hold }", "2:25", "when.attachment is empty; expected a value, or no such line")]
    [InlineData("- { name: mine, when: { keyword: [] }, then: hold }", "2:34", "when.keyword is empty; expected words")]
    [InlineData("- { name: mine, when: { keyword: [''] }, then: hold }", "2:35", "when.keyword holds an empty word; expected words that can stand in a mail")]
    [InlineData("- { name: mine, when: { keyword: x, in: header }, then: hold }", "2:41", "when.in is 'header'; expected subject or body")]
    [InlineData("- { name: mine, when: { recipient: '*', in: body }, then: hold }", "2:41", "'in' says where a keyword counts, but there is no 'keyword'")]
    [InlineData("- { name: mine, when: { recipient: }, then: hold }", "2:25", "when.recipient is empty; expected a value, or no such line")]
    [InlineData("- { name: mine, when: { sender: [] }, then: hold }", "2:25", "when.sender is empty; expected a value, or no such line")]
    [InlineData("- { name: mine, when: { keyword: ~ }, then: hold }", "2:25", "when.keyword is empty; expected a value, or no such line")]
    [InlineData("- { name: mine, when: { finding: [] }, then: hold }", "2:25", "when.finding is empty; expected a value, or no such line")]
    [InlineData("- { name: mine, when: {}, then: hold }", "2:23", "when is empty; expected at least one condition")]
    [InlineData("- { name: mine, when: always, then: hold }", "2:23", "when is 'always'; expected conditions like { finding: visible-recipients, groups: \">= 10\" }")]
    [InlineData("- { name: mine, when: { recipient: '*' }, then: hold, wait: 5s }", "2:55", "'wait' has no meaning with 'then: hold'; it goes with deliver and individual")]
    [InlineData("- { name: mine, when: { recipient: '*' }, then: deliver, release-after: 5s }", "2:58", "'release-after' has no meaning with 'then: deliver'; it goes with hold")]
    [InlineData("- { name: mine, when: { recipient: '*' }, then: hold, approvers: a@h.example }", "2:55", "'approvers' has no meaning with 'then: hold'; it goes with approve")]
    [InlineData("- { name: strangers-many, stop-run: true }", "2:27", "'stop-run' has no meaning with 'then: individual'; it goes with hold, approve and refuse")]
    [InlineData("- { name: mine, when: { recipient: '*' }, then: hold, tell: everybody }", "2:61", "policy.tell is 'everybody'; expected sender or nobody")]
    [InlineData("- { name: strangers-few, then: hold }\n- { name: strangers-few, then: approve }", "3:11", "a second rule is named 'strangers-few'; expected each name once")]
    [InlineData("- { name: strangers-few, note: { de: nein } }", "2:32", "the note has neither 'en' nor 'ja'; expected a sentence in one or both", "sekisho.yaml:2:34: unknown key 'de' in 'policy.note'; expected en or ja")]
    [InlineData("- strangers-few", "2:3", "'strangers-few' stands where a rule was expected; a rule is a mapping with name, when and then")]
    public void Rules(string rules, string place, params string[] messages)
        => Assert.Equal(messages, WithoutPlace(Policies.Errors("policy:\n" + rules), place));

    [Theory]
    [InlineData("undo: 5s\n\tstore: {}", "2:1: ", "the line is indented with a tab; expected blanks")]
    [InlineData("organization:\n\tname: x", "2:1: ", "the line is indented with a tab; expected blanks")]
    [InlineData("undo: 'x", "1:", "not readable as YAML")]
    [InlineData("undo: [1", "", "not readable as YAML")]
    [InlineData("undo: 5s\n---\nundo: 6s", "2:1", "a second document begins here; expected one")]
    [InlineData("undo: *x", "1:7", "alias '*x' names nothing above it")]
    [InlineData("undo: &x [*x]", "1:11", "alias '*x' names nothing above it")]
    [InlineData("undo: !!binary aGk=", "1:7", "type tags ('tag:yaml.org,2002:binary') are not supported; leave it out")]
    [InlineData("a: &a { undo: 5s }\n<<: *a", "2:1", "merge keys ('<<') are not supported; write the keys out")]
    [InlineData("? [a]\n: b", "1:3", "a list stands where a key was expected")]
    [InlineData("undo: 5s # a\0b", "1:13", "the file holds a control character (U+0000); expected plain UTF-8 text")]
    [InlineData("undo: 5s\rstore: {}", "1:9", "the file holds a carriage return without a line feed; expected plain UTF-8 text")]
    [InlineData("undo: 5s # \u202Eevil", "1:12", "the file holds an invisible mark that changes the direction of text (U+202E); expected plain UTF-8 text")]
    [InlineData("undo: 5s\u2028store: {}", "1:9", "the file holds an invisible line separator (U+2028); expected plain UTF-8 text")]
    [InlineData("undo: 5s # \u0085", "1:12", "the file holds a control character (U+0085); expected plain UTF-8 text")]
    public void Form(string yaml, string place, string message)
        => Assert.Contains(Policies.Errors(yaml), e => e.StartsWith("sekisho.yaml:" + place, StringComparison.Ordinal) && e.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void All_errors_are_found_in_one_go_in_order_of_lines()
    {
        var errors = Policies.Errors("""
            policy:
              - name: mine
                then: hodl
            undo: soon
            organisation: {}
            limits:
              hops: none
              backlog: 0
            """);

        Assert.Equal(["2:5", "3:11", "4:7", "5:1", "7:9", "8:12"], errors.Select(e => string.Join(':', e.Split(':')[1..3])));
    }

    [Fact]
    public void A_file_that_means_a_billion_values_is_refused_quickly()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 20; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Contains("means more than", Assert.Single(Policies.Errors(yaml.ToString())));
    }

    [Fact]
    public void Aliases_within_reason_work()
        => Assert.Equal(PolicyAction.Refuse, Mail.To("a@rival.example").By("""
              - { name: one, when: { recipient: &rivals ["@rival.example"] }, then: hold }
              - { name: two, when: { recipient: *rivals }, then: refuse }
            """).Verdicts[0].Action);

    [Fact]
    public void Deep_nesting_and_great_size_are_refused()
    {
        Assert.Contains("nested too deep", Assert.Single(Policies.Errors("undo: " + new string('[', 100_000))));
        Assert.Contains("too large", Assert.Single(Policies.Errors("# " + new string('x', 1024 * 1024))));
    }

    [Fact]
    public void Complaints_are_bounded_and_never_hold_control_characters()
    {
        var errors = Policies.Errors(string.Concat(Enumerable.Range(0, 1000).Select(i => $"\"key{i}\\e[31m\": 1\n")));

        Assert.Equal(200, errors.Length);
        Assert.DoesNotContain(errors, e => e.Any(char.IsControl));
    }

    private static IEnumerable<string> WithoutPlace(string[] errors, string place)
        => errors.Select(e => e.StartsWith($"sekisho.yaml:{place}: ", StringComparison.Ordinal) ? e[$"sekisho.yaml:{place}: ".Length..] : e);
}
