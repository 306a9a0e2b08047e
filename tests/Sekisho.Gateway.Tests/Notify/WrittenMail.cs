using System.Text;
using Sekisho.Gateway.Notify;
using Sekisho.Mime;

namespace Sekisho.Gateway.Tests.Notify;

/// <summary>A mail the gateway wrote, read back the way any client would, with the checks every one of them must pass.</summary>
internal sealed class WrittenMail
{
    private readonly ComposedMail _mail;

    public WrittenMail(ComposedMail mail)
    {
        _mail = mail;
        Raw = Encoding.UTF8.GetString(mail.Bytes.Span);
        Message = MimeMessage.Parse(mail.Bytes);

        Assert.Empty(Message.Defects);
        Assert.Equal(mail.EightBit, mail.Bytes.Span.ContainsAnyExceptInRange((byte)0, (byte)127));
        Assert.DoesNotContain('\0', Raw);
        Assert.EndsWith("\r\n", Raw);
        Assert.All(Raw.Split("\r\n"), line =>
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) <= 998);
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
        });
        foreach (var once in new[] { "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type" })
        {
            Assert.Single(Message.Headers.All(once));
        }

        Assert.Equal($"<{mail.MessageId}>", Message.Headers.First("Message-ID")!.Unfolded);
        Assert.Equal(mail.To, Message.Headers.Addresses("To").Mailboxes.Select(m => m.Address?.ToString() ?? "?"));
        Assert.Equal(mail.Subject, Message.Headers.First("Subject")!.Decoded);
    }

    public string Raw { get; }

    public MimeMessage Message { get; }

    public string Header(string name) => Message.Headers.First(name)?.Decoded ?? "";

    public IReadOnlyList<string> FieldNames => [.. Message.Headers.Select(h => h.Name)];

    public IReadOnlyList<MimeEntity> Parts => Message.Root.Children;

    public string Text => Parts.First(p => p.MediaType == "text/plain").ReadText().Text;

    public string Html => Parts.First(p => p.MediaType == "text/html").ReadText().Text;

    public string BodyOf(MimeEntity part) => Encoding.UTF8.GetString(Message.Bytes.Span.Slice(part.Body.Offset, part.Body.Length));
}
