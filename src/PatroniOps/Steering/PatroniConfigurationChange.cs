namespace PatroniOps.Steering;

/// <summary>A change of the dynamic configuration that was made, and how far it has come on each member.</summary>
public sealed record PatroniConfigurationChange
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>Setting by setting; empty when everything was so already and nothing was sent.</summary>
    public required IReadOnlyList<ConfigurationChange> Changes { get; init; }

    /// <summary>How far each member has come; empty when nothing was sent.</summary>
    public required IReadOnlyList<MemberConfiguration> Members { get; init; }

    /// <summary>True: in force on every member. False: not on all. Null: it could not be told, or nothing was sent.</summary>
    public bool? IsApplied => Members.Any(m => m.State is ConfigurationState.RestartPending or ConfigurationState.Overridden or ConfigurationState.NotSeen) ? false
        : Members.Count == 0 || Members.Any(m => m.State is ConfigurationState.Unknown or ConfigurationState.Seen) ? null : true;

    /// <summary>The members whose PostgreSQL takes a value only with a restart.</summary>
    public IReadOnlyList<string> RestartPending => [.. Members.Where(m => m.State == ConfigurationState.RestartPending).Select(m => m.Member)];

    public TimeSpan Duration { get; init; }

    /// <summary>The call that restarts the members that wait for it; null when none does.</summary>
    public string? NextCommand { get; init; }
}
