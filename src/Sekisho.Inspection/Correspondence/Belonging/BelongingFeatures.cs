using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What the model weighs about each recipient. The order is the model's: a change here needs a newly trained one.</summary>
internal static class BelongingFeatures
{
    /// <summary>Names of the features, by family: <c>habit.</c>, <c>house.</c>, <c>mail.</c>, <c>company.</c>, <c>thread.</c> and <c>text.</c>.</summary>
    public static IReadOnlyList<string> Names => field ??= NamesOf();

    private const int MaxFeatures = 256;

    /// <summary>One row for each of the people, in <see cref="Names"/>' order.</summary>
    public static float[][] Of(BelongingMail mail)
    {
        var sheet = new Sheet(mail.People.Count, Names.Count, names: null);
        Fill(mail, sheet);
        return sheet.Rows;
    }

    private static string[] NamesOf()
    {
        var nobody = new BelongingMail(EmailAddress.TryParse("a@b", out var address) ? [new BelongingPerson(address, false, "b")] : [], new CorrespondenceQuestion("s@b", ["a@b"], DateTimeOffset.UnixEpoch), CorrespondenceView.Nothing,
            NamedInText.Of(new MessageFacts { Message = MimeMessage.Parse("\r\n"u8.ToArray()), Recipients = [] }), "", 1);
        var names = new List<string>();
        Fill(nobody, new Sheet(1, MaxFeatures, names));
        return [.. names];
    }

    private static void Fill(BelongingMail mail, Sheet sheet)
    {
        var n = mail.People.Count;
        var contacts = new Contact?[n];
        for (var i = 0; i < n; i++)
        {
            contacts[i] = mail.View.Contacts.GetValueOrDefault(mail.People[i].Key);
        }

        var company = Company.Of(mail);
        Habits(mail, sheet, contacts, company);
        Mail(mail, sheet);
        Companies(sheet, company, n);
        Thread(mail, sheet);
        var words = mail.People.Select((p, i) => PersonWords.Of(p.Key, p.Name.Length > 0 ? [p.Name, .. contacts[i]?.Names ?? []] : contacts[i]?.Names ?? [])).ToArray();
        Texts(mail, sheet, words);
    }

    private static void Habits(BelongingMail mail, Sheet sheet, Contact?[] contacts, Company company)
    {
        var at = mail.Question.At;
        var sent = mail.View.SenderMails;
        sheet.Add("habit.mails", i => Log(contacts[i]?.BySender ?? 0));
        sheet.AddWithOthers("habit.weight", i => Log(contacts[i]?.WeightBySender ?? 0));
        sheet.Add("habit.share", i => (contacts[i]?.BySender ?? 0) / (sent + 1.0));
        sheet.AddWithOthers("habit.recency", i => -Days(contacts[i]?.LastBySender, at));
        sheet.Add("habit.fading", i => contacts[i] is { BySender: > 0 } c ? c.WeightBySender / c.BySender : 0);
        sheet.Add("habit.known", i => contacts[i] is null ? 0 : 1);
        sheet.AddWithOthers("habit.with", i => Log(company.SeenWithSender[i]));
        sheet.AddWithOthers("habit.with-recency", i => -Days(company.LastWithSender[i] == 0 ? null : new DateTimeOffset(company.LastWithSender[i], TimeSpan.Zero), at));
        sheet.AddWithOthers("habit.alone", i => company.AloneWithSender[i] / (company.SeenWithSender[i] + 1));
        sheet.Add("house.mails", i => Log(contacts[i]?.Mails ?? 0));
        sheet.AddWithOthers("house.weight", i => Log(contacts[i]?.Weight ?? 0));
        sheet.Add("house.mine", i => contacts[i] is { Mails: > 0 } c ? (double)c.BySender / c.Mails : 0);
        sheet.Add("house.recency", i => -Days(contacts[i]?.LastAt, at));
        sheet.Add("house.age", i => Days(contacts[i]?.FirstAt, at));
        sheet.Add("house.written", i => Log(contacts[i]?.Written ?? 0));
    }

    private static void Mail(BelongingMail mail, Sheet sheet)
    {
        var people = mail.People;
        var outside = people.Count(p => !p.Inside);
        var reply = mail.Subject.StartsWith("re:", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        var forward = mail.Subject.StartsWith("fw", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        sheet.Add("mail.people", _ => Log(mail.Total));
        sheet.Add("mail.outside", _ => (double)outside / people.Count);
        sheet.Add("mail.is-outside", i => people[i].Inside ? 0 : 1);
        sheet.Add("mail.odd-one", i => !people[i].Inside && outside == 1 && people.Count > 1 ? 1 : people[i].Inside && outside == people.Count - 1 && people.Count > 1 ? -1 : 0);
        sheet.Add("mail.same-house", i => people.Count == 1 ? -1 : SameHouse(people, i) - 1.0);
        sheet.Add("mail.sender-mails", _ => Log(mail.View.SenderMails));
        sheet.Add("mail.reply", _ => reply);
        sheet.Add("mail.forward", _ => forward);
        sheet.Add("mail.own-length", _ => Log(mail.Text.Length.Own));
        sheet.Add("mail.quoted-length", _ => Log(mail.Text.Length.Quoted));
    }

    private static void Companies(Sheet sheet, Company company, int n)
    {
        var logs = new double[n, n];
        for (var p = 0; p < n; p++)
        {
            for (var q = 0; q < n; q++)
            {
                logs[p, q] = Log(company.Together[p, q]);
            }
        }

        Func<int, int, double> like = (i, o) => company.Together[i, o] / (Math.Min(company.Seen[i], company.Seen[o]) + 1);
        Func<int, int, double> strange = (i, o) => company.Together[i, o] > 0 ? 0 : 1;
        Func<int, int, double> strangeToMe = (i, o) => company.TogetherWithSender[i, o] > 0 ? 0 : 1;
        Func<int, int, double> apartHouses = (i, o) => company.Houses[i, o] ? 0 : 1;
        Func<int, int, double> together = (i, o) => logs[i, o];
        Func<int, int, double> withMe = (i, o) => Log(company.TogetherWithSender[i, o]);
        sheet.AddWithOthers("company.strangers", i => Mean(n, i, strange));
        sheet.AddWithOthers("company.strangers-of-mine", i => Mean(n, i, strangeToMe));
        sheet.Add("company.houses-strange", i => Mean(n, i, apartHouses));
        sheet.Add("company.most", i => Most(n, i, together));
        sheet.Add("company.mean", i => Mean(n, i, together));
        sheet.AddWithOthers("company.like", i => Mean(n, i, like));
        sheet.AddWithOthers("company.most-like", i => Most(n, i, like));
        sheet.AddWithOthers("company.mine", i => Mean(n, i, withMe));
        var apart = 0;
        for (var p = 0; p < n; p++)
        {
            for (var q = 0; q < p; q++)
            {
                apart += company.Together[p, q] > 0 ? 0 : 1;
            }
        }

        // How much of the disunity goes when he does.
        sheet.Add("company.apart-without", i => n < 3 ? -1 : (apart - Apart(company, n, i)) / ((n - 1) * (n - 2) / 2.0));
        sheet.Add("company.seen", i => Log(company.Seen[i]));
        sheet.AddWithOthers("company.set-without", i => Log(company.WithoutHim[i]));
        sheet.Add("company.set", _ => Log(company.All));
        sheet.AddWithOthers("company.best-with", i => company.BestWith[i]);
        sheet.AddWithOthers("company.best-without", i => company.BestWithout[i]);
    }

    private static int SameHouse(IReadOnlyList<BelongingPerson> people, int of)
    {
        var same = 0;
        for (var i = 0; i < people.Count; i++)
        {
            same += people[i].Organisation == people[of].Organisation && people[i].Inside == people[of].Inside ? 1 : 0;
        }

        return same;
    }

    private static int Apart(Company company, int n, int from)
    {
        var apart = 0;
        for (var o = 0; o < n; o++)
        {
            apart += o != from && company.Together[from, o] <= 0 ? 1 : 0;
        }

        return apart;
    }

    /// <summary>The mean over the others; -1 where he is alone.</summary>
    private static double Mean(int n, int from, Func<int, int, double> of)
    {
        var sum = 0.0;
        for (var o = 0; o < n; o++)
        {
            sum += o == from ? 0 : of(from, o);
        }

        return n == 1 ? -1 : sum / (n - 1);
    }

    /// <summary>The most of the others; -1 where he is alone.</summary>
    private static double Most(int n, int from, Func<int, int, double> of)
    {
        var most = n == 1 ? -1 : double.NegativeInfinity;
        for (var o = 0; o < n; o++)
        {
            most = o == from ? most : Math.Max(most, of(from, o));
        }

        return most;
    }

    private static void Thread(BelongingMail mail, Sheet sheet)
    {
        var thread = mail.View.Thread;
        double Share(int i) => thread is null ? -1 : thread.People.GetValueOrDefault(mail.People[i].Key) / (double)Math.Max(1, thread.Mails);
        sheet.Add("thread.mails", _ => Log(thread?.Mails ?? 0));
        sheet.Add("thread.by-reference", _ => thread is { ByReference: true } ? 1 : 0);
        sheet.AddWithOthers("thread.share", Share);
        sheet.Add("thread.others-in", i => thread is null ? -1 : Mean(mail.People.Count, i, (_, o) => Share(o) > 0 ? 1 : 0));
    }

    private static void Texts(BelongingMail mail, Sheet sheet, PersonWords[] words)
    {
        var found = words.Select(w => w.In(mail.Text)).ToArray();
        var greeted = words.Select(w => w.Greeted(mail.Text.Greeting, 1) ? 2.0 : w.Greeted(mail.Text.Greeting, 5) ? 1.0 : 0).ToArray();
        sheet.AddWithOthers("text.greeted", i => greeted[i]);
        foreach (var (whole, last, part, place) in _places)
        {
            sheet.Add(whole, i => (found[i].Whole & place) != 0 ? 1 : 0);
            sheet.Add(last, i => (found[i].Last & place) != 0 ? 1 : 0);
            sheet.Add(part, i => (found[i].Part & place) != 0 ? 1 : 0);
        }

        sheet.AddWithOthers("text.named", i => Named(found[i]) + greeted[i]);
    }

    private static readonly (string Whole, string Last, string Part, TextPlace Place)[] _places = Array.ConvertAll<(string Name, TextPlace Place), (string, string, string, TextPlace)>(
        [("greeting", TextPlace.Greeting), ("own", TextPlace.Own), ("top", TextPlace.QuoteTop), ("head", TextPlace.QuoteHead), ("quote", TextPlace.Quote), ("subject", TextPlace.Subject)],
        p => ("text.whole-" + p.Name, "text.last-" + p.Name, "text.part-" + p.Name, p.Place));

    private static double Named((TextPlace Whole, TextPlace Part, TextPlace Last) found)
        => ((found.Whole & TextPlace.QuoteTop) != 0 ? 3 : 0) + (found.Whole != 0 ? 2 : 0) + (found.Last != 0 ? 1 : 0) + (found.Part != 0 ? 0.5 : 0);

    private static double Log(double count) => Math.Log(1 + count);

    /// <summary>Logarithm of the days since; never: as if ten years ago.</summary>
    private static double Days(DateTimeOffset? then, DateTimeOffset now) => then is { } t ? Log(Math.Max(0, (now - t).TotalDays)) : Log(3650);

    /// <summary>A row for each of the people, filled column by column. The names are only told where somebody lists them: a mail's sheet has none.</summary>
    private sealed class Sheet
    {
        private readonly List<string>? _names;
        private int _column;

        public Sheet(int people, int width, List<string>? names)
        {
            _names = names;
            Rows = new float[people][];
            for (var i = 0; i < people; i++)
            {
                Rows[i] = new float[width];
            }
        }

        public float[][] Rows { get; }

        public void Add(string name, Func<int, double> of)
        {
            for (var i = 0; i < Rows.Length; i++)
            {
                Rows[i][_column] = (float)of(i);
            }

            _column++;
            _names?.Add(name);
        }

        /// <summary>Also how far he is above the least and the most of the others; both 0 where he is alone.</summary>
        public void AddWithOthers(string name, Func<int, double> of)
        {
            Add(name, of);
            var own = _column - 1;
            if (Rows.Length > 1)
            {
                var (most, second, least, next) = (float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.PositiveInfinity);
                foreach (var row in Rows)
                {
                    var one = row[own];
                    (most, second) = one >= most ? (one, most) : (most, Math.Max(second, one));
                    (least, next) = one <= least ? (one, least) : (least, Math.Min(next, one));
                }

                // Where several have the most, the second is as much.
                foreach (var row in Rows)
                {
                    row[own + 1] = row[own] - (row[own] == most ? second : most);
                    row[own + 2] = row[own] - (row[own] == least ? next : least);
                }
            }

            _column += 2;
            _names?.Add(name + "/most");
            _names?.Add(name + "/least");
        }
    }
}
