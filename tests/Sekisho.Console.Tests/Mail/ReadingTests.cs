using System.Net;
using System.Text;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>Reading somebody's mail: who may, that it is recorded first, and that hostile mail does nothing.</summary>
public sealed class ReadingTests
{
    private const string Me = "me@inside.example";

    [Theory]
    [InlineData("me@inside.example", "", 200, 200, 200)]
    [InlineData("you@inside.example", "", 404, 404, 404)]
    [InlineData("you@inside.example", "approver", 404, 404, 404)]
    [InlineData("eye@inside.example", "auditor", 200, 404, 404)]
    [InlineData("privacy@inside.example", "privacy-officer", 200, 200, 200)]
    public async Task Each_role_sees_its_part_and_unknown_looks_like_forbidden(string address, string role, int life, int content, int original)
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var visitor = rig.As(address, role.Length == 0 ? [] : [role]);
        Assert.Equal(life, (int)(await visitor.GetAsync($"/mail/{id}")).StatusCode);
        Assert.Equal(content, (int)(await visitor.GetAsync($"/mail/{id}/content")).StatusCode);
        Assert.Equal(content, (int)(await visitor.GetAsync($"/held/{id}/content")).StatusCode);
        Assert.Equal(original, (int)(await visitor.GetAsync($"/mail/{id}/original")).StatusCode);
        foreach (var page in new[] { "", "/content", "/original" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/mail/{new string('0', 26)}{page}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/mail/{id[..20]}{page}")).StatusCode);
        }
    }

    [Fact]
    public async Task A_look_at_somebody_elses_mail_is_recorded_and_at_ones_own_is_not()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        await rig.As(Me).GetStringAsync($"/mail/{id}/content");
        Assert.Empty(await Views(rig, id));
        var officer = rig.As("privacy@inside.example", "privacy-officer");
        await officer.GetStringAsync($"/mail/{id}");
        Assert.Empty(await Views(rig, id));
        await officer.GetStringAsync($"/mail/{id}/content");
        await officer.GetStringAsync($"/mail/{id}/original");
        var views = await Views(rig, id);
        Assert.Equal(["text", "original"], views.Select(v => v.DetailJson.Contains("original", StringComparison.Ordinal) ? "original" : "text"));
        Assert.All(views, v => Assert.Equal("privacy@inside.example", v.By));
        Assert.Contains("Original downloaded by privacy@inside.example", await rig.As(Me).GetStringAsync($"/mail/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frame_runs_nothing_fetches_nothing_and_only_the_console_frames_it()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var answer = await rig.As(Me).GetAsync($"/mail/{id}/content");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.DoesNotContain("<iframe", await rig.As(Me).GetStringAsync($"/held/{id}"), StringComparison.Ordinal);
        Assert.Contains($"<iframe class=\"mailtext\" sandbox src=\"/held/{id}/content\"", await rig.As(Me).GetStringAsync($"/held/{id}?read=mail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_words_stand_on_every_page_as_words()
    {
        await using var rig = await ConsoleRig.StartAsync();
        const string Evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        var id = await rig.SendAsync(Me, ["a@one.example", "b@two.example"], $"""
            From: "{Evil.Replace("\"", "", StringComparison.Ordinal)}" <{Me}>
            To: a@one.example, b@two.example
            Subject: {Evil} =?utf-8?Q?=E2=80=AEgpj.exe=0D=0AX-Evil:_1?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/html; charset=utf-8

            {Evil}<p>hello</p><meta http-equiv=refresh content="0;url=https://evil.example/">
            --b
            Content-Type: image/svg+xml; name="{Evil.Replace("\"", "", StringComparison.Ordinal)}.svg"
            Content-Disposition: attachment; filename="=?utf-8?Q?a=0D=0ASet-Cookie:_x=3D1=E2=80=AE.svg?="

            <svg onload=alert(1)>
            --b--
            """);
        var me = rig.As(Me);
        foreach (var page in new[] { "/held", $"/held/{id}", $"/held/{id}/recipients", $"/mail/{id}", $"/mail/{id}/content" })
        {
            var answer = await me.GetAsync(page);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<svg", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http-equiv", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
            Assert.DoesNotContain("X-Evil", answer.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("hello", await me.GetStringAsync($"/mail/{id}/content"), StringComparison.Ordinal);
        var original = await me.GetAsync($"/mail/{id}/original");
        Assert.Equal("message/rfc822", original.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"attachment; filename=\"{id}.eml\"", original.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("nosniff", original.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(original.Headers.Contains("Set-Cookie"));
        Assert.Contains("<svg onload=alert(1)>", await original.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lookalike_addresses_are_pointed_out()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendAsync(Me, ["b@gmai1.com"], $"From: {Me}\nTo: b@gmai1.com\nSubject: x\n\nHello\n");
        Assert.Contains("looks like gmail.com, but is not", await rig.As(Me).GetStringAsync($"/mail/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_megabytes_of_text_are_shown_by_their_beginning()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var body = new StringBuilder();
        for (var i = 0; i < 70_000; i++)
        {
            body.Append("<p>line ").Append(i).Append(" of a very long mail that nobody reads to its end</p>\n");
        }

        var id = await rig.SendAsync(Me, ["a@one.example"], $"From: {Me}\nTo: a@one.example\nSubject: Long\nMIME-Version: 1.0\nContent-Type: text/html\n\n{body}");
        var html = await rig.As(Me).GetStringAsync($"/mail/{id}/content");
        Assert.InRange(html.Length, 100_000, 1_000_000);
        Assert.Contains("only its beginning is shown", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_recipients_stay_small_pages()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var to = Enumerable.Range(0, 900).Select(i => $"person{i}@house{i}.example").ToList();
        var id = await rig.SendAsync(Me, to, $"From: {Me}\nTo: list@inside.example\nSubject: Many\n\nThe text\n");
        foreach (var page in new[] { $"/mail/{id}", $"/mail/{id}?p=9", $"/held/{id}/recipients", $"/held/{id}" })
        {
            Assert.InRange((await rig.As(Me).GetStringAsync(page)).Length, 1000, 150_000);
        }

        Assert.Contains("person899@house899.example", await rig.As(Me).GetStringAsync($"/mail/{id}?p=9"), StringComparison.Ordinal);
    }

    private static async Task<List<AuditEvent>> Views(ConsoleRig rig, string id)
        => [.. (await rig.Store.FindSubmissionAsync(id, CancellationToken.None))!.Events.Where(e => e.Kind == "viewed")];
}
