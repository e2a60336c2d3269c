namespace PatroniOps.Recovery.Planning;

/// <summary>What a way back asks of the leader.</summary>
public enum LeaderLoad : long
{
    None,

    /// <summary>A few files, or a few WAL segments.</summary>
    Low,

    /// <summary>The whole database is read and sent.</summary>
    FullCopy,
}
