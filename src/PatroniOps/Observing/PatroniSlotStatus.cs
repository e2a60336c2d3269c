namespace PatroniOps.Observing;

/// <summary>A slot's state beside what Patroni's rules want.</summary>
public enum PatroniSlotStatus : long
{
    /// <summary>The node's slots, or the rules that hold there, were not readable.</summary>
    Unknown,

    /// <summary>In use.</summary>
    Active,

    /// <summary>There, wanted, and used by nobody at present.</summary>
    Inactive,

    /// <summary>Wanted and not there.</summary>
    Missing,

    /// <summary>The WAL that it was to keep is gone; it protects nothing.</summary>
    Lost,

    /// <summary>About to lose its WAL at the next checkpoint.</summary>
    Unreserved,

    /// <summary>There, and no rule wants it.</summary>
    Unexpected,

    /// <summary>There, and the configuration's ignore_slots leaves it alone.</summary>
    Ignored,

    /// <summary>Lives as long as the session that made it.</summary>
    Temporary,
}
