namespace PatroniOps.Observing;

/// <summary>How a member takes part in replication, as PostgreSQL itself shows it on both ends.</summary>
public enum ReplicationState : long
{
    /// <summary>An end was not read.</summary>
    Unknown,

    /// <summary>It takes writes.</summary>
    Primary,

    /// <summary>Sender and receiver stream, on the leader's timeline.</summary>
    Streaming,

    /// <summary>The sender still sends what the replica lacks.</summary>
    CatchingUp,

    /// <summary>No stream from the node that it should follow.</summary>
    NotStreaming,

    /// <summary>Its history is not the leader's.</summary>
    Diverged,
}
