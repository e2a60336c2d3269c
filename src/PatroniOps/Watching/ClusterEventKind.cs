namespace PatroniOps.Watching;

/// <summary>What has changed.</summary>
public enum ClusterEventKind : long
{
    /// <summary>The first look at a cluster: its verdict from here on.</summary>
    Began,

    /// <summary>A finding that was not there.</summary>
    Opened,

    /// <summary>The verdict, or a finding that was there, is worse than before.</summary>
    Worsened,

    /// <summary>It is better than before, and has stayed so for the settling time.</summary>
    Improved,

    /// <summary>A finding has not come back for the settling time.</summary>
    Closed,
}
