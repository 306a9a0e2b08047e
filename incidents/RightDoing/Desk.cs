using System.Text;

namespace Sekisho.Incidents;

/// <summary>One case in the making: its people, its way of writing, and the employee who sends it.</summary>
internal sealed class Desk
{
    private static readonly DateOnly s_day = new(2024, 6, 3);

    private static readonly string[] s_firms = ["株式会社みほん商事", "有限会社あおぞら工業", "一般社団法人つばさ協会", "みずたま大学", "株式会社ひなた電機", "かわせみ市役所"];

    private static readonly string[] s_offices = ["営業部", "総務課", "事務局", "広報室", "サポート窓口", "経理課"];

    private readonly string _family;
    private readonly string _mirrors;
    private readonly List<ReenactedMessage> _messages = [];
    private readonly List<ReenactedMessage> _before = [];

    public Desk(string family, int number, string mirrors = "", int outside = 1, AudienceMix mix = AudienceMix.Consumers, int inside = 2, bool english = false, int? companies = null)
    {
        (_family, _mirrors, Number, English) = (family, mirrors, number, english);
        Style = english ? MailStyle.Utf8EightBit : (MailStyle)(number % 3);
        Cast = Cast.Create($"right-{family}-{number:D2}", outside, mix, inside, companies);
        Staff = Cast.People[outside];
        Outside = [.. Cast.People.Take(outside)];
    }

    /// <summary>1-based within the family.</summary>
    public int Number { get; }

    public bool English { get; }

    public MailStyle Style { get; }

    public Cast Cast { get; }

    /// <summary>Who sends.</summary>
    public Person Staff { get; }

    /// <summary>The people outside.</summary>
    public IReadOnlyList<Person> Outside { get; }

    public Person First => Outside[0];

    public string Firm => English ? "Mihon Trading Inc." : s_firms[Number % s_firms.Length];

    public string Office => English ? "Sales" : s_offices[Number % s_offices.Length];

    /// <summary>A mailbox with its name, as this desk writes it.</summary>
    public string Box(Person person) => MailText.Mailbox(English ? Latin(person) : person.Name, person.Address, Style);

    public string Boxes(IEnumerable<Person> people) => string.Join(",\r\n ", people.Select(Box));

    /// <summary>Given name first, as English mail has it.</summary>
    public static string Latin(Person person) => string.Join(' ', person.Romaji.Split(' ').Reverse().Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary>The form of address a letter begins with.</summary>
    public string Greeting(Person person) => English ? $"Dear {Latin(person)}," : person.Company.Length > 0 ? $"{person.Company}\n{person.Title} {person.NameSama}" : person.NameSama;

    public string Hello => English ? "Thank you for your business." : "いつもお世話になっております。\n" + $"{Firm} {Office}の{Staff.Name.Split(' ')[0]}です。";

    public string Bye => English ? "Kind regards," : "何卒よろしくお願いいたします。";

    /// <summary>A signature as people have them: everything about the sender, and his firm's telephone numbers.</summary>
    public string Signature => SignatureOf(Staff, Firm, Number);

    public string SignatureOf(Person person, string firm, int form)
    {
        var rule = (form % 4) switch { 0 => "-- ", 1 => "------------------------------------------------", 2 => "━━━━━━━━━━━━━━━━━━━━━━━━", _ => "*************************************" };
        if (English)
        {
            return $"""
                {rule}
                {Latin(person)}
                Account Manager, {firm}
                1-{form % 9 + 1}-3 Kakucho, Chiyoda-ku, Tokyo 100-0001, Japan
                Tel: +81-3-0000-{1000 + form} / Fax: +81-3-0000-{2000 + form} / Mobile: +81-90-0000-{3000 + form}
                {person.Address} | https://www.{Cast.OwnDomain}/
                """;
        }

        return $"""
            {rule}
            {firm} {Office}
            {(form % 2 == 0 ? "課長" : "担当")} {person.Name}（{Latin(person)}）
            〒100-0001 東京都千代田区架空町1-{form % 9 + 1}-3 見本ビル{form % 8 + 2}階
            TEL:03-0000-{1000 + form:D4}(代表) FAX:03-0000-{2000 + form:D4} 携帯:090-0000-{3000 + form:D4}
            E-mail: {person.Address}
            URL: https://www.{Cast.OwnDomain}/
            {(form % 4 == 2 ? rule : "")}
            """.TrimEnd('\n', ' ');
    }

    /// <summary>A whole letter: greeting, hello, what it says, goodbye and signature.</summary>
    public string Letter(Person to, string says) => $"{Greeting(to)}\n\n{Hello}\n\n{says}\n\n{Bye}\n\n{Signature}\n";

    /// <summary>A letter to one outside person.</summary>
    public Desk To(Person person, string subject, string says, params MailFile[] files)
        => Send([person.Address], Box(person), null, subject, Letter(person, says), "", files);

    /// <summary>A submission with its header and text as given.</summary>
    public Desk Send(IReadOnlyList<string> recipients, string? to, string? cc, string subject, string text, string extra = "", params MailFile[] files)
    {
        var number = _messages.Count + 1;
        _messages.Add(new ReenactedMessage(MessageRole.Clean, Staff.Address, recipients,
            () => ReenactedMessage.Compose(Header(to, cc, subject, number, extra), MailBody.Create(text, Style, files))));
        return this;
    }

    /// <summary>A submission with a body of its own making.</summary>
    public Desk Send(IReadOnlyList<string> recipients, string? to, string subject, Func<MailBody> body)
    {
        var number = _messages.Count + 1;
        _messages.Add(new ReenactedMessage(MessageRole.Clean, Staff.Address, recipients, () => ReenactedMessage.Compose(Header(to, null, subject, number, ""), body())));
        return this;
    }

    /// <summary>These people were introduced to each other in a mail of last month.</summary>
    public Desk Acquaint(IReadOnlyList<Person> people)
    {
        _before.Add(new ReenactedMessage(MessageRole.Clean, Staff.Address, Stage.Addresses(people), () => ReenactedMessage.Compose(
            Header(Boxes(people), null, English ? "Kick-off" : "顔合わせの件", 900 + _before.Count, ""),
            MailBody.Create(English ? "Dear all,\n\nlet us begin.\n" : "皆様\n\n今後ともよろしくお願いいたします。\n", Style))));
        return this;
    }

    public RightCase Done() => new($"{_family}-{Number:D2}", _family, _mirrors, _messages) { Before = _before };

    private string Header(string? to, string? cc, string subject, int number, string extra)
    {
        var header = new StringBuilder().Append("Date: ").Append(MailText.Date(s_day.AddDays(Number), number % 500)).Append("\r\nFrom: ").Append(Box(Staff)).Append("\r\n");
        if (to is not null)
        {
            header.Append("To: ").Append(to).Append("\r\n");
        }

        if (cc is not null)
        {
            header.Append("Cc: ").Append(cc).Append("\r\n");
        }

        return header.Append("Subject: ").Append(MailText.EncodeWords(subject, Style)).Append("\r\nMessage-ID: <").Append(number).Append(".right@").Append(Cast.OwnDomain).Append(">\r\n")
            .Append(extra).ToString();
    }
}
