using System.Text.Json;

namespace PatroniOps.Patroni;

/// <summary>One member's entry in GET /cluster. Its lag compares the leader's last published position with max(receive, replay): a diverged member shows 0.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Role"><c>leader</c>, <c>standby_leader</c>, <c>replica</c>, <c>sync_standby</c>, <c>quorum_standby</c>.</param>
/// <param name="State">Patroni's word, such as <c>running</c> or (3.0.4 and later) <c>streaming</c>.</param>
/// <param name="ApiUrl">Where its REST API answers.</param>
/// <param name="Host">PostgreSQL's host.</param>
/// <param name="Port">PostgreSQL's port.</param>
/// <param name="Timeline">The timeline that the member published.</param>
/// <param name="Lag">Bytes behind the leader by Patroni's reckoning; null on the leader and when Patroni says unknown.</param>
/// <param name="Tags">The member's tags.</param>
/// <param name="HasPendingRestart">A changed parameter waits for a restart.</param>
/// <param name="PendingRestartReasons">Which parameters wait (3.3 and later).</param>
public sealed record ClusterViewMember(
    string Name,
    string? Role,
    string? State,
    Uri? ApiUrl,
    string? Host,
    int? Port,
    uint? Timeline,
    long? Lag,
    MemberTags Tags,
    bool HasPendingRestart,
    IReadOnlyList<PendingRestartReason> PendingRestartReasons)
{
    /// <summary>True for the leader of the cluster and for the leader of a standby cluster.</summary>
    public bool IsLeader => Role is "leader" or "standby_leader";

    internal static ClusterViewMember? Parse(JsonElement element)
    {
        if (Json.Text(element, "name") is not { } name)
            return null;
        return new ClusterViewMember(
            name,
            Json.Text(element, "role"),
            Json.Text(element, "state"),
            PatroniUri.Base(Json.Text(element, "api_url")),
            Json.Text(element, "host"),
            Json.Integer(element, "port") is > 0 and < 65536 and var port ? (int)port : null,
            Json.Timeline(element, "timeline"),
            Json.Integer(element, "lag"),
            MemberTags.Parse(Json.Property(element, "tags")),
            Json.Flag(element, "pending_restart") ?? false,
            PendingRestartReason.Parse(element));
    }
}
