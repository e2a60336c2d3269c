namespace PatroniOps.Recovery;

/// <summary>How a replica's data is made anew.</summary>
public enum ReplicaRebuildMethod : long
{
    /// <summary>Patroni's own POST /reinitialize: it deletes the data first, then copies. Cannot be undone.</summary>
    Reinitialize,

    /// <summary>pg_basebackup beside the old data, verified, proven to stream, and only then swapped in. Can be undone.</summary>
    BaseBackup,

    /// <summary>pg_rewind in place, for a member whose history has diverged. Cannot be undone.</summary>
    Rewind,

    /// <summary>pgBackRest's restore with --delta in place, for a member whose repository is whole. Cannot be undone.</summary>
    DeltaRestore,
}
