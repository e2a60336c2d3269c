namespace PatroniOps.Recovery.Planning;

/// <summary>The ways back for a replica, the cheapest first; what can be undone comes before what cannot.</summary>
public enum RecoveryMethod : long
{
    /// <summary>It recovers without help.</summary>
    Wait,

    /// <summary>Its slot is gone and its WAL is not: make the slot.</summary>
    RecreateSlot,

    /// <summary>The archive has its WAL and the member does not ask for it: give it a restore_command.</summary>
    FixRestoreCommand,

    /// <summary>Bring only the segments that its upstream has recycled.</summary>
    RestoreWal,

    /// <summary>A base backup beside the data, then a swap that can be undone.</summary>
    BaseBackup,

    /// <summary>pg_rewind in place.</summary>
    Rewind,

    /// <summary>pgBackRest's delta restore in place.</summary>
    DeltaRestore,

    /// <summary>Patroni's own: it deletes the data first.</summary>
    Reinitialize,
}
