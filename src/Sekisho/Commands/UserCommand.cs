using System.CommandLine;
using Sekisho.Policy;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho user hash</c>: makes the <c>password-hash</c> of a user.</summary>
internal static class UserCommand
{
    public static Command Create()
    {
        var hash = new Command("hash", "Read a password from standard input and print its hash for 'users: password-hash:' in sekisho.yaml.");
        hash.SetAction((_, _) => CommandLine.RunAsync(() =>
        {
            if (!Console.IsInputRedirected)
            {
                Console.Error.Write("Password: ");
            }

            var password = Console.In.ReadLine();
            if (string.IsNullOrEmpty(password))
            {
                throw new UsageException("no password was given on standard input");
            }

            Console.Out.WriteLine(PasswordHash.Create(password));
            return Task.FromResult(CommandLine.Ok);
        }));
        return new Command("user", "Help with the users of sekisho.yaml.") { hash };
    }
}
