using System.Text.RegularExpressions;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>Accounts from the machine itself, beside a running gateway.</summary>
public sealed partial class UserCommandTests
{
    private const string Password = "a quiet road at dawn";

    [Fact]
    public async Task The_gateway_says_the_first_runs_link_until_an_account_is_made_beside_it()
    {
        using var temp = new Temp("user");
        await using (var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"] }))
        {
            var link = Link().Match(gateway.Errors).Value;
            Assert.StartsWith(gateway.Http + "/first-run/", link, StringComparison.Ordinal);
            using var client = new HttpClient();
            Assert.True((await client.GetAsync(link)).IsSuccessStatusCode);
            (await Programs.RunAsync(Tree.Program, ["user", "add", "Boss@Example.com", "--role", "administrator", "--role", "approver", "--name", "山田", "--data", temp["data"]], Password + "\n")).Succeeded();
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync(link)).StatusCode);
        }

        await using var again = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"] });
        Assert.DoesNotContain("first-run", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_made_listed_changed_shut_opened_and_removed()
    {
        using var temp = new Temp("user");
        await (await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"] })).DisposeAsync();
        Task<ProgramResult> User(string input, params string[] arguments) => Programs.RunAsync(Tree.Program, ["user", .. arguments, "--data", temp["data"]], input);

        (await User(Password + "\n", "add", "boss@example.com", "--role", "administrator")).Succeeded();
        Assert.Contains("\"administrator\"", (await User("", "list", "--json")).Succeeded().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AQAAAA", (await User("", "list", "--json")).Output, StringComparison.Ordinal);
        (await User("an entirely new sentence\n", "password", "BOSS@example.com")).Succeeded();
        (await User("", "disable", "boss@example.com")).Succeeded();
        Assert.Contains("shut", (await User("", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("is open", (await User("", "enable", "boss@example.com")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("has no second factor", (await User("", "reset-second-factor", "boss@example.com")).Succeeded().Output, StringComparison.Ordinal);
        (await User("", "remove", "boss@example.com")).Succeeded();
        Assert.DoesNotContain("boss@", (await User("", "list")).Succeeded().Output, StringComparison.Ordinal);

        foreach (var (input, arguments) in new (string, string[])[]
        {
            ("short\n", ["add", "me@example.com"]),
            ("", ["add", "me@example.com"]),
            (Password + "\n", ["add", "no address"]),
            (Password + "\n", ["add", "me@example.com", "--role", "boss"]),
            (Password + "\n", ["password", "nobody@example.com"]),
            ("", ["remove", "nobody@example.com"]),
        })
        {
            var result = await User(input, arguments);
            Assert.Equal((2, 1), (result.ExitCode, result.Errors.Trim().Split('\n').Length));
        }
    }

    [GeneratedRegex("http://[0-9.:]+/first-run/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
