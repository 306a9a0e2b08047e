using Spectre.Console;

namespace Sekisho.Program.Commands;

/// <summary>Progress for work that may take longer than two seconds; nothing when standard error is no terminal.</summary>
internal static class Progress
{
    /// <summary>Runs <paramref name="work"/>, showing what it counts.</summary>
    public static async Task<T> CountAsync<T>(string unit, Func<IProgress<long>?, Task<T>> work)
    {
        if (System.Console.IsErrorRedirected)
        {
            return await work(null).ConfigureAwait(false);
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        return await terminal.Status().StartAsync($"0 {unit}", context => work(new Counter(n => context.Status($"{n:N0} {unit}")))).ConfigureAwait(false);
    }

    private sealed class Counter(Action<long> show) : IProgress<long>
    {
        public void Report(long value) => show(value);
    }
}
