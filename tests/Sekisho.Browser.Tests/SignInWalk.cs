using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>From the link that <c>serve</c> prints to an administrator who signs in and out, with one-time passwords at last.</summary>
public sealed class SignInWalk
{
    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task The_first_one_in_becomes_administrator_and_signs_in_with_a_second_factor(string language)
    {
        await using var office = await Office.OpenAsync();
        var link = await office.FirstRunLinkAsync();
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(link);
            await visit.Field("Mail address", "メールアドレス").FillAsync(Office.Administrator);
            await visit.Field("Name", "お名前").FillAsync(visit.Say("Hana Kanri", "管理 花"));
            await visit.Field("Password", "パスワード").FillAsync(Office.Password);
            await visit.Field("Password again", "パスワード（確認）").FillAsync(Office.Password);
            await visit.ClickAsync(visit.Button("Create the account", "アカウントを作成"));
            Assert.Equal("/dashboard", visit.Path);
            Assert.True(await visit.Link("Administration", "管理").IsVisibleAsync());

            await visit.ClickAsync(visit.Button("Sign out", "サインアウト"));
            await visit.GoAsync("/account");
            Assert.StartsWith("/sign-in", visit.Path, StringComparison.Ordinal);

            await visit.SignInAsync(Office.Administrator, "not this one, surely");
            Assert.True(await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).IsVisibleAsync());
            await visit.SignInAsync(Office.Administrator, Office.Password);
            Assert.Equal("/dashboard", visit.Path);

            // The second factor: the secret is read as somebody without a camera would, from the page.
            await visit.GoAsync("/account");
            await visit.SeesAsync("Chrome, Linux (127.0.0.1)");
            await visit.ClickAsync(visit.Link("Set up", "設定する"));
            var app = new OneTimePassword(await visit.Page.Locator(".qr + .hint code").InnerTextAsync());
            await visit.Field("The six digits", "6桁の数字").FillAsync(app.Now());
            await visit.ClickAsync(visit.Button("Set up", "設定する"));
            Assert.True(await visit.Page.Locator("ul.codes li").CountAsync() >= 8);
            var recovery = await visit.Page.Locator("ul.codes li").First.InnerTextAsync();

            await visit.ClickAsync(visit.Button("Sign out", "サインアウト"));
            await visit.SignInAsync(Office.Administrator, Office.Password);
            await visit.Field("One-time password", "ワンタイムパスワード").FillAsync("000000");
            await visit.ClickAsync(visit.Button("Continue", "続ける"));
            Assert.NotEqual("/dashboard", visit.Path);
            await visit.Field("One-time password", "ワンタイムパスワード").FillAsync(app.Now(stepsAhead: 1));
            await visit.ClickAsync(visit.Button("Continue", "続ける"));
            Assert.Equal("/dashboard", visit.Path);

            await visit.ClickAsync(visit.Button("Sign out", "サインアウト"));
            await visit.SignInAsync(Office.Administrator, Office.Password);
            await visit.Field("One-time password", "ワンタイムパスワード").FillAsync(recovery.Trim());
            await visit.ClickAsync(visit.Button("Continue", "続ける"));
            Assert.Equal("/dashboard", visit.Path);
        });

        // The link worked once.
        await office.VisitAsync(new Look(language), async visit =>
        {
            var answer = await visit.Page.GotoAsync(link);
            Assert.NotEqual(200, answer!.Status);
            visit.Forgive(c => c.Contains("console error", StringComparison.Ordinal));
        });
    }
}
