namespace Sekisho.Inspection;

/// <summary>What people read about look-alikes.</summary>
internal static class LookalikeWording
{
    /// <summary>The sentence about the gravest, and how many more there are.</summary>
    public static Summary Say(IReadOnlyList<Lookalike> all)
    {
        var first = all[0];
        var (typed, meant, domain) = (Wording.Safe(Skeleton.SeenAddress(first.Typed.Key)), Wording.Safe(first.Meant), Wording.Safe(first.MeantDomain));
        var (en, ja) = One(first, typed, meant, domain);
        if (all.Count > 1)
        {
            en += $" {Wording.Count(all.Count - 1, "more recipient looks", "more recipients look")} like another's address.";
            ja += $"ほかに{Wording.Number(all.Count - 1)}件、似た宛先があります。";
        }

        return new Summary(en, ja);
    }

    /// <summary><c>suzuki@gmial.com → suzuki@gmail.com (34)</c>: what it is, what was perhaps meant, and how often that was written to.</summary>
    public static string Line(Lookalike one)
        => $"{Skeleton.SeenAddress(one.Typed.Key)} → {one.Meant}{(one.RivalMails > 0 ? $" ({Wording.Number(one.RivalMails)})" : "")}";

    private static (string En, string Ja) One(Lookalike one, string typed, string meant, string domain)
    {
        if (one.ImitatesUs)
        {
            return ($"{typed} looks like one of your own addresses ({domain}) but is outside: did you mean {meant}?", $"{typed} は自社のドメイン（{domain}）に似ていますが、社外の宛先です。{meant} ではありませんか？");
        }

        var times = one.RivalMails > 0 ? $", written to {Wording.Count(one.RivalMails, "time", "times")}" : "";
        var timesJa = one.RivalMails > 0 ? $"（これまで{Wording.Number(one.RivalMails)}通）" : "";
        var (far, farJa) = one.Distance switch { <= 1 => ("one letter", "一文字違い"), 2 => ("two letters", "二文字違い"), _ => ("a few letters", "数文字違い") };
        return one.Kind switch
        {
            AlikeKind.Freemail or AlikeKind.Domain => ($"{typed} is {far} from {domain}: did you mean {meant}?", $"{typed} は {domain} と{farJa}です。{meant} ではありませんか？"),
            AlikeKind.Tld => ($"{typed} ends otherwise than {domain}: did you mean {meant}?", $"{typed} は {domain} と末尾が違います。{meant} ではありませんか？"),
            AlikeKind.Homoglyph => ($"{typed} looks like {meant} but is written with other characters: did you mean {meant}?", $"{typed} は {meant} と見た目が似た別の文字で書かれています。{meant} ではありませんか？"),
            AlikeKind.Local => ($"{typed} is {far} from {meant}{times}: did you mean {meant}?", $"{typed} は {meant}{timesJa} と{farJa}です。{meant} ではありませんか？"),
            AlikeKind.Renamed => ($"{typed} is shown under the name of {meant}. Is it registered wrongly?", $"{typed} が {meant} の方の名前で表示されています。アドレス帳の登録を確かめてください。"),
            _ => ($"{typed} has the name of {meant}{times}: did you mean {meant}?", $"{typed} は {meant}{timesJa} の方と同じ名前です。{meant} ではありませんか？"),
        };
    }
}
