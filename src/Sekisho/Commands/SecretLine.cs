using System.Text;

namespace Sekisho.Program.Commands;

/// <summary>A secret from whoever types the command.</summary>
internal static class SecretLine
{
    private const int Longest = 2000;

    /// <summary>One line: from the terminal without showing it, or from standard input where that is a file or a pipe. Null at its end.</summary>
    public static string? Read(string prompt)
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine();
        }

        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return typed.ToString();
                case ConsoleKey.Backspace:
                    typed.Length -= Math.Min(1, typed.Length);
                    break;
                case ConsoleKey.U when key.Modifiers.HasFlag(ConsoleModifiers.Control):
                    typed.Clear();
                    break;
                default:
                    if (!char.IsControl(key.KeyChar) && typed.Length < Longest)
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
