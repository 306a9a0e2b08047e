using Spectre.Console;

namespace Sekisho.Program.Commands;

/// <summary>A table for people: drawn on a terminal, tab-separated with one header line where the output is piped.</summary>
internal sealed class IncidentTable
{
    private readonly (string Title, char Kind)[] _columns;
    private readonly List<string[]> _rows = [];

    /// <summary>Columns; a title that begins with <c>&gt;</c> is set to the right, one with <c>=</c> is never wrapped.</summary>
    public IncidentTable(params string[] columns)
        => _columns = [.. columns.Select(c => c[0] is '>' or '=' ? (c[1..], c[0]) : (c, ' '))];

    /// <summary>One line, as many cells as there are columns.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes it. <paramref name="title"/> is shown on a terminal only.</summary>
    public void Write(string? title = null)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(string.Join('\t', _columns.Select(c => c.Title)));
            foreach (var row in _rows)
            {
                Console.Out.WriteLine(string.Join('\t', row));
            }

            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        if (title is not null)
        {
            table.Title = new TableTitle(Markup.Escape(title));
        }

        foreach (var (text, kind) in _columns)
        {
            var column = new TableColumn(Markup.Escape(text));
            table.AddColumn(kind switch { '>' => column.RightAligned().NoWrap(), '=' => column.NoWrap(), _ => column });
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(c => new Text(c))]);
        }

        AnsiConsole.Write(table);
    }
}
