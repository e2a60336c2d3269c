using System.Text.Json;

namespace PatroniOps.Patroni;

/// <summary>What GET /cluster says: the DCS as one Patroni sees it, up to one loop old.</summary>
/// <param name="Scope">The cluster's name (in the answer from 3.2 on).</param>
/// <param name="Members">The members whose keys are alive, in Patroni's order.</param>
/// <param name="IsPaused">Patroni manages nothing by itself.</param>
/// <param name="ScheduledSwitchoverAt">When a switchover is planned; null when none is.</param>
/// <param name="ScheduledSwitchoverTo">The planned leader, where one was named.</param>
/// <remarks>Source: Patroni, patroni/utils.py cluster_as_json.</remarks>
public sealed record ClusterView(
    string? Scope,
    IReadOnlyList<ClusterViewMember> Members,
    bool IsPaused,
    DateTimeOffset? ScheduledSwitchoverAt,
    string? ScheduledSwitchoverTo)
{
    // Everyone that is listed is asked, all at the same time.
    private const int MostMembers = 1000;

    /// <summary>Null when it is no list of members, or one that no cluster has.</summary>
    internal static ClusterView? Parse(JsonElement element)
    {
        if (Json.Property(element, "members") is not { ValueKind: JsonValueKind.Array } members || members.GetArrayLength() > MostMembers)
            return null;
        var planned = Json.Property(element, "scheduled_switchover");
        return new ClusterView(
            Json.Text(element, "scope"),
            [.. members.EnumerateArray().Select(ClusterViewMember.Parse).OfType<ClusterViewMember>()],
            Json.Flag(element, "pause") ?? false,
            planned is { } at ? Json.Instant(at, "at") : null,
            planned is { } to ? Json.Text(to, "to") : null);
    }
}
