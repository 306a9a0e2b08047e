using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>Python's smtplib as the client: what it sends arrives byte for byte when the verdict is deliver.</summary>
public sealed class PythonTests
{
    [Theory]
    [InlineData("iso-2022-jp")]
    [InlineData("shift-jis-name")]
    [InlineData("8bitmime")]
    [InlineData("smtputf8")]
    public async Task What_smtplib_sends_arrives_byte_for_byte(string mode)
    {
        var python = Need.Program("python3");
        await using var scene = await Scene.OutboxAsync();
        (await Programs.RunAsync(python, [Path.Combine(Tree.Root, "tests/Sekisho.Conformance.Tests/peers/smtplib_send.py"), scene.Smtp.ToString(), mode, scene.Temp.Path])).Succeeded();
        var copy = Assert.Single(await Outbox.WaitForAsync(scene.Data, 1));
        Assert.Equal(await File.ReadAllBytesAsync(scene.Temp["sent.eml"]), copy.Data);
        Assert.Equal("hanako@corp.example", copy.From);
    }

    [Fact]
    public async Task An_address_in_utf8_reaches_the_next_server_with_SMTPUTF8()
    {
        var python = Need.Program("python3");
        await using var scene = await Scene.RelayAsync();
        (await Programs.RunAsync(python, [Path.Combine(Tree.Root, "tests/Sekisho.Conformance.Tests/peers/smtplib_send.py"), scene.Smtp.ToString(), "smtputf8", scene.Temp.Path])).Succeeded();
        var message = Assert.Single(await scene.Sink!.WaitForAsync(1));
        Assert.Equal(["佐藤@partner.example.net"], message.To);
        Assert.Contains("SMTPUTF8", message.From, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(scene.Temp["sent.eml"]), message.Data);
    }
}
