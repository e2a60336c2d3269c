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
    internal static ClusterView? Parse(JsonElement element)
    {
        if (Json.Property(element, "members") is not { ValueKind: JsonValueKind.Array } members)
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
