using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <content>Threads: by the identifiers mails refer to, else by what they are about and whom they go to.</content>
public sealed partial class CorrespondenceMemory
{
    /// <summary>After which a thread is taken to have ended.</summary>
    private static readonly TimeSpan _threadLife = TimeSpan.FromDays(365);

    private const int MaxStrandsOfTopic = 32;

    private const ulong IdSeed = 0x5E_C1;

    private const ulong TopicSeed = 0x70_91;

    private Dictionary<ulong, Strand> _byId = [];
    private Dictionary<ulong, List<Strand>> _byTopic = [];

    private void LearnThread(LearntMail mail, Someone sender, List<Someone> got, long at)
    {
        if (mail.MessageId is null && mail.References.Count == 0 && mail.Topic.Length == 0)
        {
            return;
        }

        var topic = TopicOf(mail.Topic);
        var strand = Referred(mail.References, at) ?? (topic == 0 ? null : Akin(topic, at, sender, got));
        if (strand is null)
        {
            strand = new Strand(topic, at);
            if (topic != 0)
            {
                Remember(strand);
            }
        }

        strand.Add(sender, got, at);
        if (mail.MessageId is { } id)
        {
            _byId[IdOf(id)] = strand;
        }

        foreach (var reference in mail.References)
        {
            _byId.TryAdd(IdOf(reference), strand);
        }
    }

    private KnownThread? FindThread(CorrespondenceQuestion question, Someone? sender, List<Someone> people, long at)
    {
        List<Strand>? referred = null;
        foreach (var reference in question.References)
        {
            if (_byId.TryGetValue(IdOf(reference), out var known) && Lives(known, at) && referred?.Contains(known) != true)
            {
                (referred ??= []).Add(known);
            }
        }

        if (referred is not null)
        {
            return Tell(referred, byReference: true);
        }

        var topic = TopicOf(question.Topic);
        if (topic == 0 || !_byTopic.TryGetValue(topic, out var strands))
        {
            return null;
        }

        var akin = strands.Where(s => Lives(s, at) && IsShared(s, sender, people)).ToList();
        return akin.Count == 0 ? null : Tell(akin, byReference: false);
    }

    private KnownThread Tell(List<Strand> strands, bool byReference)
    {
        var mails = 0L;
        var people = new Dictionary<string, int>(strands[0].People.Count, StringComparer.Ordinal);
        foreach (var strand in strands)
        {
            mails += strand.Mails;
            for (var i = 0; i < strand.People.Count; i++)
            {
                var (id, times) = strand.People[i];
                CollectionsMarshal.GetValueRefOrAddDefault(people, _everybody[id].Key, out _) += times;
            }
        }

        return new KnownThread(mails, byReference, people);
    }

    /// <summary>The thread of the mail answered last, else of one before it.</summary>
    private Strand? Referred(IReadOnlyList<string> references, long at)
    {
        for (var i = references.Count - 1; i >= 0; i--)
        {
            if (_byId.TryGetValue(IdOf(references[i]), out var known) && Lives(known, at))
            {
                return known;
            }
        }

        return null;
    }

    private Strand? Akin(ulong topic, long at, Someone sender, List<Someone> got)
    {
        if (_byTopic.TryGetValue(topic, out var strands))
        {
            for (var i = strands.Count - 1; i >= 0; i--)
            {
                if (Lives(strands[i], at) && IsShared(strands[i], sender, got))
                {
                    return strands[i];
                }
            }
        }

        return null;
    }

    private static bool IsShared(Strand strand, Someone? sender, List<Someone> people)
    {
        if (sender is not null && strand.Has(sender.Id))
        {
            return true;
        }

        foreach (var one in people)
        {
            if (!one.IsOrganisation && strand.Has(one.Id))
            {
                return true;
            }
        }

        return false;
    }

    private void Remember(Strand strand)
    {
        if (!_byTopic.TryGetValue(strand.Topic, out var strands))
        {
            _byTopic.Add(strand.Topic, strands = []);
        }

        // A subject everybody uses tells nothing; the latest are enough.
        if (strands.Count == MaxStrandsOfTopic)
        {
            strands.RemoveAt(0);
        }

        strands.Add(strand);
    }

    private static bool Lives(Strand strand, long at) => at - strand.Last <= _threadLife.Ticks;

    private static ulong IdOf(string messageId) => Hash64.Of(IdSeed, messageId);

    private static ulong TopicOf(string topic) => topic.Length == 0 ? 0 : Hash64.Of(TopicSeed, topic) | 1;
}
