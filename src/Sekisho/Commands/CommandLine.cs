using System.CommandLine;
using System.Text.Json;
using Sekisho.Gateway;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary>A mistake of whoever typed the command; its message is the one line he sees, and the exit code is 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What the commands share: options, the data directory, the way errors are said.</summary>
internal static class CommandLine
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int BadInput = 2;

    /// <summary>For JSON on standard output: readable Japanese, one line break at the end.</summary>
    public static JsonSerializerOptions Json { get; } = new(AnswerJson.Options) { WriteIndented = true };

    public const string DefaultData = "data";

    public static Option<string> DataOption() => new("--data", "-d") { Description = "The data directory.", DefaultValueFactory = _ => DefaultData, HelpName = "DIR" };

    public static Option<string?> ConfigOption() => new("--config", "-c")
    {
        Description = "The configuration file. Beside a running gateway its own is found by itself.",
        HelpName = "FILE",
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "Answer as JSON." };

    /// <summary>Runs a command's body; turns what can go wrong into one line on standard error and an exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> body)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"sekisho: {e.Message}").ConfigureAwait(false);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"sekisho: {e.Message}").ConfigureAwait(false);
            return Failed;
        }
    }

    /// <summary>Opens an existing store. Throws <see cref="UsageException"/> when there is none: a command that asks must not create one.</summary>
    public static async Task<IStore> OpenStoreAsync(string data, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(data, "sekisho.db")))
        {
            throw new UsageException($"{data}: no gateway has kept its data here yet (name its directory with --data)");
        }

        return await SqliteStore.OpenAsync(data, TimeProvider.System, cancel).ConfigureAwait(false);
    }

    /// <summary>The file in a data directory that holds where none is named: made when a policy is first activated from the console.</summary>
    public static string ConfigIn(string data) => Path.Combine(Path.GetFullPath(data), "sekisho.yaml");

    /// <summary>The configuration named, or that of the gateway that last ran on the data directory, or the one in it, or the defaults.</summary>
    public static SekishoConfig LoadConfig(string? path, string? data)
    {
        path ??= data is null ? null : RunFile.Read(data)?.Config ?? (File.Exists(ConfigIn(data)) ? ConfigIn(data) : null);
        if (path is null)
        {
            return SekishoConfig.Default;
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{path}: no such configuration file");
        }

        var config = SekishoConfig.Load(path, out var errors);
        return config ?? throw new UsageException(string.Join(Environment.NewLine + "sekisho: ", errors));
    }

    public static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));
}

/// <summary>What a running gateway leaves in its data directory for the commands beside it: <c>gateway.json</c>.</summary>
internal sealed record RunFile(int Pid, string Smtp, string Http, string? Config, DateTimeOffset Started)
{
    private static string PathIn(string data) => Path.Combine(data, "gateway.json");

    public static RunFile? Read(string data)
    {
        try
        {
            return File.Exists(PathIn(data)) ? JsonSerializer.Deserialize<RunFile>(File.ReadAllText(PathIn(data)), CommandLine.Json) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    public void Write(string data)
    {
        var temporary = PathIn(data) + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, CommandLine.Json));
        File.Move(temporary, PathIn(data), overwrite: true);
    }

    /// <summary>True while that process lives.</summary>
    public bool IsRunning()
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Pid);
            return !process.HasExited && process.ProcessName.Contains("sekisho", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
