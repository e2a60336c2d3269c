namespace PatroniOps.Protection;

/// <summary>What a line of the journal says.</summary>
public enum ProtectionEvent
{
    /// <summary>About to be put into the cluster's configuration.</summary>
    Begun,

    /// <summary>It is in force.</summary>
    Protected,

    /// <summary>It was taken out again.</summary>
    LetGo,
}
