using System.Text;

namespace Sekisho.Policy.Tests;

/// <summary>The directory file: who is who, and every mistake in it with its line.</summary>
public sealed class DirectoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sekisho-people-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private SekishoConfig? Load(string csv, out IReadOnlyList<ConfigError> errors, string yaml = "", Encoding? encoding = null)
    {
        File.WriteAllText(Path.Combine(_directory, "people.csv"), csv, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return SekishoConfig.Parse($"organization:\n  directory: people.csv\n{yaml}", Path.Combine(_directory, "sekisho.yaml"), out errors);
    }

    private PeopleDirectory People(string csv, Encoding? encoding = null)
    {
        var config = Load(csv, out var errors, encoding: encoding);
        Assert.Empty(errors);
        return config!.People;
    }

    private string[] Errors(string csv)
    {
        Assert.Null(Load(csv, out var errors));
        Assert.All(errors, e => Assert.Equal(Path.Combine(_directory, "people.csv"), e.File));
        return [.. errors.Select(e => $"{e.Line}: {e.Message}")];
    }

    [Fact]
    public void It_tells_superior_department_name_and_groups()
    {
        var people = People("address,name,department,superior,groups\nTaro@Home.example,山田 太郎,営業部,hanako@home.example,sales\nhanako@home.example,佐藤 花子,営業部,,sales; managers\n");
        Assert.Equal(2, people.Count);
        Assert.Equal("hanako@home.example", people.SuperiorOf("taro@HOME.example"));
        Assert.Null(people.SuperiorOf("hanako@home.example"));
        Assert.Null(people.SuperiorOf("nobody@home.example"));
        Assert.Equal("営業部", people.DepartmentOf("taro@home.example"));
        Assert.Equal("佐藤 花子", people.NameOf("hanako@home.example"));
        Assert.Equal(["taro@home.example", "hanako@home.example"], people.MembersOf("Sales"));
        Assert.Equal(["hanako@home.example"], people.MembersOf("managers"));
        Assert.Empty(people.MembersOf("legal"));
        Assert.Equal(["営業部"], people.Departments);
    }

    [Fact]
    public void Columns_stand_in_any_order_and_fields_in_quotes()
    {
        var people = People("groups,ADDRESS,name\r\n,a@home.example,\"Doe, \"\"Jo\"\"\nof sales\"\r\n\r\n\"x;y\",b@home.example\r\n".Replace("\nof sales", " of sales", StringComparison.Ordinal), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("Doe, \"Jo\" of sales", people.NameOf("a@home.example"));
        Assert.Equal(["b@home.example"], people.MembersOf("y"));
    }

    [Fact]
    public void Nobody_is_his_own_superior()
        => Assert.Null(People("address,superior\ntop@home.example,TOP@home.example\n").SuperiorOf("top@home.example"));

    [Fact]
    public void Every_mistake_is_told_with_the_files_own_line()
        => Assert.Collection(
            Errors("address,name,superior\n\nno-address,x,\n,y,\na@home.example,x,\nb@home.example,x,boss\n\"A@home.example\",x\nc@home.example,\"a\nb\",\nd@home.example,x,,more\n"),
            e => Assert.StartsWith("3: the address is 'no-address'", e),
            e => Assert.Equal("4: the row has no address", e),
            e => Assert.StartsWith("6: the superior is 'boss'", e),
            e => Assert.Equal("7: the address 'a@home.example' stands twice, first in line 5", e),
            e => Assert.StartsWith("8: 'a?b' is longer than 200 characters or has a line break", e),
            e => Assert.StartsWith("10: the row has 4 fields, the header 3", e));

    [Theory]
    [InlineData("", "1: the directory is empty; expected a first line address,name,department,superior,groups")]
    [InlineData("adress,name\n", "1: the first line names a column 'adress'; did you mean 'address'?")]
    [InlineData("name\nx\n", "1: the first line names no column 'address'; expected address,name,department,superior,groups")]
    [InlineData("address,address\n", "1: the first line names a column twice")]
    [InlineData("address,name\na@home.example,\"x\nb@home.example,y\n", "2: a double quote is opened and never closed")]
    public void A_file_that_is_no_directory_is_refused(string csv, string error) => Assert.Contains(error, Errors(csv));

    [Fact]
    public void A_directory_in_another_encoding_is_told_to_be_one()
    {
        File.WriteAllBytes(Path.Combine(_directory, "people.csv"), [.. "address,name\na@home.example,"u8, 0x8e, 0x52, 0x93, 0x63]);
        Assert.Null(SekishoConfig.Parse("organization: { directory: people.csv }", Path.Combine(_directory, "sekisho.yaml"), out var errors));
        Assert.Contains("UTF-8", Assert.Single(errors).Message);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_error()
    {
        Assert.Null(SekishoConfig.Parse("organization: { directory: nowhere.csv }", Path.Combine(_directory, "sekisho.yaml"), out var errors));
        Assert.Contains("there is no file", Assert.Single(errors).Message);
    }

    [Fact]
    public void A_superior_or_group_nobody_can_tell_is_an_error_where_it_stands()
    {
        const string rule = "policy:\n  - { name: r, when: { recipient: '*' }, then: approve, approvers: [superior, 'group:legal'] }\n";
        Assert.Equal(2, Policies.Errors(rule).Length);
        Assert.All(Policies.Errors(rule), e => Assert.StartsWith("sekisho.yaml:2:", e));
        Assert.Null(Load("address,groups\na@home.example,legl\n", out var errors, rule));
        var error = Assert.Single(errors);
        Assert.Equal(4, error.Line);
        Assert.Contains("did you mean 'legl'?", error.Message);
        Assert.NotNull(Load("address,groups\na@home.example,legal\n", out _, rule));
    }
}
