using PatroniOps.Archives;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What was read before Patroni reinitializes a replica: how it will make the copy, and who is at work on the node.</summary>
public sealed record ReinitializeFacts
{
    /// <summary>Nothing was read but the cluster.</summary>
    /// <param name="why">Why the node was not read.</param>
    public static ReinitializeFacts Unread(string why) => new() { NodeUnknown = why };

    /// <summary>Why the member's patroni.yml was not read; null when it was.</summary>
    public string? NodeUnknown { get; init; }

    /// <summary>The caller named the node, so that it should have been read.</summary>
    public bool IsNodeNamed { get; init; }

    /// <summary>Who holds the node's lock: a rebuild in steps that is at work; null: nobody, or the node was not read.</summary>
    public string? AtWork { get; init; }

    /// <summary>The methods that come before Patroni's own pg_basebackup, each with the repository that it restores from.</summary>
    public IReadOnlyList<MethodRepository> Methods { get; init; } = [];
}

/// <summary>One of <c>create_replica_methods</c> and what it restores from.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Repository">What pgBackRest said on the member's node; unknown where the method is not pgBackRest's restore.</param>
public sealed record MethodRepository(string Method, Reading<PgBackRestRepository> Repository);
