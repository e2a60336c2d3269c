using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Snapshots;

/// <summary>What is kept of a member between calls and sessions. No secret is among it.</summary>
public sealed record RememberedMember
{
    public required string Name { get; init; }

    public Uri? ApiUrl { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public MemberTags Tags { get; init => field = value ?? MemberTags.None; } = MemberTags.None;

    /// <summary>When it was last in /cluster.</summary>
    public DateTimeOffset LastListedAt { get; init; }

    /// <summary>The newest position that it was seen to hold: what it needs is not older than this.</summary>
    public Lsn? LastPosition { get; init; }

    public uint? LastTimeline { get; init; }

    /// <summary>Where its server said that its data is: a server that is down does not say it.</summary>
    public string? DataDirectory { get; init; }
}
