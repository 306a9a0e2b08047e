using System.Text;
using System.Text.Json;
using Sekisho.Conformance.Tests.Hostile;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>The gateway and a real clamd, over SMTP.</summary>
public sealed class ClamdTests
{
    [Fact]
    public async Task An_infected_mail_is_refused_and_kept_and_a_clean_one_goes()
    {
        await using var clamd = await Clamd.StartAsync(new Temp("clamd"));
        await using var scene = await Scene.OutboxAsync(Config(clamd));
        Assert.DoesNotContain("clamd", scene.Gateway.Errors);
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        await SendAsync(talk, "plain@partner.example", new("worm.txt", Clamd.Worm));
        await SendAsync(talk, "zipped@partner.example", new("worm.zip", HostileArchives.Zip(("worm.txt", HostileArchives.Bytes(Clamd.Worm)))));
        await SendAsync(talk, "eicar@partner.example", new("readme.com", Encoding.ASCII.GetBytes(Clamd.Eicar)));
        await SendAsync(talk, "clean@partner.example", new("clean.txt", "a file without harm\n"u8.ToArray()));
        Assert.Equal(["clean@partner.example"], Assert.Single(await Outbox.WaitForAsync(scene.Data, 1)).To);
        var held = await scene.WaitForHeldAsync(3);
        Assert.All(held, h => Assert.Equal(("refuse", true), (h.GetProperty("action").GetString(), Rules(h).Contains("malware"))));
        var shown = (await Programs.SekishoAsync("held", "show", held.First(h => Recipient(h) == "zipped@partner.example").GetProperty("id").GetString()!, "--data", scene.Data, "--json")).Succeeded();
        Assert.Contains("Test.Worm.Local", shown.Output);
    }

    [Fact]
    public async Task What_clamd_cannot_take_or_answer_waits_until_it_is_back()
    {
        await using var clamd = await Clamd.StartAsync(new Temp("clamd"));
        await using var scene = await Scene.OutboxAsync(Config(clamd));
        await using var talk = await SmtpTalk.OpenAsync(scene.Smtp);
        await SendAsync(talk, "large@partner.example", new("large.txt", [.. Enumerable.Repeat((byte)'a', 3_000_000)]));
        await scene.WaitForHeldAsync(1);
        await clamd.KillAsync();
        await SendAsync(talk, "down@partner.example", new("clean.txt", "a file without harm\n"u8.ToArray()));
        var held = await scene.WaitForHeldAsync(2);
        Assert.All(held, h => Assert.Equal(("hold", true), (h.GetProperty("action").GetString(), Rules(h).Contains("malware"))));
        await clamd.StartAsync();
        await SendAsync(talk, "again@partner.example", new("clean.txt", "another file without harm\n"u8.ToArray()));
        Assert.Equal(["again@partner.example"], Assert.Single(await Outbox.WaitForAsync(scene.Data, 1)).To);
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_is_said_at_the_start()
    {
        await using var scene = await Scene.OutboxAsync("organization:\n  domains: [corp.example]\nmalware: { clamd: /nowhere/clamd.sock }\ntools: { pdftotext: off }\n");
        Assert.Contains("clamd at /nowhere/clamd.sock: no connection", scene.Gateway.Errors);
        Assert.Contains("pdftotext is not installed (Debian: poppler-utils) or switched off: PDF files are held as uninspectable", scene.Gateway.Errors);
    }

    private static string Config(Clamd clamd) => $"organization:\n  domains: [corp.example]\nmalware: {{ clamd: {clamd.Socket} }}\nnotify: {{ enabled: false }}\n";

    private static Task<string> SendAsync(SmtpTalk talk, string to, HostileFile file)
        => talk.MailAsync("hanako@corp.example", [to], Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(HostileTools.Mail(file)).Replace("sato@partner.example", to, StringComparison.Ordinal)));

    private static List<string?> Rules(JsonElement held) => [.. held.GetProperty("rules").EnumerateArray().Select(r => r.GetString())];

    private static string? Recipient(JsonElement held) => held.GetProperty("recipients")[0].GetString();
}
