namespace Sekisho.Browser.Tests.Rig;

/// <summary>Waits for what another task brings about.</summary>
internal static class Eventually
{
    /// <summary>Asks again and again until it is so; fails after half a minute.</summary>
    public static async Task TrueAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(500);
        }

        Assert.Fail("it did not happen within half a minute");
    }

    /// <summary>What a wait gives that by itself gives up too early.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> wait, TimeSpan limit)
    {
        var end = DateTime.UtcNow + limit;
        while (true)
        {
            try
            {
                return await wait();
            }
            catch (TimeoutException) when (DateTime.UtcNow < end)
            {
                // Another round.
            }
        }
    }
}
