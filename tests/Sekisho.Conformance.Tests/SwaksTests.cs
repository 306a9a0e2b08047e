using System.Text;
using Sekisho.Policy;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>swaks as the client.</summary>
public sealed class SwaksTests
{
    [Fact]
    public async Task A_plain_mail_arrives_byte_for_byte()
    {
        var swaks = Need.Program("swaks");
        await using var scene = await Scene.OutboxAsync();
        await using var tee = new Tee(scene.Smtp);
        (await Programs.RunAsync(swaks, ["--server", "127.0.0.1", "--port", $"{tee.Address.Port}", "--from", "hanako@corp.example", "--to", "sato@partner.example.net", "--h-Subject", "plain", "--body", "hello\n.\nworld"])).Succeeded();
        var copy = Assert.Single(await Outbox.WaitForAsync(scene.Data, 1));
        Assert.Equal(tee.Message, copy.Data);
        Assert.Equal(["sato@partner.example.net"], copy.To);
    }

    [Fact]
    public async Task A_mail_with_an_attachment_arrives_byte_for_byte()
    {
        var swaks = Need.Program("swaks");
        await using var scene = await Scene.OutboxAsync();
        await using var tee = new Tee(scene.Smtp);
        await File.WriteAllBytesAsync(scene.Temp["photo.bin"], [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))]);
        (await Programs.RunAsync(swaks, ["--server", "127.0.0.1", "--port", $"{tee.Address.Port}", "--from", "hanako@corp.example", "--to", "sato@partner.example.net", "--attach-type", "image/jpeg", "--attach-name", "photo.jpg", "--attach", "@" + scene.Temp["photo.bin"]])).Succeeded();
        var copy = Assert.Single(await Outbox.WaitForAsync(scene.Data, 1));
        Assert.Equal(tee.Message, copy.Data);
    }

    [Fact]
    public async Task Twelve_strangers_in_To_get_a_copy_each_that_shows_nobody_else()
    {
        var swaks = Need.Program("swaks");
        await using var scene = await Scene.OutboxAsync();
        string[] people = [.. Enumerable.Range(1, 12).Select(i => $"person{i}@company{i}.example")];
        (await Programs.RunAsync(swaks, ["--server", "127.0.0.1", "--port", $"{scene.Smtp.Port}", "--from", "hanako@corp.example", "--to", string.Join(',', people), "--h-To", string.Join(", ", people), "--h-Subject", "our new office", "--body", "We have moved."])).Succeeded();
        var copies = await Outbox.WaitForAsync(scene.Data, 12, c => c.To[0] != "hanako@corp.example");
        Assert.Equal(people.Order(StringComparer.Ordinal), copies.Select(c => Assert.Single(c.To)).Order(StringComparer.Ordinal));
        Assert.All(copies, c =>
        {
            var text = Encoding.UTF8.GetString(c.Data);
            Assert.Contains(c.To[0], text, StringComparison.Ordinal);
            Assert.DoesNotContain(people, p => p != c.To[0] && text.Contains(p, StringComparison.Ordinal));
            Assert.Contains("We have moved.", text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("release --individually", 3)]
    [InlineData("release", 1)]
    [InlineData("cancel", 0)]
    public async Task Three_strangers_in_To_wait_for_the_sender(string decision, int copies)
    {
        var swaks = Need.Program("swaks");
        await using var scene = await Scene.OutboxAsync();
        string[] people = ["a@one.example", "b@two.example", "c@three.example"];
        (await Programs.RunAsync(swaks, ["--server", "127.0.0.1", "--port", $"{scene.Smtp.Port}", "--from", "hanako@corp.example", "--to", string.Join(',', people), "--h-To", string.Join(", ", people)])).Succeeded();
        var held = Assert.Single(await scene.WaitForHeldAsync(1));
        Assert.Equal("hold", held.GetProperty("action").GetString());
        Assert.Equal("hanako@corp.example", held.GetProperty("sender").GetString());
        Assert.Contains("visible-recipients", held.GetProperty("rules").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(people, held.GetProperty("recipients").EnumerateArray().Select(r => r.GetString()!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Outbox.Read(scene.Data), c => people.Intersect(c.To).Any());

        var words = decision.Split(' ');
        var id = held.GetProperty("id").ToString();
        (await Programs.SekishoAsync(["held", words[0], id, .. words.Skip(1), "--data", scene.Data, "--as", "hanako@corp.example"])).Succeeded();
        Assert.Empty(await scene.HeldAsync());
        if (copies > 0)
        {
            var left = await Outbox.WaitForAsync(scene.Data, copies, c => people.Intersect(c.To).Any());
            Assert.Equal(copies, left.Count);
            Assert.Equal(people, left.SelectMany(c => c.To).Order(StringComparer.Ordinal));
        }

        // A second decision on the same mail is refused, and nothing more leaves.
        Assert.NotEqual(0, (await Programs.SekishoAsync(["held", words[0], id, .. words.Skip(1), "--data", scene.Data, "--as", "hanako@corp.example"])).ExitCode);
        Assert.Equal(copies, Outbox.Read(scene.Data).Count(c => people.Intersect(c.To).Any()));
    }

    [Fact]
    public async Task Somebody_else_cannot_release_what_waits_for_the_sender()
    {
        var swaks = Need.Program("swaks");
        await using var scene = await Scene.OutboxAsync();
        string[] people = ["a@one.example", "b@two.example", "c@three.example"];
        (await Programs.RunAsync(swaks, ["--server", "127.0.0.1", "--port", $"{scene.Smtp.Port}", "--from", "hanako@corp.example", "--to", string.Join(',', people), "--h-To", string.Join(", ", people)])).Succeeded();
        var held = Assert.Single(await scene.WaitForHeldAsync(1));
        var result = await Programs.SekishoAsync("held", "release", held.GetProperty("id").ToString(), "--data", scene.Data, "--as", "stranger@elsewhere.example");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Single(await scene.HeldAsync());
    }

    [Theory]
    [InlineData("PLAIN", false)]
    [InlineData("LOGIN", false)]
    [InlineData("PLAIN", true)]
    public async Task A_user_signs_in_under_TLS(string mechanism, bool implicitTls)
    {
        var swaks = Need.Program("swaks");
        await using var scene = await Scene.ConfiguredAsync(temp => SecureAsync(temp, implicitTls));
        string[] common = ["--server", "127.0.0.1", "--port", $"{scene.Smtp.Port}", "--from", "hanako@corp.example", "--to", "sato@partner.example.net", "--auth", mechanism, "--auth-user", "hanako@corp.example"];
        string tls = implicitTls ? "--tls-on-connect" : "--tls";
        (await Programs.RunAsync(swaks, [.. common, tls, "--auth-password", "correct horse"])).Succeeded();
        var copy = Assert.Single(await Outbox.WaitForAsync(scene.Data, 1));
        Assert.Equal(["sato@partner.example.net"], copy.To);

        var wrong = await Programs.RunAsync(swaks, [.. common, tls, "--auth-password", "wrong"]);
        Assert.Equal(28, wrong.ExitCode); // swaks: authentication failed
        Assert.Contains("535", wrong.Output, StringComparison.Ordinal);
        if (!implicitTls)
        {
            // Neither AUTH nor mail in the clear.
            var plain = await Programs.RunAsync(swaks, [.. common, "--auth-password", "correct horse"]);
            Assert.NotEqual(0, plain.ExitCode);
            var noAuth = await Programs.RunAsync(swaks, [.. common.TakeWhile(a => a != "--auth")]);
            Assert.Contains("530", noAuth.Output, StringComparison.Ordinal);
        }

        Assert.Single(Outbox.Read(scene.Data));
    }

    private static async Task<string> SecureAsync(Temp temp, bool implicitTls)
    {
        var openssl = Need.Program("openssl");
        (await Programs.RunAsync(openssl, ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", temp["key.pem"], "-out", temp["cert.pem"], "-days", "2", "-subj", "/CN=localhost"])).Succeeded();
        return $"""
            organization:
              domains: [corp.example]
            listen:
              - smtp: 127.0.0.1:0
                certificate: {temp["cert.pem"]}
                key: {temp["key.pem"]}
                tls: {(implicitTls ? "implicit" : "required")}
                auth: required
            console: 127.0.0.1:0
            users:
              - address: hanako@corp.example
                password-hash: {PasswordHash.Create("correct horse", 1000)}
            """;
    }
}
