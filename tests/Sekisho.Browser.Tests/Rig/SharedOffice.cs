namespace Sekisho.Browser.Tests.Rig;

/// <summary>One gateway for the tests of a class, started when the first of them asks: a fixture that starts it by itself could not skip them.</summary>
public abstract class SharedOffice : IAsyncDisposable
{
    private Office? _office;

    internal async Task<Office> AskAsync() => _office ??= await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_office is not null)
        {
            await _office.DisposeAsync();
        }
    }

    private protected abstract Task<Office> OpenAsync();
}
