using System.CommandLine;
using Sekisho.Policy;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho config check</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to check.", DefaultValueFactory = _ => "sekisho.yaml" };
        var named = CommandLine.ConfigOption();
        named.Description = "The same, said as the other commands say it.";
        var check = new Command("check", "Read a configuration and say every error as file:line:column. Exit code 0: good; 2: errors.") { file, named };
        check.SetAction((result, _) => CommandLine.RunAsync(() => Task.FromResult(Check(result.GetValue(named) ?? result.GetValue(file)!))));
        var show = new Command("policy", "Print the rules in force: the shipped ones with the file's own laid over them.") { file, named };
        show.SetAction((result, _) => CommandLine.RunAsync(() =>
        {
            var path = result.GetValue(named) ?? result.GetValue(file)!;
            var config = File.Exists(path) ? CommandLine.LoadConfig(path, data: null) : SekishoConfig.Default;
            Console.Out.Write(config.Policy.CanonicalText);
            return Task.FromResult(CommandLine.Ok);
        }));
        return new Command("config", "Check the configuration, show the policy in force.") { check, show };
    }

    private static int Check(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"{path}: no such file");
        }

        if (SekishoConfig.Load(path, out var errors) is { } config)
        {
            Console.Out.WriteLine($"{path}: good; policy {config.Policy.Version}, {(config.Domains.Count == 0 ? "inside is the sender's own domain" : $"inside: {string.Join(", ", config.Domains)}")}, relay {config.Relay.Address?.ToString() ?? "none (outbox)"}");
            var data = config.DataDirectory ?? CommandLine.DefaultData;
            if (!config.Correspondence.Hashed && Storage.SqliteStore.AddressFormOf(data) == Storage.AddressForm.Hashed)
            {
                Console.Error.WriteLine($"{path}: warning: correspondence.addresses is plain, but in {data} they stand hashed: with this file the gateway forgets the whole correspondence and begins anew");
            }

            return CommandLine.Ok;
        }

        foreach (var error in errors)
        {
            Console.Error.WriteLine(error);
        }

        return CommandLine.BadInput;
    }
}
