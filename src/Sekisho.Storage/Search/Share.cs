using System.Buffers.Binary;
using Sekisho.Policy;

namespace Sekisho.Storage.Search;

/// <summary>What became of a rule's finding in one mail.</summary>
[Flags]
internal enum RuleFate
{
    None = 0,
    Found = 1,
    Stopped = 2,
    Overruled = 4,
    Individually = 8,
    Cancelled = 16,
    Approved = 32,
    Rejected = 64,
    Waiting = 128,
}

/// <summary>
/// What one mail adds to the figures of the hour it was received in. It follows from the mail's state and its decisions alone, whenever it is computed,
/// so that a share is taken off and put on again without ever counting a thing twice.
/// </summary>
internal sealed record Share(MailState State, PolicyAction Action, bool Inspected, IReadOnlyDictionary<long, RuleFate> Rules)
{
    public static Share Nothing { get; } = new(MailState.Inspecting, PolicyAction.Deliver, false, new Dictionary<long, RuleFate>());

    /// <param name="halted">Its sender was stopped by hand at some time: what then waited is not a rule's doing, unless the rule holds by itself.</param>
    public static Share Of(SeenMail mail, bool halted, IReadOnlyList<(long Delivery, string Kind)> decisions, Func<string, long> rule)
    {
        var fates = new Dictionary<long, RuleFate>();
        void Add(string name, RuleFate fate)
        {
            var key = rule(name);
            fates[key] = fates.GetValueOrDefault(key) | fate;
        }

        foreach (var name in mail.Rules)
        {
            Add(name, RuleFate.Found);
        }

        var byDelivery = decisions.ToLookup(decision => decision.Delivery, decision => decision.Kind);
        foreach (var delivery in mail.Deliveries)
        {
            var decided = RuleFate.None;
            foreach (var kind in byDelivery[delivery.Id])
            {
                decided |= FateOf(kind);
            }

            if (delivery.Action < PolicyAction.Hold && (halted || delivery.Halted || (!delivery.Waits && decided == RuleFate.None)))
            {
                continue;
            }

            var fate = RuleFate.Stopped | decided | (delivery.Waits ? RuleFate.Waiting : RuleFate.None);
            foreach (var name in delivery.Rules)
            {
                Add(name, fate);
            }
        }

        return new Share(mail.State, mail.Action, mail.Inspected, fates);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[3 + (Rules.Count * 9)];
        (bytes[0], bytes[1], bytes[2]) = ((byte)State, (byte)Action, Inspected ? (byte)1 : (byte)0);
        var at = 3;
        foreach (var (rule, fate) in Rules)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), rule);
            bytes[at + 8] = (byte)fate;
            at += 9;
        }

        return bytes;
    }

    public static Share Read(ReadOnlySpan<byte> bytes)
    {
        var rules = new Dictionary<long, RuleFate>();
        for (var at = 3; at < bytes.Length; at += 9)
        {
            rules[BinaryPrimitives.ReadInt64LittleEndian(bytes[at..])] = (RuleFate)bytes[at + 8];
        }

        return new Share((MailState)bytes[0], (PolicyAction)bytes[1], bytes[2] != 0, rules);
    }

    private static RuleFate FateOf(string kind) => kind switch
    {
        "release" => RuleFate.Overruled,
        "release-individually" => RuleFate.Individually,
        "cancel" => RuleFate.Cancelled,
        "approve" => RuleFate.Approved,
        "reject" or "deadline-return" => RuleFate.Rejected,
        _ => RuleFate.None,
    };
}
