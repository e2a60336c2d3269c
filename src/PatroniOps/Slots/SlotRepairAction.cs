namespace PatroniOps.Slots;

/// <summary>What is done about a slot.</summary>
public enum SlotRepairAction : long
{
    /// <summary>Nothing can be done from here; the reason says why.</summary>
    None,

    /// <summary>Make it, with WAL reserved from the last checkpoint on.</summary>
    Create,

    /// <summary>Drop it and make it anew.</summary>
    Recreate,

    /// <summary>Drop it: the WAL that it keeps is let go.</summary>
    Drop,

    /// <summary>Name it in the cluster's configuration, so that Patroni keeps it.</summary>
    MakePermanent,
}
