using System.Text;

namespace Sekisho.Mime.Tests;

/// <summary>What every mail client could see in an address field. Each row: the value, the addresses in order ("!" for a broken entry).</summary>
public sealed class AddressListTests
{
    [Theory]
    [InlineData("a@example.com", "a@example.com")]
    [InlineData("A.B@Example.COM", "a.b@example.com")]
    [InlineData("a@example.com, b@example.com", "a@example.com b@example.com")]
    [InlineData("a@example.com; b@example.com", "a@example.com b@example.com")]
    [InlineData("a@example.com b@example.com", "a@example.com b@example.com")]
    [InlineData("<a@example.com> <b@example.com>", "a@example.com b@example.com")]
    [InlineData("Taro <a@example.com> Hanako <b@example.com>", "a@example.com b@example.com")]
    [InlineData("Taro <a@example.com>\"Hanako\" <b@example.com>", "a@example.com b@example.com")]
    [InlineData("a@example.com,,b@example.com,", "a@example.com b@example.com")]
    [InlineData("a@example.com,b@example.com", "a@example.com b@example.com")]
    [InlineData("", "")]
    [InlineData(" ,;, ", "")]
    [InlineData("Friends: a@example.com, b@example.com;", "a@example.com b@example.com")]
    [InlineData("Friends: a@example.com; c@example.org", "a@example.com c@example.org")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("Friends: a@example.com", "a@example.com")]
    [InlineData("mailto:a@example.com", "a@example.com")]
    [InlineData("<mailto:a@example.com>", "a@example.com")]
    [InlineData("\"Sato, Hanako\" <a@example.com>", "a@example.com")]
    [InlineData("Sato, Hanako <a@example.com>", "! a@example.com")]
    [InlineData("a@example.com <b@example.com>", "b@example.com")]
    [InlineData("\"a@example.com\" <b@example.com>", "b@example.com")]
    [InlineData("\"a b\"@example.com", "\"a b\"@example.com")]
    [InlineData("\"ab\"@example.com", "ab@example.com")]
    [InlineData("\"a@b\"@example.com", "\"a@b\"@example.com")]
    [InlineData("a@b@example.com", "\"a@b\"@example.com")]
    [InlineData("a @ example.com", "a@example.com")]
    [InlineData("a . b @ example . com", "a.b@example.com")]
    [InlineData("a(x)@(y)example.com", "a@example.com")]
    [InlineData("(x (y \\) z)) a@example.com (Taro)", "a@example.com")]
    [InlineData("< a@example.com >", "a@example.com")]
    [InlineData("<a@example.com.>", "a@example.com")]
    [InlineData("a@[192.0.2.1]", "a@[192.0.2.1]")]
    [InlineData("a@[IPv6:2001:db8::1], b@example.com", "a@[ipv6:2001:db8::1] b@example.com")]
    [InlineData("<@x.example,@y.example:a@example.com>", "a@example.com")]
    [InlineData("a..b.@docomo.example", "a..b.@docomo.example")]
    [InlineData("J. Q. Public <a@example.com>", "a@example.com")]
    [InlineData("J. Public a@example.com", "a@example.com")]
    [InlineData("[staff] Taro <a@example.com>", "a@example.com")]
    [InlineData("Taro (営業) <a@example.com>", "a@example.com")]
    [InlineData("山田 太郎 <a@example.com>", "a@example.com")]
    [InlineData("山田，太郎 <a@example.com>", "a@example.com")]
    [InlineData("山田＠営業 <a@example.com>", "a@example.com")]
    [InlineData("山田 <a@example.com>、佐藤 <b@example.com>", "a@example.com b@example.com")]
    [InlineData("taro＠example.com", "!")]
    [InlineData("taro@日本語.example", "taro@xn--wgv71a119e.example")]
    [InlineData("太郎@example.com", "太郎@example.com")]
    [InlineData("taro@ｅｘａｍｐｌｅ．ｃｏｍ", "taro@example.com")]
    [InlineData("taro@BÜCHER.example", "taro@xn--bcher-kva.example")]
    [InlineData("<<<<a@example.com>>>>", "a@example.com")]
    [InlineData("<a@example.com", "a@example.com")]
    [InlineData("Taro <a@example.com, b@example.com", "a@example.com b@example.com")]
    [InlineData("Taro <a@example.com <b@example.com>", "a@example.com b@example.com")]
    [InlineData("\"Taro <a@example.com>, b@example.com", "a@example.com b@example.com")]
    [InlineData("(Taro a@example.com, b@example.com", "a@example.com b@example.com")]
    [InlineData("Taro", "!")]
    [InlineData("a@", "!")]
    [InlineData("@example.com", "!")]
    [InlineData("<>", "!")]
    [InlineData("<a b@example.com>", "!")]
    [InlineData("a@exa_mple.com", "a@exa_mple.com")]
    [InlineData("a@-.-", "a@-.-")]
    [InlineData("a@b..com", "!")]
    [InlineData("a@localhost", "a@localhost")]
    [InlineData("=?utf-8?Q?Yamada, Taro?= <a@example.com>", "a@example.com")]
    [InlineData("=?utf-8?Q?b=40example.com?= <a@example.com>", "a@example.com")]
    [InlineData("=?utf-8?Q?b=40example.com?=", "!")]
    [InlineData("=?utf-8?Q?Yamada <a@example.com>, =?utf-8?Q?b?= <b@example.com>", "a@example.com b@example.com")]
    [InlineData("Taro \\\"T\\\" <a@example.com>", "a@example.com")]
    [InlineData("<a@example.com> (営業部)", "a@example.com")]
    [InlineData("<a@example.com> 営業部", "a@example.com")]
    [InlineData("a@example.com: b@example.com", "a@example.com b@example.com")]
    public void Finds_every_address_a_client_could_see(string value, string expected) => Assert.Equal(expected, Sample.Addresses(value).Keys());

    [Theory]
    [InlineData("\"Sato, Hanako\" <a@example.com>", "Sato, Hanako")]
    [InlineData("a@example.com (Taro)", "Taro")]
    [InlineData("Taro  \t Yamada <a@example.com>", "Taro Yamada")]
    [InlineData("\"Taro \\\"T\\\"\" <a@example.com>", "Taro \"T\"")]
    [InlineData("=?iso-2022-jp?b?GyRCOzNFRBsoQg==?= =?iso-2022-jp?b?GyRCQkBPOhsoQg==?= <a@example.com>", "山田太郎")]
    [InlineData("\"=?utf-8?B?5bGx55Sw?=\" <a@example.com>", "山田")]
    [InlineData("\"=?utf-8?B?5bGx55Sw?= (営業)\" <a@example.com>", "山田 (営業)")]
    [InlineData("=?utf-8?Q?b=40example.com?= <a@example.com>", "b@example.com")]
    [InlineData("J. Q. Public <a@example.com>", "J. Q. Public")]
    [InlineData("Taro (boss) Yamada <a@example.com>", "Taro Yamada")]
    [InlineData("<a@example.com>", "")]
    [InlineData("山田　太郎 <a@example.com>", "山田　太郎")]
    public void Decodes_display_names(string value, string expected) => Assert.Equal(expected, Sample.Addresses(value).Mailboxes[0].DisplayName);

    [Theory]
    [InlineData("shift_jis", "表示 ソ <a@example.com>, 予算 <b@example.com>", "表示 ソ")]
    [InlineData("iso-2022-jp", "日本＠東京，表示 <a@example.com>, 予算 <b@example.com>", "日本＠東京，表示")]
    [InlineData("euc-jp", "日本語の名前 <a@example.com>, 予算の <b@example.com>", "日本語の名前")]
    public void Reads_raw_japanese_bytes_without_taking_them_for_syntax(string charset, string value, string name)
    {
        var list = Sample.Addresses(value, charset);
        Assert.Equal("a@example.com b@example.com", list.Keys());
        Assert.Equal(name, list.Mailboxes[0].DisplayName);
        Assert.Empty(list.Defects);
    }

    [Theory]
    [InlineData("windows-1251", "имя@example.com, Имя <b@example.com>", "имя@example.com b@example.com")]
    [InlineData("gb18030", "鎔乗侰 <a@example.com>, 測試 <b@example.com>", "a@example.com b@example.com")]
    [InlineData("big5", "許功蓋 <a@example.com>, 測試 <b@example.com>", "a@example.com b@example.com")]
    public void Raw_bytes_are_read_as_the_text_is_declared(string charset, string value, string expected)
    {
        var message = Sample.Message($"To: {value}\nContent-Type: text/plain; charset={charset}\n\ntext", charset);
        Assert.Equal(expected, message.Headers.Addresses("To").Keys());
    }

    [Fact]
    public void Names_the_group_an_entry_stands_in()
    {
        var list = Sample.Addresses("=?utf-8?B?5Za25qWt6YOo?= : a@example.com, b@example.com; c@example.com");
        Assert.Equal("営業部 営業部 -", string.Join(' ', list.Mailboxes.Select(m => m.Group ?? "-")));
    }

    [Fact]
    public void Gives_each_entry_its_bytes()
    {
        const string Value = "Taro <a@example.com> (x),  \"S, H\" <b@example.com>; c@example.com d@example.com";
        var message = Sample.Message("To: " + Value + "\n\n");
        Assert.Equal(
            ["Taro <a@example.com> (x)", "\"S, H\" <b@example.com>", "c@example.com", "d@example.com"],
            message.Headers.Addresses("To").Mailboxes.Select(m => message.Text(m.Raw)));
    }

    [Fact]
    public void Joins_all_fields_of_a_name()
    {
        var message = Sample.Message("To: a@example.com\ntO : b@example.com\nTO:c@example.com\nCc: d@example.com\n\n");
        Assert.Equal("a@example.com b@example.com c@example.com", message.Headers.Addresses("to").Keys());
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.RepeatedField);
    }

    [Theory]
    [InlineData("To: a@example.com,\r b@example.com\r\n\r\n")]
    [InlineData("To: a@example.com,\n b@example.com\r\n\r\n", "X: y\r\n")]
    [InlineData("To: a@example.com\0, b@example.com\r\n\r\n")]
    [InlineData("To: a@exam\x01ple.com\r\n\r\n")]
    [InlineData("To: a@example.com\x7F\r\n\r\n")]
    [InlineData("To: a@example.com,\r\n \r\n b@example.com\r\n\r\n")]
    [InlineData("To: =?utf-8?Q?Taro=0D=0ABcc:_x=40example.com?= <a@example.com>\r\n\r\n")]
    [InlineData("To: =?utf-8?Q?Taro=00?= <a@example.com>\r\n\r\n")]
    [InlineData("To: =?utf-8?B?VGFybwpCY2M6?= <a@example.com>\r\n\r\n")]
    [InlineData("To: a@example.com\r\nb@example.com, c@example.com\r\nSubject: x\r\n\r\n")]
    [InlineData("To: a@example.com,\r\nHanako <b@example.com>\r\nSubject: x\r\n\r\n")]
    [InlineData("To: a@example.com,\r\nb@example.com: c@example.com\r\nSubject: x\r\n\r\n")]
    public void Breaks_inside_address_data_are_named(string header, string before = "")
        => Assert.Contains(Sample.Exact(before + header + "text\r\n").Defects, d => d.Kind == MimeDefectKind.BreakInAddress);

    [Theory]
    [InlineData("To: a@example.com,\r\n\tb@example.com,\r\n  Taro <c@example.com>\r\n\r\n")]
    [InlineData("To: a@example.com,\n b@example.com\n\n")]
    [InlineData("To: a@example.com\r\n \r\n\r\n")]
    [InlineData("To: =?iso-2022-jp?B?GyRCOzNFRBsoQg==?=\r\n <a@example.com>\r\n\r\n")]
    [InlineData("To: \x1b$B;3ED\x1b(B <a@example.com>\r\n\r\n")]
    public void Ordinary_folds_are_no_breaks(string header)
        => Assert.DoesNotContain(Sample.Exact(header + "text\r\n").Defects, d => d.Kind == MimeDefectKind.BreakInAddress);

    [Fact]
    public void A_name_that_swallowed_entries_is_named()
    {
        var list = Sample.Addresses("\"Taro <a@example.com>, \"Hanako <b@example.com>");
        Assert.Equal(MimeDefectKind.UnparsableAddress, list.Mailboxes[^1].Defect?.Kind);
    }

    [Fact]
    public void Control_characters_never_come_out_in_names_or_details()
    {
        var list = Sample.Addresses("=?utf-8?Q?a=0D=0A=07b?= <a@example.com>, =?utf-8?Q?=1B[31m?= x");
        Assert.All(list.Mailboxes, m => Assert.DoesNotContain(m.DisplayName, char.IsControl));
        Assert.All(list.Defects, d => Assert.DoesNotContain(d.Detail, char.IsControl));
    }

    [Fact]
    public void Stops_at_the_limit_and_says_so()
    {
        var message = Sample.Message(
            "To: " + string.Join(",", Enumerable.Range(0, 20).Select(i => $"u{i}@example.com")) + "\n\n",
            limits: new MimeLimits { MaxAddresses = 10 });
        Assert.Equal(10, message.Headers.Addresses("To").Mailboxes.Count);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.LimitReached);
    }

    [Theory]
    [InlineData("a@example.com", "a@example.com", "a", "example.com")]
    [InlineData(" \"Taro.Y\"@EXAMPLE.com. ", "taro.y@example.com", "Taro.Y", "example.com")]
    [InlineData("\"a\\\"b\"@example.com", "\"a\\\"b\"@example.com", "a\"b", "example.com")]
    [InlineData("a@が.example", "a@xn--v8j.example", "a", "xn--v8j.example")]
    public void Reads_one_address(string text, string key, string local, string domain)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal([key, local, domain], [address.Key, address.LocalPart, address.Domain]);
    }

    [Fact]
    public void Composed_and_decomposed_domains_are_one()
    {
        Assert.True(EmailAddress.TryParse("a@が.example", out var one));
        Assert.True(EmailAddress.TryParse("a@か\u3099。example", out var two));
        Assert.Equal(one, two);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("@b")]
    [InlineData("a b@example.com")]
    [InlineData("a@exam ple.com")]
    [InlineData("a\n@example.com")]
    [InlineData("a@example.com\0")]
    [InlineData("a@example.com\r\n")]
    [InlineData("a@\nexample.com")]
    [InlineData("a@exa\u2028mple.com")]
    [InlineData("a@日本\u0000語.example")]
    [InlineData("\"a@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a@.example.com")]
    [InlineData("<a@example.com>")]
    public void Refuses_what_is_no_address(string text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void An_absurdly_long_address_is_none()
        => Assert.False(EmailAddress.TryParse(new string('a', 3000) + "@" + new string('b', 3000), out _));
}
