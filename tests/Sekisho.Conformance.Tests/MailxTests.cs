using System.Text;
using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>s-nail, a mail program people use, as the client.</summary>
public sealed class MailxTests
{
    [Theory]
    [InlineData("iso-2022-jp")]
    [InlineData("utf-8")]
    public async Task Japanese_written_in_a_mail_program_arrives_byte_for_byte(string charset)
    {
        var mailx = Need.Program("s-nail");
        await using var scene = await Scene.OutboxAsync();
        await using var tee = new Tee(scene.Smtp);
        (await Programs.RunAsync(mailx,
            ["-:/", "-S", "v15-compat=yes", "-S", $"mta=smtp://127.0.0.1:{tee.Address.Port}", "-S", "smtp-auth=none", "-S", "from=hanako@corp.example", "-S", "hostname=corp.example", "-S", "sendwait",
                "-S", "ttycharset=utf-8", "-S", $"sendcharsets={charset}", "-S", "mime-encoding=8bit", "-s", "お見積りの件", "sato@partner.example.net"],
            "佐藤様\n\nお世話になっております。\n.\n見積書をお送りします。\n", new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8", ["HOME"] = scene.Temp.Path })).Succeeded();
        var copy = Assert.Single(await Outbox.WaitForAsync(scene.Data, 1));
        Assert.Equal(tee.Message, copy.Data);
        Assert.Contains($"charset={charset}", Encoding.Latin1.GetString(copy.Data), StringComparison.OrdinalIgnoreCase);
    }
}
