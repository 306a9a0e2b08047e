using System.Text;
using System.Text.Json;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>A delivery that a rule stopped, or that waits.</summary>
internal sealed record SeenDelivery(long Id, DeliveryState State, PolicyAction Action, bool Halted, IReadOnlyList<string> Rules)
{
    public bool Waits => State is DeliveryState.Held or DeliveryState.Approval or DeliveryState.Refused;
}

/// <summary>One mail as the store has it now.</summary>
internal sealed class SeenMail
{
    private static readonly Query s_mail = new("""
        SELECT s.id, s.received_at, s.origin, s.mail_from, s.subject, s.size, s.inspected_at, f.json
        FROM submission s LEFT JOIN finding f ON f.submission = s.n WHERE s.n = ?
        """);

    private static readonly Query s_recipients = new("SELECT address, delivery, action, outcome FROM recipient WHERE submission = ? ORDER BY ordinal");

    private static readonly Query s_delivery = new("SELECT state, action, stopped, rules FROM delivery WHERE n = ?");

    public required long Number { get; init; }
    public required string Id { get; init; }
    public required long At { get; init; }
    public required bool Own { get; init; }
    public required string Sender { get; init; }
    public required string Subject { get; init; }
    public required long Size { get; init; }
    public required bool Inspected { get; init; }

    /// <summary>Rules that found something, gravest first.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    public int Recipients { get; private set; }

    public string First { get; private set; } = "";

    /// <summary>The recipients' lines, as many as go into the block.</summary>
    public byte[] RecipientText { get; private set; } = [];

    /// <summary>The other recipients' lines, in parts.</summary>
    public List<byte[]> More { get; } = [];

    public MailState State { get; private set; }

    public PolicyAction Action { get; private set; }

    /// <summary>Deliveries with rules on them.</summary>
    public List<SeenDelivery> Deliveries { get; } = [];

    /// <summary>Reads a mail; null when the store does not have it.</summary>
    public static SeenMail? Read(SqliteDatabase store, long number)
    {
        var row = store[s_mail].Add(number);
        if (!row.Step())
        {
            return null;
        }

        var mail = new SeenMail
        {
            Number = number,
            Id = row.Text(0),
            At = row.Int64(1),
            Own = row.Int32(2) == (int)SubmissionOrigin.Gateway,
            Sender = row.Text(3),
            Subject = row.Text(4),
            Size = row.Int64(5),
            Inspected = !row.IsNull(6),
            Rules = row.IsNull(7) ? [] : FoundRules(row.Bytes(7)),
        };
        row.Reset();
        mail.ReadRecipients(store);
        return mail;
    }

    private void ReadRecipients(SqliteDatabase store)
    {
        var states = 0;
        var outcomes = 0;
        var block = new StringBuilder();
        var part = new StringBuilder();
        var inBlock = 0;
        long known = -1;
        var rows = store[s_recipients].Add(Number);
        while (rows.Step())
        {
            var address = rows.Text(0);
            First = Recipients++ == 0 ? address : First;
            Action = (PolicyAction)Math.Max((int)Action, rows.Int32(2));
            outcomes |= 1 << rows.Int32(3);
            if (rows.Int64(1) is var id && id != known)
            {
                known = id;
                states |= 1 << (int)ReadDelivery(store, id);
            }

            var line = BlockText.Fold(address.Length > MailText.MaxAddress ? address[..MailText.MaxAddress] : address) + "\n";
            var size = Encoding.UTF8.GetByteCount(line);
            if (part.Length == 0 && inBlock + size <= MailText.MaxInBlock)
            {
                inBlock += size;
                block.Append(line);
                continue;
            }

            if (part.Length > 0 && (part.Length * 3) + size > MailText.MaxPart)
            {
                More.Add(BlockText.Bytes(part.ToString()));
                part.Clear();
                // From here on nothing goes into the block again, or a later address would stand before an earlier one.
                inBlock = MailText.MaxInBlock + 1;
            }

            part.Append(line);
        }

        if (part.Length > 0)
        {
            More.Add(BlockText.Bytes(part.ToString()));
        }

        RecipientText = BlockText.Bytes(block.ToString());
        State = Stand(states, outcomes);
    }

    private DeliveryState ReadDelivery(SqliteDatabase store, long id)
    {
        var row = store[s_delivery].Add(id);
        if (!row.Step())
        {
            return DeliveryState.Done;
        }

        var state = (DeliveryState)row.Int32(0);
        if (!row.IsNull(3))
        {
            var rules = JsonSerializer.Deserialize(row.Bytes(3), StoredJson.Readable.IReadOnlyListString) ?? [];
            Deliveries.Add(new SeenDelivery(id, state, (PolicyAction)row.Int32(1), row.Bool(2), rules));
        }

        row.Reset();
        return state;
    }

    /// <summary>The gravest that is still open; when nothing is, how it ended. A recipient who was struck off by a decision does not keep a mail from being delivered.</summary>
    private static MailState Stand(int states, int outcomes)
    {
        bool Any(DeliveryState state) => (states & (1 << (int)state)) != 0;
        bool Ended(Outcome outcome) => (outcomes & (1 << (int)outcome)) != 0;
        return Any(DeliveryState.Inspecting) ? MailState.Inspecting
            : Any(DeliveryState.Refused) ? MailState.Refused
            : Any(DeliveryState.Approval) ? MailState.Approval
            : Any(DeliveryState.Held) ? MailState.Held
            : Any(DeliveryState.Ready) ? MailState.OnTheWay
            : Ended(Outcome.Bounced) || Ended(Outcome.Expired) ? MailState.Failed
            : Ended(Outcome.Delivered) ? MailState.Delivered
            : MailState.Cancelled;
    }

    /// <summary>Names and gravity alone are read of the findings; their evidence may be long.</summary>
    private static List<string> FoundRules(ReadOnlySpan<byte> json)
    {
        var found = new List<(string Rule, Severity Severity)>();
        var reader = new Utf8JsonReader(json);
        var rule = "";
        var severity = Severity.Info;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.StartObject)
            {
                (rule, severity) = ("", Severity.Info);
            }
            else if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.EndObject)
            {
                found.Add((rule, severity));
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var isRule = reader.ValueTextEquals("rule"u8);
                var isSeverity = !isRule && reader.ValueTextEquals("severity"u8);
                reader.Read();
                if (isRule)
                {
                    rule = reader.GetString() ?? "";
                }
                else if (isSeverity)
                {
                    severity = Enum.TryParse<Severity>(reader.GetString(), ignoreCase: true, out var known) ? known : Severity.Info;
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return [.. found.OrderByDescending(one => one.Severity).Select(one => one.Rule).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}
