namespace PatroniOps.Resources;

/// <summary>What can be wanted of a cluster.</summary>
public enum ResourceType : long
{
    /// <summary>A permanent slot in the dynamic configuration.</summary>
    Slot,

    /// <summary>Some settings of the dynamic configuration.</summary>
    DynamicConfiguration,

    /// <summary>The verdict; it can be tested, not set.</summary>
    ClusterHealth,
}
