namespace PatroniOps.Diagnosis;

/// <summary>Whether a replica gets the WAL that it needs next.</summary>
public enum WalAvailabilityStatus : long
{
    /// <summary>Not enough was read to say.</summary>
    Unknown,

    /// <summary>It streams, both ends agree, on the leader's timeline.</summary>
    Streaming,

    /// <summary>It receives or replays what it lacks.</summary>
    CatchingUp,

    /// <summary>It does not stream, but its upstream still has the WAL.</summary>
    AvailableUpstream,

    /// <summary>Its upstream has recycled it; an archive has what is missing.</summary>
    AvailableInArchive,

    /// <summary>Neither upstream nor archive has it; another member does.</summary>
    OnAnotherMember,

    /// <summary>No source has it.</summary>
    Missing,

    /// <summary>Its history is not the leader's: no WAL brings it back.</summary>
    Diverged,
}
