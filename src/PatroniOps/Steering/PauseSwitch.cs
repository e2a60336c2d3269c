using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Pauses a cluster, or resumes it, and watches until every member has noticed.</summary>
/// <remarks>Source: Patroni, docs/pause.rst and patroni/api.py. Each Patroni notices in its own loop; its GET /patroni tells.</remarks>
public sealed class PauseSwitch(PatroniConnection connection)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);

    private readonly long started = connection.Time.GetTimestamp();

    /// <summary>Members that have left the list notice when they come back; they are not waited for.</summary>
    /// <param name="isPaused">True pauses, false resumes.</param>
    /// <param name="snapshot">A fresh one.</param>
    /// <param name="timeout">How long to wait for the members; null does not wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PatroniOpsException">Refused, or not done.</exception>
    public async Task<PatroniPause> RunAsync(bool isPaused, ClusterSnapshot snapshot, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var api = ClusterApi.Of(snapshot);
        using var patch = JsonDocument.Parse(isPaused ? """{"pause": true}""" : """{"pause": null}""");
        if (IsPausedNow(snapshot) != isPaused)
            await ConfigurationCall.SendAsync(connection, api, patch.RootElement, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var members = await Task.WhenAll(snapshot.Members.Where(m => !m.IsAbsent).Select(m => LookAsync(m, isPaused, cancellationToken))).ConfigureAwait(false);
            var unseen = members.Where(m => m.Reason is not null).Select(m => new UnseenMember(m.Member, m.Reason!)).ToList();
            if (unseen.Count == 0 || timeout is null || connection.Time.GetElapsedTime(started) > timeout)
                return new PatroniPause
                {
                    ConnectionId = connection.ConnectionId,
                    Cluster = connection.Cluster,
                    IsPaused = isPaused,
                    Seen = [.. members.Where(m => m.Reason is null).Select(m => m.Member)],
                    NotSeen = unseen,
                    Duration = connection.Time.GetElapsedTime(started),
                };
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The list as one Patroni sees it, and the configuration, must agree; else the call is sent, which does no harm.
    private static bool? IsPausedNow(ClusterSnapshot snapshot) =>
        snapshot.View.Value?.IsPaused is { } listed && snapshot.Configuration.Value?.IsPaused is { } configured && listed == configured ? listed : null;

    private async Task<(string Member, string? Reason)> LookAsync(MemberSnapshot member, bool isPaused, CancellationToken cancellationToken)
    {
        var status = await MemberStatus.ReadAsync(connection, member, cancellationToken).ConfigureAwait(false);
        return (member.Name, status.Value is not { } known ? status.Reason : known.IsPaused == isPaused ? null : isPaused ? "not paused yet" : "still paused");
    }
}
