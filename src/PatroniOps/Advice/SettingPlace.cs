namespace PatroniOps.Advice;

/// <summary>Where a setting gets its value.</summary>
public enum SettingPlace : long
{
    /// <summary>It cannot be told from what was read.</summary>
    Unknown,

    /// <summary>The cluster's dynamic configuration (GET /config).</summary>
    DynamicConfiguration,

    /// <summary>On the node itself: its patroni.yml, or ALTER SYSTEM. It wins over the dynamic configuration.</summary>
    LocalConfiguration,

    /// <summary>Nowhere: the default of Patroni or PostgreSQL holds.</summary>
    Default,
}
