namespace PatroniOps.Slots;

/// <summary>What is wrong with a slot.</summary>
public enum SlotRepairKind : long
{
    /// <summary>Patroni's rules want it and it is not there.</summary>
    Missing,

    /// <summary>It is there, but the WAL that it was to keep is gone: every stream through it is refused.</summary>
    Lost,

    /// <summary>No rule wants it, nobody uses it, and it keeps WAL.</summary>
    Orphan,

    /// <summary>The slot of a member that streams from another node; nobody uses it here, and it keeps WAL.</summary>
    Misplaced,
}
