using System.Buffers;

namespace Sekisho.Smtp.Tests;

/// <summary>What one accepted message was.</summary>
internal sealed record Taken(SmtpMailFrom From, IReadOnlyList<SmtpRecipient> Recipients, byte[] Bytes)
{
    public string Text => System.Text.Encoding.Latin1.GetString(Bytes);
}

/// <summary>Keeps messages in memory; each step can be told to answer or to fail.</summary>
internal sealed class MemoryReceiver : ISmtpReceiver
{
    public List<Taken> Messages { get; } = [];

    public List<string> Calls { get; } = [];

    public int Opened { get; private set; }

    public int Completed { get; private set; }

    public int Aborted { get; private set; }

    public int Writes { get; private set; }

    public bool KeepBytes { get; init; } = true;

    public Func<SmtpReply?> OnConnect { get; init; } = () => null;

    public Func<SmtpMailFrom, SmtpReply?> OnMail { get; init; } = _ => null;

    public Func<SmtpRecipient, SmtpReply?> OnRecipient { get; init; } = _ => null;

    public Func<string, string, bool> OnAuthenticate { get; init; } = (user, password) => user == "taro" && password == "himitsu";

    public Action OnOpen { get; init; } = () => { };

    public Action<long> OnWrite { get; init; } = _ => { };

    public Func<byte[], SmtpReply> OnComplete { get; init; } = _ => new SmtpReply(250, "2.0.0", "Taken");

    public ValueTask<SmtpReply?> ConnectAsync(SmtpSessionInfo session, CancellationToken cancel) => new(OnConnect());

    public ValueTask<bool> AuthenticateAsync(SmtpSessionInfo session, string user, string password, CancellationToken cancel)
        => new(OnAuthenticate(user, password));

    public ValueTask<SmtpReply?> MailAsync(SmtpSessionInfo session, SmtpMailFrom from, CancellationToken cancel)
    {
        Calls.Add($"MAIL {from.Address}");
        return new(OnMail(from));
    }

    public ValueTask<SmtpReply?> RecipientAsync(SmtpSessionInfo session, SmtpRecipient recipient, CancellationToken cancel) => new(OnRecipient(recipient));

    public ValueTask<ISmtpMessageSink> OpenMessageAsync(
        SmtpSessionInfo session, SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients, CancellationToken cancel)
    {
        OnOpen();
        Opened++;
        return new(new Sink(this, from, recipients));
    }

    private sealed class Sink(MemoryReceiver owner, SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients) : ISmtpMessageSink
    {
        private readonly MemoryStream _bytes = new();
        private bool _ended;

        public ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel)
        {
            Assert.False(_ended, "written to after its end");
            owner.Writes++;
            owner.OnWrite(bytes.Length);
            if (owner.KeepBytes)
            {
                foreach (var memory in bytes)
                {
                    _bytes.Write(memory.Span);
                }
            }

            return default;
        }

        public ValueTask<SmtpReply> CompleteAsync(CancellationToken cancel)
        {
            Assert.False(_ended, "ended twice");
            _ended = true;
            owner.Completed++;
            var bytes = _bytes.ToArray();
            var reply = owner.OnComplete(bytes);
            if (reply.IsSuccess && owner.KeepBytes)
            {
                owner.Messages.Add(new Taken(from, recipients, bytes));
            }

            return new(reply);
        }

        public ValueTask AbortAsync()
        {
            Assert.False(_ended, "ended twice");
            _ended = true;
            owner.Aborted++;
            return default;
        }
    }
}
