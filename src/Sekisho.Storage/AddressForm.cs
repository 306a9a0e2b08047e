namespace Sekisho.Storage;

/// <summary>How the correspondence keeps people's addresses.</summary>
public enum AddressForm
{
    /// <summary>In clear.</summary>
    Plain = 0,

    /// <summary>As a keyed hash; domains in clear, names not at all. The key is a file beside the database.</summary>
    Hashed = 1,
}

/// <summary>Everything the correspondence knows about one address.</summary>
/// <param name="Key">The address, or <c>@</c> and an organisation.</param>
/// <param name="FirstAt">First mail.</param>
/// <param name="LastAt">Latest mail.</param>
/// <param name="Mails">Mails he got.</param>
/// <param name="Written">Mails he wrote.</param>
/// <param name="Names">Display names used for him and how often.</param>
/// <param name="Hashed">His address stands hashed.</param>
public sealed record KnownAddress(string Key, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Mails, long Written, IReadOnlyList<KnownName> Names, bool Hashed)
{
    /// <summary>Who wrote to him, most first; at most <see cref="Most"/>. A key that stands hashed is null.</summary>
    public IReadOnlyList<KnownHabit> From { get; init; } = [];

    /// <summary>To whom he wrote, most first; at most <see cref="Most"/>.</summary>
    public IReadOnlyList<KnownHabit> To { get; init; } = [];

    /// <summary>Sets of people he was in, latest first; at most <see cref="Most"/>.</summary>
    public IReadOnlyList<KnownSet> Gatherings { get; init; } = [];

    /// <summary>How many sets there are.</summary>
    public long GatheringCount { get; init; }

    /// <summary>Rows told of each list.</summary>
    public const int Most = 200;
}

/// <summary>A display name used for an address.</summary>
public sealed record KnownName(string Name, long Times);

/// <summary>One writer's mails to one person.</summary>
public sealed record KnownHabit(string? Key, long Mails, DateTimeOffset LastAt);

/// <summary>A set of people, at most 64 named.</summary>
public sealed record KnownSet(int Size, long Times, DateTimeOffset LastAt, IReadOnlyList<string> People);

/// <summary>Numbers of the correspondence.</summary>
public sealed record CorrespondenceStats(AddressForm Form, bool Changing, long Mails, long People, long Organisations, long Gatherings, long Threads, long Contacts, DateTimeOffset? OldestAt, long Forgetting);
