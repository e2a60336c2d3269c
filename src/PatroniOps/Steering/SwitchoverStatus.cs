namespace PatroniOps.Steering;

/// <summary>What came of a switchover or failover.</summary>
public enum SwitchoverStatus : long
{
    /// <summary>The new leader takes writes on a new timeline, and every member that should follows it.</summary>
    Done,

    /// <summary>The new leader takes writes on a new timeline; not every member follows it.</summary>
    NotFollowed,

    /// <summary>Patroni will do it at its time.</summary>
    Scheduled,

    /// <summary>What was scheduled is taken back.</summary>
    Canceled,
}
