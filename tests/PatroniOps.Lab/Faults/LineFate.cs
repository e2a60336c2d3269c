namespace PatroniOps.Lab.Faults;

/// <summary>What becomes of a line that goes bad.</summary>
public enum LineFate
{
    /// <summary>Nothing: everything passes.</summary>
    Whole,

    /// <summary>It is reset, as by a firewall or a machine that crashed and came back.</summary>
    Cut,

    /// <summary>It stays open and nothing passes any more in either direction, as when the cable is pulled.</summary>
    HalfOpen,

    /// <summary>The answer comes byte by byte.</summary>
    Drip,
}
