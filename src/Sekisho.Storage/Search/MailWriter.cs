using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>Writes what the mails of one batch are now: row, slot, text, and the change of the figures.</summary>
internal sealed class MailWriter(SqliteDatabase index, Dictionaries dictionaries, long head)
{
    /// <summary>Characters of a subject that a list shows.</summary>
    private const int MaxShown = 500;

    private static readonly Query s_before = new("SELECT share, inspected, seen, waits_since, halted FROM mail WHERE n = ?");

    private static readonly Query s_put = new("""
        INSERT INTO mail VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(n) DO UPDATE SET subject = excluded.subject, state = excluded.state,
          action = excluded.action, inspected = excluded.inspected, rules = excluded.rules, seen = excluded.seen, waits_since = excluded.waits_since,
          halted = excluded.halted, share = excluded.share
        """);

    private static readonly Query s_more = new("INSERT INTO more(n, part, bytes) VALUES(?,?,?)");

    private static readonly Query s_decisions = new("SELECT delivery, kind FROM decision WHERE n = ?");

    private readonly BlockEditor _blocks = new(index);
    private readonly FigureChanges _figures = new();

    public void Write(SqliteDatabase store, long number, Touch touch)
    {
        Share? before = null;
        var inspected = false;
        var waitsSince = touch.WaitsSince;
        var halted = touch.Halted;
        var row = index[s_before].Add(number);
        if (row.Step())
        {
            if (!touch.MustRead && row.Int64(2) >= touch.Last)
            {
                // It was read when these events had happened already.
                row.Reset();
                return;
            }

            before = Share.Read(row.Bytes(0));
            inspected = row.Bool(1);
            waitsSince ??= row.NullableInt64(3);
            halted |= row.Bool(4);
            row.Reset();
        }

        if (SeenMail.Read(store, number) is not { } mail)
        {
            return;
        }

        var share = Share.Of(mail, halted, Decisions(number), dictionaries.Rule);
        _figures.Change(mail, before, share);
        Put(mail, share, waitsSince, halted);
        _blocks.Put(number, SlotOf(mail), before is null || inspected != mail.Inspected ? TextOf(mail) : null);
        for (var part = 0; before is null && part < mail.More.Count; part++)
        {
            index[s_more].Add(number).Add(part).Add(mail.More[part]).Run();
        }
    }

    /// <summary>Writes what was gathered.</summary>
    public void Finish()
    {
        _blocks.Flush();
        _figures.Write(index);
    }

    private void Put(SeenMail mail, Share share, long? waitsSince, bool halted) =>
        index[s_put].Add(mail.Number).Add(mail.Id).Add(mail.At).Add(mail.Own).Add(mail.Sender).Add(mail.Subject.Length > MaxShown ? mail.Subject[..MaxShown] : mail.Subject)
            .Add(mail.Size).Add(mail.Recipients).Add(mail.First).Add((int)mail.State).Add((int)mail.Action).Add(mail.Inspected).Add(string.Join('\n', mail.Rules))
            .Add(head).Add(waitsSince).Add(halted).Add(share.ToBytes()).Run();

    private Slot SlotOf(SeenMail mail)
    {
        var rules = 0UL;
        foreach (var rule in mail.Rules)
        {
            rules |= Slot.Bit(dictionaries.Rule(rule));
        }

        return new Slot(mail.At, rules, dictionaries.Sender(mail.Sender), mail.State, mail.Action, mail.Own, mail.More.Count > 0);
    }

    private static MailText TextOf(SeenMail mail) =>
        new(MailText.Line(mail.Sender, MailText.MaxAddress), MailText.Line(mail.Subject, MailText.MaxSubject), mail.RecipientText);

    private List<(long Delivery, string Kind)> Decisions(long number)
    {
        var decisions = new List<(long Delivery, string Kind)>();
        var rows = index[s_decisions].Add(number);
        while (rows.Step())
        {
            decisions.Add((rows.Int64(0), rows.Text(1)));
        }

        return decisions;
    }
}
