using System.Text;

namespace Sekisho.Incidents;

/// <summary>Conversations: replies with everybody's signature below, forwards, projects of people who know each other.</summary>
internal static class Threads
{
    public static IEnumerable<RightCase> Cases() => [.. Replies(), .. Forwards(), .. Projects(), .. Partners(), .. Introductions()];

    private static IEnumerable<RightCase> Replies()
    {
        for (var n = 1; n <= 8; n++)
        {
            // One partner firm: its people are colleagues of each other.
            var desk = new Desk("reply", n, mix: AudienceMix.Business, outside: 5, companies: 1, english: n > 6);
            var who = desk.First;
            var text = new StringBuilder(desk.Letter(who, desk.English ? "Wednesday suits us well." : "承知いたしました。水曜日に伺います。")).Append('\n');
            var quote = "> ";
            foreach (var (person, i) in desk.Outside.Select((p, i) => (p, i)))
            {
                text.Append(quote).Append(desk.English ? $"On Mon, 3 Jun 2024, {Desk.Latin(person)} <{person.Address}> wrote:\n" : $"2024年6月{5 - i}日(水) 10:0{i} {person.Name} <{person.Address}>:\n");
                foreach (var line in $"ご連絡ありがとうございます。\n\n{desk.SignatureOf(person, person.Company, n + i)}".Split('\n'))
                {
                    text.Append(quote).Append(line.TrimEnd()).Append('\n');
                }

                quote = ">" + quote;
            }

            var others = desk.Outside.Skip(1).Take(n % 3).ToList();
            yield return desk.Send([who.Address, .. Stage.Addresses(others)], desk.Box(who), others.Count > 0 ? desk.Boxes(others) : null, desk.English ? "Re: Visit" : "Re: ご訪問の件", text.ToString(),
                $"In-Reply-To: <a{n}@{who.Address.Split('@')[1]}>\r\nReferences: <a{n}@{who.Address.Split('@')[1]}>\r\n").Done();
        }
    }

    private static IEnumerable<RightCase> Forwards()
    {
        for (var n = 1; n <= 5; n++)
        {
            var desk = new Desk("forward", n, mix: AudienceMix.Business, outside: 3, companies: 1, english: n == 5);
            var who = desk.First;
            var text = desk.Letter(who, desk.English ? "For your information, see below." : "下記の件、ご参考までに転送いたします。")
                + "\n-----Original Message-----\n"
                + $"From: {desk.Cast.People[4].Name} <{desk.Cast.People[4].Address}>\nSent: Monday, June 3, 2024 9:12 AM\nTo: {desk.Staff.Name} <{desk.Staff.Address}>\nCc: {desk.Outside[1].Name} <{desk.Outside[1].Address}>\nSubject: 納品の日程\n\n"
                + $"納品は10日の予定です。\n\n{desk.SignatureOf(desk.Cast.People[4], desk.Firm, n)}\n";
            yield return desk.Send([who.Address], desk.Box(who), null, desk.English ? "Fwd: Delivery" : "Fw: 納品の日程", text).Done();
        }
    }

    private static IEnumerable<RightCase> Projects()
    {
        for (var n = 1; n <= 6; n++)
        {
            var desk = new Desk("project", n, "2007-01-12-mitsui-bussan-futures", mix: AudienceMix.OneEach, outside: 3, inside: 3, english: n == 6).Acquaint3();
            for (var i = 1; i <= 4; i++)
            {
                desk.Send([.. Stage.Addresses(desk.Outside), desk.Cast.People[4].Address], desk.Boxes(desk.Outside), desk.Box(desk.Cast.People[4]), desk.English ? $"Re: New hall, step {i}" : $"Re: 新棟の件（その{i}）",
                    desk.English ? $"Dear all,\n\nstep {i} is done. Next we need the drawings of floor {i + 1}.\n\n{desk.Signature}\n" : $"皆様\n\n工程{i}が終わりました。次は{i + 1}階の図面をお願いします。\n\n{desk.Signature}\n",
                    $"In-Reply-To: <{i}.project@{desk.Cast.OwnDomain}>\r\n");
            }

            yield return desk.Done();
        }
    }

    private static Desk Acquaint3(this Desk desk) => desk.Acquaint(desk.Outside);

    // A contact list of five people, to exactly these five.
    private static IEnumerable<RightCase> Partners()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("contact-list", n, "2005-07-26-tokio-marine-risk-consulting", mix: AudienceMix.OneEach, outside: 5).Acquaint3();
            yield return desk.Send(Stage.Addresses(desk.Outside), desk.Boxes(desk.Outside), null, "連絡先の一覧", $"皆様\n\n本件の連絡先です。\n\n{string.Concat(desk.Outside.Select(p => $"・{p.Company} {p.Name} {p.Address}\n"))}\n{desk.Signature}\n").Done();
        }
    }

    // Somebody new in the round, whom all of them met last month.
    private static IEnumerable<RightCase> Introductions()
    {
        for (var n = 1; n <= 4; n++)
        {
            var desk = new Desk("introduction", n, mix: AudienceMix.OneEach, outside: 2, english: n == 4);
            desk.Acquaint(desk.Outside);
            yield return desk.Send(Stage.Addresses(desk.Outside), desk.Boxes(desk.Outside), null, desk.English ? "Introduction" : "ご紹介", desk.English
                ? $"Dear {Desk.Latin(desk.Outside[0])}, dear {Desk.Latin(desk.Outside[1])},\n\nas agreed last month, please talk to each other about the delivery.\n\n{desk.Signature}\n"
                : $"{desk.Outside[0].Company} {desk.Outside[0].NameSama}\n{desk.Outside[1].Company} {desk.Outside[1].NameSama}\n\n先月お引き合わせした件、今後は直接お打ち合わせください。\n\n{desk.Signature}\n").Done();
        }
    }
}
