namespace Sekisho.Inspection.Tests;

/// <summary>Merged mails: a list that slipped by a row, and one that did not.</summary>
public sealed class GreetingRunTests
{
    private static readonly string[] _families = ["佐藤:sato", "鈴木:suzuki", "高橋:takahashi", "田中:tanaka", "伊藤:ito", "渡辺:watanabe", "山本:yamamoto", "中村:nakamura", "小林:kobayashi", "加藤:kato", "吉田:yoshida"];

    private static readonly string[] _given = ["太郎:taro", "花子:hanako", "健一:kenichi", "陽子:yoko", "誠:makoto", "直樹:naoki", "由美:yumi"];

    /// <summary>Every fifth at a freemail provider without a name in the address, the others each at a company.</summary>
    private static (string Name, string Address) Person(int i)
    {
        var family = _families[i * 7 % _families.Length].Split(':');
        var given = _given[i % _given.Length].Split(':');
        return ($"{family[0]} {given[0]}", i % 5 == 0 ? $"reader{i:D5}@gmail.com" : $"{given[1]}.{family[1]}{i}@k{i:D5}.example");
    }

    private static Finding? Send(IRecentMail recent, int i, int about, string subject = "ご案内", bool display = false, string? text = null, string header = "")
    {
        var (name, address) = Person(i);
        var to = display ? $"{name} <{address}>" : address;
        var body = text ?? $"{Person(about).Name} 様 (会員番号 rec-{about:D6})\n\nいつもお世話になっております。";
        return new Look { To = [address], Recent = recent, Id = $"{subject}-{i}", At = Look.Noon.AddSeconds(i) }.Finding("greeting-mismatch", Look.Plain(body, $"To: {to}\n{header}", $"{subject} {i}"));
    }

    [Fact]
    public void Of_a_run_shifted_by_one_every_mail_waits_or_is_caught_waiting()
    {
        var recent = new RecentMail();
        var staged = new HashSet<int>();
        var stopped = new HashSet<int>();
        for (var i = 0; i < 200; i++)
        {
            var finding = Send(recent, i, i + 1);
            Assert.NotNull(finding);
            if (finding.Measures["run"] > 0)
            {
                // The policy's stop-run holds what waits.
                stopped.UnionWith(staged);
            }

            if (finding.Measures["greeted"] + finding.Measures["run"] > 0)
            {
                stopped.Add(i);
            }
            else
            {
                Assert.Equal(1, finding.Measures["staged"]);
                staged.Add(i);
            }
        }

        Assert.Equal(Enumerable.Range(0, 200), stopped.Order());
    }

    [Fact]
    public void A_right_run_passes_and_hardly_waits()
    {
        var recent = new RecentMail();
        var findings = Enumerable.Range(0, 200).Select(i => Send(recent, i, i)).ToList();

        Assert.All(findings, f => Assert.True(f is null || (f.Measures["greeted"] + f.Measures["run"] == 0 && f.Severity == Severity.Info)));
        Assert.True(findings.Count(f => f is not null) < 10, $"{findings.Count(f => f is not null)} waited");
        Assert.All(findings.Skip(10), Assert.Null);
    }

    [Fact]
    public void A_right_run_with_display_names_never_waits()
    {
        var recent = new RecentMail();

        Assert.All(Enumerable.Range(0, 50), i => Assert.Null(Send(recent, i, i, display: true, text: $"{Person(i).Name} 様\n\n本文")));
    }

    [Fact]
    public void A_run_to_addresses_that_tell_nothing_waits_and_leaves()
    {
        var recent = new RecentMail();
        for (var i = 0; i < 100; i += 5)
        {
            var finding = Send(recent, i, i);
            Assert.Equal((0, 0, 1), (finding!.Measures["greeted"], finding.Measures["run"], finding.Measures["staged"]));
        }
    }

    [Fact]
    public void The_odd_couple_of_a_right_run_is_only_noted()
    {
        var recent = new RecentMail();
        for (var i = 1; i < 30; i++)
        {
            Send(recent, i, i);
        }

        var odd = Send(recent, 31, 32);
        var after = Send(recent, 35, 35);

        Assert.Equal((Severity.Low, 0, 0), (odd!.Severity, odd.Measures["greeted"], odd.Measures["run"]));
        Assert.True(after is null || after.Measures["run"] == 0);
    }

    [Fact]
    public void A_run_that_slips_half_way_is_stopped()
    {
        var recent = new RecentMail();
        for (var i = 1; i < 100; i++)
        {
            Send(recent, i, i);
        }

        var stopped = Enumerable.Range(100, 50).Count(i => Send(recent, i, i + 1) is { } f && f.Measures["greeted"] + f.Measures["run"] > 0);

        Assert.InRange(stopped, 45, 50);
    }

    [Fact]
    public void Single_letters_never_wait()
    {
        Assert.Null(Send(new RecentMail(), 5, 5, text: "佐藤 太郎 様\n\nお世話になっております。"));
        Assert.Null(Send(new RecentMail(), 5, 5, text: $"{Person(5).Name} 様\n\nご注文番号の件です。", display: true));
        Assert.Null(Send(new RecentMail(), 6, 6));
        Assert.Null(Send(new RecentMail(), 5, 5, text: "ご案内です。会員番号 1"));

        var recent = new RecentMail();
        Send(recent, 5, 5, text: "佐藤 太郎 様\n\n本文");
        Assert.Null(Send(recent, 10, 10, text: "鈴木 様\n\n本文", header: "In-Reply-To: <a@b>\n"));
        Assert.Null(Send(recent, 15, 15, subject: "別件", text: "鈴木 様\n\n本文"));
    }

    [Fact]
    public void A_mistake_before_does_not_stop_the_next_letter_that_fits()
    {
        var recent = new RecentMail();
        Assert.Equal(1, Send(recent, 1, 3, text: "高橋 様\n\n本文")!.Measures["greeted"]);

        var next = Send(recent, 2, 2, text: $"{Person(2).Name} 様\n\n本文");

        Assert.Equal((0, 0, 1), (next!.Measures["greeted"], next.Measures["run"], next.Measures["staged"]));
    }

    [Fact]
    public void Runs_of_others_do_not_count()
    {
        var recent = new RecentMail();
        for (var i = 1; i < 10; i++)
        {
            Send(recent, i, i + 1);
        }

        Assert.Null(Send(recent, 20, 20, subject: "別の件名", text: "鈴木 様\n\n本文"));
    }

    [Fact]
    public void Notes_of_older_versions_without_a_greeting_are_taken_in()
    {
        var recent = new RecentMail();
        var answer = recent.Note(new RecentMailNote("1", "s@home.example", "c", "t", [], [], false) { Greeting = null!, LetterKey = null!, FileKey = null! });

        Assert.Equal((0, 0), (answer.RunGreetingsFit, answer.RunGreetingsDiffer));
    }

    [Fact]
    public void Of_the_greetings_of_a_run_the_last_eight_count()
    {
        var recent = new RecentMail();
        RecentMailAnswer Note(int i, string greeting) => recent.Note(new RecentMailNote($"{i}", "s@home.example", $"c{i}", "t", [], [], false) { Greeting = greeting });
        for (var i = 0; i < 12; i++)
        {
            Note(i, RecentMailNote.GreetingFits);
        }

        Note(20, "");
        Note(21, RecentMailNote.GreetingDiffers);
        var answer = Note(22, RecentMailNote.GreetingDiffers);

        Assert.Equal((6, 2), (answer.RunGreetingsFit, answer.RunGreetingsDiffer));
    }
}
