using Sekisho.Policy;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Intake;

/// <summary>One session's door: who may come in, and where his mail goes.</summary>
internal sealed class SmtpReceiver(IntakeServices services, ListenerConfig listener) : ISmtpReceiver
{
    private const int InlineBytes = 64 * 1024;

    /// <summary>What an unknown name's password is compared with.</summary>
    private static readonly Lazy<string> s_nobody = new(() => PasswordHash.Create(Guid.NewGuid().ToString()));

    private readonly Networks _allowed = new(listener.AllowFrom);

    /// <inheritdoc/>
    public ValueTask<SmtpReply?> ConnectAsync(SmtpSessionInfo session, CancellationToken cancel)
    {
        if (!_allowed.IsEmpty && !_allowed.Contains(session.RemoteEndPoint?.Address))
        {
            return ValueTask.FromResult<SmtpReply?>(new SmtpReply(554, "5.7.1", $"{session.RemoteEndPoint?.Address} may not send mail here"));
        }

        return ValueTask.FromResult<SmtpReply?>(null);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> AuthenticateAsync(SmtpSessionInfo session, string user, string password, CancellationToken cancel)
    {
        var known = services.Live.Current.Config.Users.FirstOrDefault(u => string.Equals(u.Address, user, StringComparison.OrdinalIgnoreCase));
        // The slow hash is computed off the session's thread, and for unknown names too: the time must not tell them apart.
        return await Task.Run(() => PasswordHash.Verify(password, known?.PasswordHash ?? s_nobody.Value), cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<SmtpReply?> MailAsync(SmtpSessionInfo session, SmtpMailFrom from, CancellationToken cancel)
        => ValueTask.FromResult(services.Gate.Refusal(services.Live.Current.Config.Limits));

    /// <inheritdoc/>
    public ValueTask<SmtpReply?> RecipientAsync(SmtpSessionInfo session, SmtpRecipient recipient, CancellationToken cancel)
        => ValueTask.FromResult<SmtpReply?>(null);

    /// <inheritdoc/>
    public ValueTask<ISmtpMessageSink> OpenMessageAsync(SmtpSessionInfo session, SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients, CancellationToken cancel)
    {
        var limits = services.Live.Current.Config.Limits;
        ISmtpMessageSink sink = listener.Observe
            ? new ObserveSink(services, recipients)
            : new MessageSink(services.Store, new IntakeSettings(InlineBytes, limits.Hops), () => Head(session, from, recipients), services.AcceptAsync);
        return ValueTask.FromResult(sink);
    }

    private SubmissionHead Head(SmtpSessionInfo session, SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients)
    {
        var now = services.Time.GetUtcNow();
        return new SubmissionHead(new NewSubmission
        {
            Id = SubmissionId.New(now),
            Origin = SubmissionOrigin.Smtp,
            ReceivedAt = now,
            MailFrom = from.Address,
            Recipients = Distinct(recipients),
            Body = new StoredBody(default, SpoolName: null),
            Size = 0,
            Digest = "",
            EightBit = from.EightBit,
            SmtpUtf8 = from.SmtpUtf8,
            Ret = from.Ret,
            EnvelopeId = from.EnvelopeId,
            Client = $"{session.Helo} ([{session.RemoteEndPoint?.Address}]){(session.IsTls ? " TLS" : "")}",
            User = session.User,
        });
    }

    /// <summary>The same address twice in one envelope gets one copy, as mail servers do; the first one's parameters count.</summary>
    private static List<StoredRecipient> Distinct(IReadOnlyList<SmtpRecipient> recipients)
    {
        var seen = new HashSet<string>(recipients.Count, StringComparer.Ordinal);
        var distinct = new List<StoredRecipient>(recipients.Count);
        foreach (var recipient in recipients)
        {
            if (seen.Add(recipient.Address))
            {
                distinct.Add(new StoredRecipient(distinct.Count, recipient.Address, recipient.Notify, recipient.OriginalRecipient));
            }
        }

        return distinct;
    }
}

/// <summary>What every door shares.</summary>
internal sealed record IntakeServices(IStore Store, LiveConfig Live, IntakeGate Gate, TimeProvider Time, Func<NewSubmission, Task> AcceptAsync, Action<string> Say);
