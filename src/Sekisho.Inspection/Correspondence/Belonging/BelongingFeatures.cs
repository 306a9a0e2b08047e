using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What the model weighs about each recipient. The order is the model's: a change here needs a newly trained one.</summary>
internal static class BelongingFeatures
{
    private const int MaxFeatures = 256;

    private const int MaxLogs = 1024;

    private static readonly double[] _logs = [.. Enumerable.Range(0, MaxLogs).Select(i => Math.Log(1.0 + i))];

    private static readonly Lazy<Layout> _layout = new(Describe);

    /// <summary>Names of the features, by family: <c>habit.</c>, <c>house.</c>, <c>mail.</c>, <c>company.</c>, <c>thread.</c> and <c>text.</c>.</summary>
    public static IReadOnlyList<string> Names => _layout.Value.Names;

    /// <summary>One row for each of the people, in <see cref="Names"/>' order.</summary>
    public static float[][] Of(BelongingMail mail)
    {
        var sheet = new Sheet(mail.People.Count, Names.Count, layout: null);
        Fill(mail, sheet);
        sheet.Compare(_layout.Value.Compared);
        return sheet.Rows;
    }

    private static Layout Describe()
    {
        var nobody = new BelongingMail(EmailAddress.TryParse("a@b", out var address) ? [new BelongingPerson(address, false, "b")] : [], new CorrespondenceQuestion("s@b", ["a@b"], DateTimeOffset.UnixEpoch), CorrespondenceView.Nothing,
            NamedInText.Of(new MessageFacts { Message = MimeMessage.Parse("\r\n"u8.ToArray()), Recipients = [] }), "", 1);
        var layout = new Layout([], []);
        Fill(nobody, new Sheet(1, MaxFeatures, layout));
        return layout;
    }

    private static void Fill(BelongingMail mail, Sheet sheet)
    {
        var company = Company.Of(mail);
        var whole = new Whole(mail, company);
        for (var i = 0; i < mail.People.Count; i++)
        {
            sheet.Begin(i);
            var contact = mail.View.Contacts.GetValueOrDefault(mail.People[i].Key);
            Habits(mail, sheet, contact, company, i);
            Mail(mail, sheet, whole, i);
            Companies(sheet, company, whole, i);
            Thread(mail, sheet, whole, i);
            Texts(mail, sheet, contact, i);
        }
    }

    private static void Habits(BelongingMail mail, Sheet sheet, Contact? contact, Company company, int i)
    {
        var at = mail.Question.At;
        sheet.Add("habit.mails", Log(contact?.BySender ?? 0));
        sheet.AddWithOthers("habit.weight", Log(contact?.WeightBySender ?? 0));
        sheet.Add("habit.share", (contact?.BySender ?? 0) / (mail.View.SenderMails + 1.0));
        sheet.AddWithOthers("habit.recency", -Days(contact?.LastBySender, at));
        sheet.Add("habit.fading", contact is { BySender: > 0 } ? contact.WeightBySender / contact.BySender : 0);
        sheet.Add("habit.known", contact is null ? 0 : 1);
        sheet.AddWithOthers("habit.with", Log(company.SeenWithSender[i]));
        sheet.AddWithOthers("habit.with-recency", -Days(company.LastWithSender[i] == 0 ? null : new DateTimeOffset(company.LastWithSender[i], TimeSpan.Zero), at));
        sheet.AddWithOthers("habit.alone", company.AloneWithSender[i] / (company.SeenWithSender[i] + 1));
        sheet.Add("house.mails", Log(contact?.Mails ?? 0));
        sheet.AddWithOthers("house.weight", Log(contact?.Weight ?? 0));
        sheet.Add("house.mine", contact is { Mails: > 0 } ? (double)contact.BySender / contact.Mails : 0);
        sheet.Add("house.recency", -Days(contact?.LastAt, at));
        sheet.Add("house.age", Days(contact?.FirstAt, at));
        sheet.Add("house.written", Log(contact?.Written ?? 0));
    }

    private static void Mail(BelongingMail mail, Sheet sheet, Whole whole, int i)
    {
        var (people, one, outside) = (mail.People, mail.People[i], whole.Outside);
        sheet.Add("mail.people", Log(mail.Total));
        sheet.Add("mail.outside", (double)outside / people.Count);
        sheet.Add("mail.is-outside", one.Inside ? 0 : 1);
        sheet.Add("mail.odd-one", !one.Inside && outside == 1 && people.Count > 1 ? 1 : one.Inside && outside == people.Count - 1 && people.Count > 1 ? -1 : 0);
        sheet.Add("mail.same-house", people.Count == 1 ? -1 : SameHouse(people, one) - 1.0);
        sheet.Add("mail.sender-mails", Log(mail.View.SenderMails));
        sheet.Add("mail.reply", mail.Subject.StartsWith("re:", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        sheet.Add("mail.forward", mail.Subject.StartsWith("fw", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        sheet.Add("mail.own-length", Log(mail.Text.Length.Own));
        sheet.Add("mail.quoted-length", Log(mail.Text.Length.Quoted));
    }

    private static void Companies(Sheet sheet, Company company, Whole whole, int i)
    {
        var n = whole.Shares.Length;
        var (strangers, strangersOfMine, housesStrange, together, likes, mine) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var (most, mostLike) = n == 1 ? (-1.0, -1.0) : (double.NegativeInfinity, double.NegativeInfinity);
        for (var o = 0; o < n; o++)
        {
            if (o == i)
            {
                continue;
            }

            var (times, withMe) = (company.Together[(i * n) + o], company.TogetherWithSender[(i * n) + o]);
            var (log, like) = (Log(times), times / (Math.Min(company.Seen[i], company.Seen[o]) + 1));
            strangers += times > 0 ? 0 : 1;
            strangersOfMine += withMe > 0 ? 0 : 1;
            housesStrange += company.HaveMet(i, o) ? 0 : 1;
            together += log;
            likes += like;
            mine += Log(withMe);
            (most, mostLike) = (Math.Max(most, log), Math.Max(mostLike, like));
        }

        // The mean over the others; -1 where he is alone.
        double Mean(double sum) => n == 1 ? -1 : sum / (n - 1);
        sheet.AddWithOthers("company.strangers", Mean(strangers));
        sheet.AddWithOthers("company.strangers-of-mine", Mean(strangersOfMine));
        sheet.Add("company.houses-strange", Mean(housesStrange));
        sheet.Add("company.most", most);
        sheet.Add("company.mean", Mean(together));
        sheet.AddWithOthers("company.like", Mean(likes));
        sheet.AddWithOthers("company.most-like", mostLike);
        sheet.AddWithOthers("company.mine", Mean(mine));

        // How much of the disunity goes when he does.
        sheet.Add("company.apart-without", n < 3 ? -1 : (whole.Apart - strangers) / ((n - 1) * (n - 2) / 2.0));
        sheet.Add("company.seen", Log(company.Seen[i]));
        sheet.AddWithOthers("company.set-without", Log(company.WithoutHim[i]));
        sheet.Add("company.set", Log(company.All));
        sheet.AddWithOthers("company.best-with", company.BestWith[i]);
        sheet.AddWithOthers("company.best-without", company.BestWithout[i]);
    }

    private static int SameHouse(IReadOnlyList<BelongingPerson> people, BelongingPerson of)
    {
        var same = 0;
        for (var i = 0; i < people.Count; i++)
        {
            same += people[i].Inside == of.Inside && people[i].Organisation == of.Organisation ? 1 : 0;
        }

        return same;
    }

    private static void Thread(BelongingMail mail, Sheet sheet, Whole whole, int i)
    {
        var thread = mail.View.Thread;
        var others = whole.InThread - (whole.Shares[i] > 0 ? 1 : 0);
        sheet.Add("thread.mails", Log(thread?.Mails ?? 0));
        sheet.Add("thread.by-reference", thread is { ByReference: true } ? 1 : 0);
        sheet.AddWithOthers("thread.share", whole.Shares[i]);
        sheet.Add("thread.others-in", thread is null || whole.Shares.Length == 1 ? -1 : others / (whole.Shares.Length - 1.0));
    }

    private static void Texts(BelongingMail mail, Sheet sheet, Contact? contact, int i)
    {
        var called = mail.People[i].CalledIn(mail.Text, contact?.Names ?? []);
        sheet.AddWithOthers("text.greeted", called.Greeted);
        foreach (var (whole, last, part, place) in _places)
        {
            sheet.Add(whole, (called.Whole & place) != 0 ? 1 : 0);
            sheet.Add(last, (called.Last & place) != 0 ? 1 : 0);
            sheet.Add(part, (called.Part & place) != 0 ? 1 : 0);
        }

        sheet.AddWithOthers("text.named", Named(called) + called.Greeted);
    }

    private static readonly (string Whole, string Last, string Part, TextPlace Place)[] _places = Array.ConvertAll<(string Name, TextPlace Place), (string, string, string, TextPlace)>(
        [("greeting", TextPlace.Greeting), ("own", TextPlace.Own), ("top", TextPlace.QuoteTop), ("head", TextPlace.QuoteHead), ("quote", TextPlace.Quote), ("subject", TextPlace.Subject)],
        p => ("text.whole-" + p.Name, "text.last-" + p.Name, "text.part-" + p.Name, p.Place));

    private static double Named(Called found)
        => ((found.Whole & TextPlace.QuoteTop) != 0 ? 3 : 0) + (found.Whole != 0 ? 2 : 0) + (found.Last != 0 ? 1 : 0) + (found.Part != 0 ? 0.5 : 0);

    /// <summary>Small whole numbers, as most are, have theirs worked out.</summary>
    private static double Log(double count) => count is >= 0 and < MaxLogs && (int)count is var whole && whole == count ? _logs[whole] : Math.Log(1 + count);

    /// <summary>Logarithm of the days since; never: as if ten years ago.</summary>
    private static double Days(DateTimeOffset? then, DateTimeOffset now) => then is { } t ? Log(Math.Max(0, (now - t).TotalDays)) : Log(3650);

    /// <summary>What is the same for all the people of a mail, or asked of each by every other.</summary>
    private sealed class Whole
    {
        public Whole(BelongingMail mail, Company company)
        {
            var (n, thread) = (mail.People.Count, mail.View.Thread);
            Shares = new double[n];
            for (var i = 0; i < n; i++)
            {
                Outside += mail.People[i].Inside ? 0 : 1;
                Shares[i] = thread is null ? -1 : thread.People.GetValueOrDefault(mail.People[i].Key) / (double)Math.Max(1, thread.Mails);
                InThread += Shares[i] > 0 ? 1 : 0;
                for (var o = 0; o < i; o++)
                {
                    Apart += company.Together[(i * n) + o] > 0 ? 0 : 1;
                }
            }
        }

        /// <summary>How many are outside.</summary>
        public int Outside { get; }

        /// <summary>On which share of the thread's mails each was; -1 where there is no thread.</summary>
        public double[] Shares { get; }

        /// <summary>How many were on any.</summary>
        public int InThread { get; }

        /// <summary>Pairs who were never together.</summary>
        public int Apart { get; }
    }

    /// <summary>The features' names, and which of them are followed by how far one is above the others.</summary>
    private sealed record Layout(List<string> Names, List<int> Compared);

    /// <summary>A row for each of the people. The layout is only told where somebody lists it: a mail's sheet has none.</summary>
    private sealed class Sheet
    {
        private readonly Layout? _layout;
        private float[] _row = [];
        private int _column;

        public Sheet(int people, int width, Layout? layout)
        {
            _layout = layout;
            Rows = new float[people][];
            for (var i = 0; i < people; i++)
            {
                Rows[i] = new float[width];
            }
        }

        public float[][] Rows { get; }

        public void Begin(int row) => (_row, _column) = (Rows[row], 0);

        public void Add(string name, double value)
        {
            _row[_column++] = (float)value;
            _layout?.Names.Add(name);
        }

        /// <summary>Also how far he is above the most and the least of the others, which <see cref="Compare"/> fills in; both 0 where he is alone.</summary>
        public void AddWithOthers(string name, double value)
        {
            _layout?.Compared.Add(_column);
            Add(name, value);
            _column += 2;
            _layout?.Names.Add(name + "/most");
            _layout?.Names.Add(name + "/least");
        }

        /// <summary>Compares each with the others, when all rows are filled.</summary>
        public void Compare(List<int> columns)
        {
            if (Rows.Length == 1)
            {
                return;
            }

            foreach (var own in columns)
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
        }
    }
}
