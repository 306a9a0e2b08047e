using Sekisho.Incidents;

namespace Sekisho.Incidents.Tests;

public sealed class CataloguePageTests
{
    // After a change of the catalogue or of the rules: SEKISHO_WRITE_DOCS=1 writes the page anew.
    [Fact]
    public void The_page_of_the_documentation_is_that_of_the_catalogue()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sekisho.slnx")))
        {
            directory = directory.Parent;
        }

        Assert.NotNull(directory);
        var file = Path.Combine(directory.FullName, "docs", "incidents.md");
        var page = CataloguePage.Render(Catalogue.Embedded);
        if (Environment.GetEnvironmentVariable("SEKISHO_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
        }

        Assert.Equal(page, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_incident_stands_in_it_once()
    {
        var rows = CataloguePage.Render(Catalogue.Embedded).Split('\n').SkipWhile(l => l != "## All of them").ToList();
        Assert.All(Catalogue.Embedded.Incidents, i => Assert.Single(rows, r => r.StartsWith($"| {i.Id} |", StringComparison.Ordinal)));
    }
}
