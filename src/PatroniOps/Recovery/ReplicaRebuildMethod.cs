namespace PatroniOps.Recovery;

/// <summary>How a replica's data is made anew.</summary>
public enum ReplicaRebuildMethod
{
    /// <summary>Patroni's own POST /reinitialize: it deletes the data first, then copies. Cannot be undone.</summary>
    Reinitialize,
}
