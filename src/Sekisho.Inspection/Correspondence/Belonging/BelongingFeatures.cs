using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What the model weighs about each recipient. The order is the model's: a change here needs a newly trained one.</summary>
internal static class BelongingFeatures
{
    /// <summary>Names of the features, by family: <c>habit.</c>, <c>house.</c>, <c>mail.</c>, <c>company.</c>, <c>thread.</c> and <c>text.</c>.</summary>
    public static IReadOnlyList<string> Names => field ??= NamesOf();

    /// <summary>One row for each of the people, in <see cref="Names"/>' order.</summary>
    public static float[][] Of(BelongingMail mail)
    {
        var sheet = new Sheet(mail.People.Count);
        Fill(mail, sheet);
        return sheet.Rows();
    }

    private static string[] NamesOf()
    {
        var nobody = new BelongingMail(EmailAddress.TryParse("a@b", out var address) ? [new BelongingPerson(address, false, "b")] : [], new CorrespondenceQuestion("s@b", ["a@b"], DateTimeOffset.UnixEpoch), CorrespondenceView.Nothing,
            NamedInText.Of(new MessageFacts { Message = MimeMessage.Parse("\r\n"u8.ToArray()), Recipients = [] }), "", 1);
        var sheet = new Sheet(1);
        Fill(nobody, sheet);
        return [.. sheet.Names];
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
        sheet.Add("mail.same-house", i => people.Count == 1 ? -1 : people.Count(p => p.Organisation == people[i].Organisation && p.Inside == people[i].Inside) - 1.0);
        sheet.Add("mail.sender-mails", _ => Log(mail.View.SenderMails));
        sheet.Add("mail.reply", _ => reply);
        sheet.Add("mail.forward", _ => forward);
        sheet.Add("mail.own-length", _ => Log(mail.Text.Length.Own));
        sheet.Add("mail.quoted-length", _ => Log(mail.Text.Length.Quoted));
    }

    private static void Companies(Sheet sheet, Company company, int n)
    {
        double Others(int i, Func<int, double> of, Func<IEnumerable<double>, double> fold) => n == 1 ? -1 : fold(Enumerable.Range(0, n).Where(o => o != i).Select(of));
        double Like(int i, int o) => company.Together[i, o] / (Math.Min(company.Seen[i], company.Seen[o]) + 1);
        sheet.AddWithOthers("company.strangers", i => Others(i, o => company.Together[i, o] > 0 ? 0 : 1, Enumerable.Average));
        sheet.AddWithOthers("company.strangers-of-mine", i => Others(i, o => company.TogetherWithSender[i, o] > 0 ? 0 : 1, Enumerable.Average));
        sheet.Add("company.houses-strange", i => Others(i, o => company.Houses[i, o] ? 0 : 1, Enumerable.Average));
        sheet.Add("company.most", i => Others(i, o => Log(company.Together[i, o]), Enumerable.Max));
        sheet.Add("company.mean", i => Others(i, o => Log(company.Together[i, o]), Enumerable.Average));
        sheet.AddWithOthers("company.like", i => Others(i, o => Like(i, o), Enumerable.Average));
        sheet.AddWithOthers("company.most-like", i => Others(i, o => Like(i, o), Enumerable.Max));
        sheet.AddWithOthers("company.mine", i => Others(i, o => Log(company.TogetherWithSender[i, o]), Enumerable.Average));
        var apart = 0;
        for (var p = 0; p < n; p++)
        {
            for (var q = 0; q < p; q++)
            {
                apart += company.Together[p, q] > 0 ? 0 : 1;
            }
        }

        // How much of the disunity goes when he does.
        sheet.Add("company.apart-without", i => n < 3 ? -1 : (apart - Enumerable.Range(0, n).Count(o => o != i && company.Together[i, o] <= 0)) / ((n - 1) * (n - 2) / 2.0));
        sheet.Add("company.seen", i => Log(company.Seen[i]));
        sheet.AddWithOthers("company.set-without", i => Log(company.WithoutHim[i]));
        sheet.Add("company.set", _ => Log(company.All));
        sheet.AddWithOthers("company.best-with", i => company.BestWith[i]);
        sheet.AddWithOthers("company.best-without", i => company.BestWithout[i]);
    }

    private static void Thread(BelongingMail mail, Sheet sheet)
    {
        var thread = mail.View.Thread;
        double Share(int i) => thread is null ? -1 : thread.People.GetValueOrDefault(mail.People[i].Key) / (double)Math.Max(1, thread.Mails);
        sheet.Add("thread.mails", _ => Log(thread?.Mails ?? 0));
        sheet.Add("thread.by-reference", _ => thread is { ByReference: true } ? 1 : 0);
        sheet.AddWithOthers("thread.share", Share);
        sheet.Add("thread.others-in", i => thread is null || mail.People.Count == 1 ? -1 : Enumerable.Range(0, mail.People.Count).Where(o => o != i).Average(o => Share(o) > 0 ? 1.0 : 0));
    }

    private static void Texts(BelongingMail mail, Sheet sheet, PersonWords[] words)
    {
        var found = words.Select(w => w.In(mail.Text)).ToArray();
        var greeted = words.Select(w => w.Greeted(mail.Text.Greeting, 1) ? 2.0 : w.Greeted(mail.Text.Greeting, 5) ? 1.0 : 0).ToArray();
        sheet.AddWithOthers("text.greeted", i => greeted[i]);
        foreach (var (name, place) in _places)
        {
            sheet.Add("text.whole-" + name, i => (found[i].Whole & place) != 0 ? 1 : 0);
            sheet.Add("text.last-" + name, i => (found[i].Last & place) != 0 ? 1 : 0);
            sheet.Add("text.part-" + name, i => (found[i].Part & place) != 0 ? 1 : 0);
        }

        sheet.AddWithOthers("text.named", i => Named(found[i]) + greeted[i]);
    }

    private static readonly (string, TextPlace)[] _places =
        [("greeting", TextPlace.Greeting), ("own", TextPlace.Own), ("top", TextPlace.QuoteTop), ("head", TextPlace.QuoteHead), ("quote", TextPlace.Quote), ("subject", TextPlace.Subject)];

    private static double Named((TextPlace Whole, TextPlace Part, TextPlace Last) found)
        => ((found.Whole & TextPlace.QuoteTop) != 0 ? 3 : 0) + (found.Whole != 0 ? 2 : 0) + (found.Last != 0 ? 1 : 0) + (found.Part != 0 ? 0.5 : 0);

    private static double Log(double count) => Math.Log(1 + count);

    /// <summary>Logarithm of the days since; never: as if ten years ago.</summary>
    private static double Days(DateTimeOffset? then, DateTimeOffset now) => then is { } t ? Log(Math.Max(0, (now - t).TotalDays)) : Log(3650);

    /// <summary>Columns as they come, each named once.</summary>
    private sealed class Sheet(int people)
    {
        private readonly List<float[]> _columns = [];

        public List<string> Names { get; } = [];

        public void Add(string name, Func<int, double> of)
        {
            var column = new float[people];
            for (var i = 0; i < people; i++)
            {
                column[i] = (float)of(i);
            }

            Names.Add(name);
            _columns.Add(column);
        }

        /// <summary>Also how far he is above the least and the most of the others; both 0 where he is alone.</summary>
        public void AddWithOthers(string name, Func<int, double> of)
        {
            Add(name, of);
            var own = _columns[^1];
            Add(name + "/most", i => people == 1 ? 0 : own[i] - own.Where((_, o) => o != i).Max());
            Add(name + "/least", i => people == 1 ? 0 : own[i] - own.Where((_, o) => o != i).Min());
        }

        public float[][] Rows()
        {
            var rows = new float[people][];
            for (var i = 0; i < people; i++)
            {
                rows[i] = new float[_columns.Count];
                for (var c = 0; c < _columns.Count; c++)
                {
                    rows[i][c] = _columns[c][i];
                }
            }

            return rows;
        }
    }
}
