using System.Net;
using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary><c>sekisho correspondence</c> beside a running gateway.</summary>
public sealed class CorrespondenceCommandTests
{
    [Fact]
    public async Task What_is_known_of_somebody_is_shown_and_forgotten_beside_the_running_gateway()
    {
        await using var scene = await Scene.OutboxAsync();
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            await talk.MailAsync("hanako@corp.example", ["sato@partner.example.net"], Samples.Plain("sato@partner.example.net"));
        }

        await Outbox.WaitForAsync(scene.Data, 1);
        var shown = (await Programs.SekishoAsync("correspondence", "show", "Sato@Partner.example.net", "--data", scene.Data)).Succeeded();
        Assert.Contains("1 mail got", shown.Output, StringComparison.Ordinal);
        Assert.Contains("hanako@corp.example", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\"mails\": 1", (await Programs.SekishoAsync("correspondence", "stats", "--data", scene.Data, "--json")).Succeeded().Output, StringComparison.Ordinal);

        // Nobody is there to say yes.
        Assert.Equal(2, (await Programs.SekishoAsync("correspondence", "forget", "sato@partner.example.net", "--data", scene.Data)).ExitCode);
        var forgotten = (await Programs.SekishoAsync("correspondence", "forget", "sato@partner.example.net", "--yes", "--as", "officer@corp.example", "--data", scene.Data)).Succeeded();
        Assert.Contains("1 address is forgotten", forgotten.Output, StringComparison.Ordinal);
        var gone = await Programs.SekishoAsync("correspondence", "show", "sato@partner.example.net", "--data", scene.Data);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("not known", gone.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Programs.SekishoAsync("correspondence", "show", "no address", "--data", scene.Data)).ExitCode);
        (await Programs.SekishoAsync("audit-trail", "verify", "--data", scene.Data)).Succeeded();
    }

    [Fact]
    public async Task A_journals_copy_of_mail_that_is_held_teaches_nothing()
    {
        var observe = new IPEndPoint(IPAddress.Loopback, Postfix.FreePort());
        await using var scene = await Scene.ConfiguredAsync(_ => Task.FromResult($"organization:\n  domains: [corp.example]\nlisten:\n  - smtp: 127.0.0.1:0\n  - smtp: {observe}\n    mode: observe\nconsole: 127.0.0.1:0\n"));
        string[] strangers = ["a@one.example.net", "b@two.example", "c@three.example"];
        var mail = Encoding.ASCII.GetBytes($"From: hanako@corp.example\r\nTo: {string.Join(", ", strangers)}\r\nSubject: prices\r\n\r\nHello\r\n");
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            await talk.MailAsync("hanako@corp.example", strangers, mail);
        }

        await scene.WaitForHeldAsync(1);
        await using (var talk = await SmtpTalk.OpenAsync(observe))
        {
            await talk.MailAsync("journal@corp.example", ["archive@corp.example"], mail);
            Assert.Contains("\"mails\": 0", (await Programs.SekishoAsync("correspondence", "stats", "--data", scene.Data, "--json")).Succeeded().Output, StringComparison.Ordinal);
            await talk.MailAsync("journal@corp.example", ["archive@corp.example"], Encoding.ASCII.GetBytes("From: a@one.example.net\r\nTo: hanako@corp.example\r\nSubject: prices\r\n\r\nHello\r\n"));
        }

        Assert.Contains("\"mails\": 1", (await Programs.SekishoAsync("correspondence", "stats", "--data", scene.Data, "--json")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_organisation_is_shown_and_forgotten_by_its_name_after_an_at_sign()
    {
        await using var scene = await Scene.OutboxAsync();
        await using (var talk = await SmtpTalk.OpenAsync(scene.Smtp))
        {
            await talk.MailAsync("hanako@corp.example", ["sato@partner.example.net"], Samples.Plain("sato@partner.example.net"));
        }

        await Outbox.WaitForAsync(scene.Data, 1);
        (await Programs.SekishoAsync("correspondence", "show", "@example.net", "--data", scene.Data)).Succeeded();
        var forgotten = (await Programs.SekishoAsync("correspondence", "forget", "@partner.example.net", "--yes", "--data", scene.Data)).Succeeded();
        Assert.Contains("address", forgotten.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not known", forgotten.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Programs.SekishoAsync("correspondence", "show", "sato@partner.example.net", "--data", scene.Data)).ExitCode);
    }

    [Fact]
    public async Task Hashed_addresses_have_a_key_beside_the_database_and_going_back_is_warned_of()
    {
        using var temp = new Temp("hashed");
        var config = temp["sekisho.yaml"];
        await File.WriteAllTextAsync(config, $"organization:\n  domains: [corp.example]\nstore:\n  data: {temp["data"]}\ncorrespondence:\n  addresses: hashed\n  keep: 2y\n");
        var (gateway, failure) = await GatewayProcess.TryStartAsync(new GatewayStart { Data = temp["data"], Config = config });
        Assert.NotNull(gateway);
        await using (gateway)
        {
            Assert.True(File.Exists(Path.Combine(temp["data"], "correspondence.key")), failure);
            Assert.Contains("hashed", (await Programs.SekishoAsync("correspondence", "stats", "--data", temp["data"])).Succeeded().Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("warning", (await Programs.SekishoAsync("config", "check", config)).Succeeded().Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(config, $"organization:\n  domains: [corp.example]\nstore:\n  data: {temp["data"]}\n");
        Assert.Contains("forgets the whole correspondence", (await Programs.SekishoAsync("config", "check", config)).Succeeded().Errors, StringComparison.Ordinal);

        await File.WriteAllTextAsync(config, "correspondence:\n  addresses: secret\n  keep: 3d\n");
        var wrong = await Programs.SekishoAsync("config", "check", config);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("sekisho.yaml:2:", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("sekisho.yaml:3:", wrong.Errors, StringComparison.Ordinal);
    }
}
