namespace PatroniOps.Recovery.Journals;

/// <summary>What becomes of a replica's old data after a rebuild that streams.</summary>
public enum OldDataPolicy : long
{
    /// <summary>It stays beside the new data, and Undo-ReplicaRebuild can put it back.</summary>
    Keep,

    /// <summary>It is removed after the soak time; the rebuild can be undone until then.</summary>
    Remove,

    /// <summary>It is packed into a compressed archive beside the new data, which is compared with it; only then it is removed.</summary>
    Archive,
}
