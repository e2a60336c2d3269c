namespace PatroniOps.Recovery;

/// <summary>What is true of a method whatever the cluster.</summary>
public static class RebuildMethods
{
    /// <summary>Whether the old data can be put back.</summary>
    public static bool IsUndoable(ReplicaRebuildMethod method) => method == ReplicaRebuildMethod.BaseBackup;
}
