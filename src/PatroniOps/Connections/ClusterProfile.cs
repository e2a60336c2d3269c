using PatroniOps.Snapshots;

namespace PatroniOps.Connections;

/// <summary>What is remembered of a cluster, so that a member that has left /cluster is missed. Holds no secret.</summary>
public sealed record ClusterProfile
{
    public required string Cluster { get; init; }

    public string? SystemIdentifier { get; init; }

    public IReadOnlyList<RememberedMember> Members { get; init => field = value ?? []; } = [];

    /// <summary>The leader's position when the profile was written.</summary>
    public EarlierPosition? LeaderPosition { get; init; }

    /// <summary>Since when conditions have been seen.</summary>
    public Observations Observed { get; init => field = value ?? new(); } = new();

    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>The profile after a snapshot: listed members renewed, absent ones kept as they were.</summary>
    internal ClusterProfile Learn(ClusterSnapshot snapshot)
    {
        var members = Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        foreach (var member in snapshot.Members.Where(m => m.Listed is not null))
        {
            var before = members.GetValueOrDefault(member.Name);
            members[member.Name] = new RememberedMember
            {
                Name = member.Name,
                ApiUrl = member.ApiUrl,
                Host = member.Host,
                Port = member.Port,
                Tags = member.Tags,
                LastListedAt = snapshot.TakenAt,
                LastPosition = member.Position ?? before?.LastPosition,
                LastTimeline = member.Timeline ?? before?.LastTimeline,
                DataDirectory = member.Postgres.Settings.Value?.DataDirectory ?? before?.DataDirectory,
            };
        }
        return this with
        {
            SystemIdentifier = snapshot.SystemIdentifier ?? SystemIdentifier,
            Members = [.. members.Values.OrderBy(m => m.Name, StringComparer.Ordinal)],
            LeaderPosition = snapshot.LeaderLsnAfter is { } lsn ? new EarlierPosition(snapshot.TakenAt, lsn) : LeaderPosition,
            Observed = snapshot.Observed,
            WrittenAt = snapshot.TakenAt,
        };
    }
}
