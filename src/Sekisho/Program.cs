using System.CommandLine;
using Sekisho.Program.Commands;

System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var root = new RootCommand("""
    Sekisho (関所): the checkpoint where an organisation's mail leaves. It stops mail that should not go, says why, and lets the rest pass.

    Begin with:   sekisho serve            mail in on 127.0.0.1:2525, status page on http://127.0.0.1:8025
                  sekisho check FILE.eml   what the gateway would do with a message
                  sekisho held             what waits for a decision
                  sekisho audit PATH…      what already went wrong in past mail, and what each rule would cost
    """)
{
    ServeCommand.Create(),
    CheckCommand.Create(),
    HeldCommand.Create(),
    StopCommand.Create(),
    CorrespondenceCommand.Create(),
    StatusCommand.Create(),
    ConfigCommand.Create(),
    PolicyCommand.Create(),
    UserCommand.Create(),
    AuditTrailCommand.Create(),
    IncidentsCommand.Create(),
    ReplayCommand.Create(),
    AuditCommand.Create(),
};

// A word with @ in front is an organisation (@example.com) here, not a file of more arguments.
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    // One line a mistake and where to read on; the whole help would bury it.
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"sekisho: {error.Message}");
    }

    await Console.Error.WriteLineAsync("Try 'sekisho --help' or 'sekisho COMMAND --help'.");
    return 2;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
