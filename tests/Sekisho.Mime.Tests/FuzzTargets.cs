using System.Text;

namespace Sekisho.Mime.Tests;

/// <summary>
/// Entry points for a fuzzer: any bytes may come in, an exception going out is the finding. Each also checks what must hold of the result.
/// </summary>
public static class FuzzTargets
{
    /// <summary>Reads everything there is to read of a message.</summary>
    public static void ReadMessage(ReadOnlySpan<byte> data)
    {
        var message = MimeMessage.Parse(data.ToArray());
        Check(message.Defects.Count <= 1_000, "more defects than the limit");
        var entities = 0;
        foreach (var entity in message.Entities())
        {
            Check(++entities <= 10_000, "more entities than the limit");
            var length = entity.Message.Bytes.Length;
            Inside(entity.Body, length);
            Inside(entity.Preamble, length);
            Inside(entity.Epilogue, length);
            ReadHeader(entity, length);
            _ = entity.Parameters.Count + (entity.FileName?.Length ?? 0) + (entity.Disposition?.Length ?? 0);
            Check(!entity.MediaType.Any(char.IsAsciiLetterUpper), "media type in lower case");
            foreach (var child in entity.Children)
            {
                Check(child.Parent == entity, "children know their parent");
                Check(child.Message != message || entity.Message != message || child.Body.End <= entity.Body.End, "a part lies in its entity");
            }

            if (entity.Children.Count == 0)
            {
                var text = entity.ReadText(100_000);
                Check(text.Text.Length <= 100_000, "the text keeps to its limit");
                Drain(entity, length);
            }
        }

        foreach (var defect in message.Defects)
        {
            Check(defect.Offset >= 0 && defect.Offset <= data.Length, "a defect lies in the message");
            Check(!defect.Detail.Any(char.IsControl), "a defect is safe to show");
        }
    }

    /// <summary>Reads an address field with these bytes as value, and one address.</summary>
    public static void ReadAddresses(ReadOnlySpan<byte> data)
    {
        var message = MimeMessage.Parse((byte[])[.. "To: "u8, .. data, .. "\r\n\r\n"u8]);
        foreach (var field in message.Headers)
        {
            var list = AddressList.Parse(field);
            var at = 0;
            foreach (var mailbox in list.Mailboxes)
            {
                Check(mailbox.Address is not null || mailbox.Defect is not null, "a broken entry names its defect");
                Check(mailbox.Raw.Offset >= at, "entries come in order");
                Inside(mailbox.Raw, field.Value.End);
                at = mailbox.Raw.Offset;
                if (mailbox.Address is { } address)
                {
                    Check(!address.Key.Any(char.IsControl), "no control characters in an address");
                    Check(EmailAddress.TryParse(address.Key, out var again) && again.Equals(address), $"a key reads as itself: {address.Key}");
                }
            }
        }

        _ = EmailAddress.TryParse(Encoding.Latin1.GetString(data), out _);
    }

    /// <summary>Edits a message at places the data picks; what lies outside the edits must stay, and taking the additions out must give the original.</summary>
    public static void Edit(ReadOnlySpan<byte> data)
    {
        var message = MimeMessage.Parse(data.ToArray());
        var random = new Random(data.Length + (data.Length > 0 ? data[0] : 0));
        var edit = new MessageEdit(message);
        Check(edit.IsIdentity && edit.Copy().AsSpan().SequenceEqual(data), "an edit of nothing is the original");
        var removed = new List<ByteRange>();
        var added = 0;
        foreach (var field in message.Headers.Take(50))
        {
            switch (random.Next(6))
            {
                case 0:
                    edit.Remove(field);
                    removed.Add(field.Raw);
                    break;
                case 1:
                    edit.InsertBefore(field, "X-Sekisho-Test", "v"u8);
                    added++;
                    break;
                default:
                    break;
            }
        }

        edit.Prepend("X-Sekisho-Test", "v"u8);
        added++;
        var copy = edit.Copy();
        Check(edit.Length == copy.Length, "the length is known before");
        var expected = new List<byte>();
        var at = 0;
        foreach (var range in removed)
        {
            expected.AddRange(data[at..range.Offset]);
            at = range.End;
        }

        expected.AddRange(data[at..]);
        var line = message.Bytes.Span.IndexOf((byte)'\n') is var lf && (lf < 0 || (lf > 0 && data[lf - 1] == '\r')) ? "X-Sekisho-Test: v\r\n" : "X-Sekisho-Test: v\n";
        var without = Encoding.Latin1.GetString(copy);
        var count = 0;
        for (var found = without.IndexOf(line, StringComparison.Ordinal); found >= 0; found = without.IndexOf(line, StringComparison.Ordinal))
        {
            without = without.Remove(found, line.Length);
            count++;
        }

        Check(count >= added, "what was added is there");
        var original = Encoding.Latin1.GetString([.. expected]);
        Check(without == original || without == "\r\n" + original || without == "\n" + original || HasPostmark(data), "everything else is as it was");
    }

    /// <summary>Undoes each transfer encoding, read in odd pieces; the pieces must give what one read gives.</summary>
    public static void Decode(ReadOnlySpan<byte> data)
    {
        foreach (var encoding in (string[])["base64", "quoted-printable", "x-uuencode", "8bit"])
        {
            var message = MimeMessage.Parse((byte[])[.. Encoding.ASCII.GetBytes($"Content-Transfer-Encoding: {encoding}\r\n\r\n"), .. data]);
            var whole = message.Root.Decoded();
            Check(whole.Length <= data.Length, "no encoding grows");
            using var stream = message.Root.OpenDecoded();
            var pieces = new List<byte>();
            var buffer = new byte[7];
            int read;
            while ((read = stream.Read(buffer, 0, 1 + (pieces.Count % 7))) > 0)
            {
                pieces.AddRange(buffer.AsSpan(0, read));
            }

            Check(whole.AsSpan().SequenceEqual(pieces.ToArray()), "pieces make the whole");
        }
    }

    private static bool HasPostmark(ReadOnlySpan<byte> data) => data.StartsWith("From "u8);

    private static void ReadHeader(MimeEntity entity, int length)
    {
        var end = 0;
        foreach (var field in entity.Headers)
        {
            Inside(field.Raw, length);
            Check(field.Raw.Offset >= end, "fields come in order");
            Check(field.Value.Offset >= field.Raw.Offset && field.Value.End <= field.Raw.End, "a value lies in its field");
            end = field.Raw.End;
            Check(field.Decoded.Length <= (field.Value.Length * 4) + 8, "a decoded value does not grow");
        }

        foreach (var name in (string[])["From", "To", "Cc"])
        {
            foreach (var mailbox in entity.Headers.Addresses(name).Mailboxes)
            {
                Inside(mailbox.Raw, length);
            }
        }
    }

    private static void Drain(MimeEntity entity, int length)
    {
        using var stream = entity.OpenDecoded();
        var total = 0;
        Span<byte> buffer = stackalloc byte[1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            total += read;
            Check(total <= length, "no encoding grows");
        }
    }

    private static void Inside(ByteRange range, int length)
        => Check(range.Offset >= 0 && range.Length >= 0 && range.End <= length, $"{range} lies in {length}");

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("does not hold: " + what);
        }
    }
}
