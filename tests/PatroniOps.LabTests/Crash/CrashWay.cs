namespace PatroniOps.LabTests.Crash;

/// <summary>What the user does after a crash.</summary>
public enum CrashWay
{
    /// <summary>Invoke-ReplicaRebuild -Resume.</summary>
    Resume,

    /// <summary>Undo-ReplicaRebuild.</summary>
    Undo,
}
