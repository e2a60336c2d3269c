using PatroniOps.Recovery.Reinitializations;

namespace PatroniOps.Recovery;

/// <summary>What is true of a method whatever the cluster.</summary>
public static class RebuildMethods
{
    /// <summary>Whether the old data can be put back.</summary>
    public static bool IsUndoable(ReplicaRebuildMethod method) => method == ReplicaRebuildMethod.BaseBackup;

    /// <summary>The steps of a method, by name and in order.</summary>
    public static IReadOnlyList<string> StepsOf(ReplicaRebuildMethod method) =>
        method == ReplicaRebuildMethod.Reinitialize ? Reinitializer.Steps : ReplicaRebuilder.StepsOf(method);
}
