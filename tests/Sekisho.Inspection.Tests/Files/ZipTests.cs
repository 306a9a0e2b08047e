using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class ZipTests
{
    [Fact]
    public void Files_in_an_archive_are_read_with_the_way_to_them()
    {
        var inner = Reading.Zip(("2021/名簿.csv", Encoding.UTF8.GetBytes("氏名,電話\n山田,03-1234-5678\n")));
        var files = Reading.All("外.zip", Reading.Zip(("中.zip", inner), ("readme.txt", "hello"u8.ToArray())));
        Assert.Equal(["外.zip", "外.zip/中.zip", "外.zip/中.zip/2021/名簿.csv", "外.zip/readme.txt"], files.Select(f => f.Path));
        Assert.Equal("名簿.csv", files[2].Name);
        Assert.Equal("山田", files[2].Rows()[1][0]);
        Assert.Empty(files.SelectMany(f => f.Troubles));
        Assert.Equal([true, false, false, false], files.Select(f => f.TopLevel));
    }

    [Fact]
    public void A_mail_without_files_has_none()
        => Assert.Empty(new Look().Inspect(Look.Plain("hello")).Facts.Files);

    [Fact]
    public void An_attached_list_is_read()
    {
        var mail = Reading.Mail("Content-Type: application/octet-stream; name=\"list.csv\"\nContent-Disposition: attachment; filename*=utf-8''%E5%90%8D%E7%B0%BF.csv",
            Reading.Cp932.GetBytes("氏名,電話\r\n山田,03-1234-5678\r\n"));
        var file = Assert.Single(FileReader.Read(mail, InspectionServices.None, default));
        Assert.Equal(("名簿.csv", "名簿.csv", true), (file.Name, file.Path, file.TopLevel));
        Assert.Equal(["山田", "03-1234-5678"], file.Rows()[1]);
    }
}
