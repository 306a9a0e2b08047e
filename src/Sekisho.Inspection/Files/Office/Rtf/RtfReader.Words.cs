using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <content>What the control words mean.</content>
internal sealed partial class RtfReader
{
    /// <summary>Groups whose text is not the document's.</summary>
    private static readonly FrozenSet<string> s_silent = new[]
    {
        "colortbl", "stylesheet", "pict", "themedata", "colorschememapping", "datastore", "generator", "listtable", "listoverridetable", "rsidtbl", "xmlnstbl",
        "revtbl", "listtext", "pntext", "pntxta", "pntxtb", "nonshppict", "objclass", "objname", "sn", "sv", "bkmkstart", "bkmkend", "atnid", "atnauthor", "atntime",
        "atndate", "atnref", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "ud", "nonesttables", "mmathPr", "latentstyles", "filetbl", "xe", "tc", "htmltag",
        "mhtmltag", "fontemb", "panose", "falt", "pgptbl", "defchp", "defpap", "template", "passwordhash", "blipuid", "picprop", "objalias", "objsect", "private",
        "creatim", "revtim", "printim", "buptim", "userprops", "xform", "docvar", "wgrffmtfilter", "datafield", "formfield",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_characters = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tab"] = "\t", ["line"] = "\n", ["softline"] = "\n", ["emdash"] = "—", ["endash"] = "–", ["emspace"] = " ", ["enspace"] = " ", ["qmspace"] = " ", ["bullet"] = "•",
        ["lquote"] = "‘", ["rquote"] = "’", ["ldblquote"] = "“", ["rdblquote"] = "”", ["nestcell"] = "\t",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_asides = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["footnote"] = "notes", ["annotation"] = "comments", ["shptxt"] = "text box", ["header"] = "header", ["headerl"] = "header", ["headerr"] = "header",
        ["headerf"] = "header", ["footer"] = "footer", ["footerl"] = "footer", ["footerr"] = "footer", ["footerf"] = "footer",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_info = new[] { "title", "subject", "author", "manager", "company", "operator", "category", "keywords", "comment", "doccomm" }
        .ToFrozenSet(StringComparer.Ordinal);

    private void Word(string word, int? number)
    {
        var star = _group.Star;
        _group.Star = false;
        if (word == "u")
        {
            Unicode(number ?? 0);
            return;
        }

        // Bytes of one character may only be parted by what does not change their meaning; a word always ends them.
        Flush();
        if (Destination(word) || Style(word, number))
        {
            return;
        }

        if (s_characters.TryGetValue(word, out var character))
        {
            Write(character);
            return;
        }

        switch (word)
        {
            case "par" or "sect" or "page" or "nestrow":
                Paragraph();
                break;
            case "cell":
                Cell();
                break;
            case "row":
                Row();
                break;
            case "shpinst" or "shprslt" or "shptxt" or "nesttableprops" or "pard" or "object" or "result" or "field" or "fldrslt" or "upr" or "shppict" or "background":
                break;
            default:
                if (star)
                {
                    // The star says: whoever does not know this word leaves the group out.
                    _group.Target = Target.None;
                }

                break;
        }
    }

    /// <summary>Words that say where the text of their group belongs.</summary>
    private bool Destination(string word)
    {
        if (s_silent.Contains(word))
        {
            _group.Target = Target.None;
            return true;
        }

        if (s_asides.TryGetValue(word, out var place) && _group.Target == Target.Text && !_group.Aside)
        {
            _group.Aside = true;
            _group.InTable = false;
            _asides++;
            blocks.BeginAside(place);
            return true;
        }

        switch (word)
        {
            case "fonttbl":
                _group.Target = Target.Fonts;
                return true;
            case "info":
                _group.Target = Target.None;
                return true;
            case "objdata":
                _group.Target = Target.Object;
                _group.Own = true;
                _object.Clear();
                _nibble = -1;
                return true;
            case "fldinst" when _group.Target == Target.Text:
                _group.Target = Target.Field;
                return true;
            default:
                if (s_info.Contains(word) && _group.Target == Target.None)
                {
                    _group.Target = Target.Info;
                    _group.Own = true;
                    _properties.Append(word).Append(": ");
                    return true;
                }

                return false;
        }
    }

    /// <summary>Words that change how what follows is read.</summary>
    private bool Style(string word, int? number)
    {
        switch (word)
        {
            case "ansicpg":
                _defaultPage = number ?? 1252;
                return true;
            case "mac":
                _defaultPage = 10000;
                return true;
            case "pc":
                _defaultPage = 437;
                return true;
            case "deff":
                _defaultFont = number ?? -1;
                return true;
            case "f":
                _font = number ?? -1;
                _group.Font = _font;
                return true;
            case "fcharset" when _group.Target == Target.Fonts:
                if (_fonts.Count < MostFonts && Page(number ?? 0) is { } page)
                {
                    _fonts[_font] = page;
                }

                return true;
            case "cpg" when _group.Target == Target.Fonts:
                _fonts[_font] = number ?? 1252;
                return true;
            case "uc":
                _group.Skip = Math.Clamp(number ?? 1, 0, 16);
                return true;
            case "plain":
                _group.Deleted = false;
                _group.Font = _defaultFont;
                return true;
            case "deleted":
                _group.Deleted = number != 0;
                return true;
            case "htmlrtf":
                _group.HtmlOnly = number != 0;
                return true;
            case "pard":
                _group.InTable = false;
                return true;
            case "intbl":
                _group.InTable = true;
                return true;
            default:
                return false;
        }
    }

    private void Unicode(int value)
    {
        Flush();
        Write([(char)(value & 0xFFFF)]);
        _skip = _group.Skip;
    }

    /// <summary>The code page of a font's character set; null for those that say nothing of it.</summary>
    private static int? Page(int charset) => charset switch
    {
        0 => Western,
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => null,
    };
}
