using System.IO.Pipelines;

namespace Sekisho.Smtp.Tests;

/// <summary>Two ends of a connection in memory.</summary>
internal sealed class PipePair
{
    public PipePair(PipeOptions? options = null)
    {
        options ??= new PipeOptions(useSynchronizationContext: false);
        ToServer = new Pipe(options);
        ToClient = new Pipe(options);
        Server = new End(ToServer.Reader, ToClient.Writer);
        Client = new End(ToClient.Reader, ToServer.Writer);
    }

    public Pipe ToServer { get; }

    public Pipe ToClient { get; }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
