using Sekisho.Gateway.Inspect;
using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;

namespace Sekisho.Incidents.Tests;

/// <summary>The engine with real tools and the shipped policy, without SMTP and a store.</summary>
internal sealed class EngineRoom : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2024, 6, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly InspectionRoom _room = new(SekishoConfig.Default, TimeProvider.System);
    private readonly Organisation _organisation = new([]);
    private int _number;

    /// <summary>What was found in the mail decided last.</summary>
    public IReadOnlyList<Finding> LastFindings { get; private set; } = [];

    /// <summary>What the gateway would decide about one mail.</summary>
    public PolicyDecision Decide(ReenactedMessage mail, ICorrespondence history, IRecentMail recent)
    {
        var input = new InspectionInput
        {
            Message = MimeMessage.Parse(mail.Build()), MailFrom = mail.MailFrom, Recipients = mail.Recipients, Id = $"s{++_number}", ReceivedAt = s_now.AddSeconds(_number),
        };
        var result = _room.Engine.Inspect(input, _organisation.ForSender(mail.MailFrom), history, recent, PolicySet.Shipped.Settings, CancellationToken.None);
        LastFindings = result.Findings;
        return PolicySet.Shipped.Decide(result, input);
    }

    public void Dispose() => _room.Dispose();

    /// <summary>People who were introduced to each other, mail by mail.</summary>
    internal sealed class Met(IReadOnlyList<ReenactedMessage> before) : ICorrespondence
    {
        public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
            => addressKeys.Select(k => (Key: k, Ids: (IReadOnlyList<long>)[.. before.Select((m, i) => (m, Id: i + 1L)).Where(x => x.m.Recipients.Contains(k, StringComparer.OrdinalIgnoreCase)).Select(x => x.Id)]))
                .Where(x => x.Ids.Count > 0).ToDictionary(x => x.Key, x => x.Ids, StringComparer.OrdinalIgnoreCase);
    }
}
