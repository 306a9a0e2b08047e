using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

public sealed class ShellTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task A_page_that_is_not_there_says_so(string language)
    {
        await using var office = await Office.OpenAsync();
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync("/error/404");
            await visit.SeesAsync("Nothing here", "見つかりません");
            Assert.Empty(await visit.BarriersAsync());
        });
    }
}
