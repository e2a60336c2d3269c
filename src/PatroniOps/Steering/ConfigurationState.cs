namespace PatroniOps.Steering;

/// <summary>How far a change of the dynamic configuration has come on one member.</summary>
public enum ConfigurationState : long
{
    /// <summary>Its Patroni has read it, and every parameter that changed has its value in PostgreSQL.</summary>
    Applied,

    /// <summary>Its Patroni has read it; PostgreSQL, which would show the values in force, was not asked: no login is known.</summary>
    Seen,

    /// <summary>Its Patroni has read it; a parameter takes its value with a restart of PostgreSQL.</summary>
    RestartPending,

    /// <summary>Its Patroni has read it, but PostgreSQL runs with another value: set on the node itself, which wins.</summary>
    Overridden,

    /// <summary>Its Patroni has not read it.</summary>
    NotSeen,

    /// <summary>It could not be told.</summary>
    Unknown,
}
