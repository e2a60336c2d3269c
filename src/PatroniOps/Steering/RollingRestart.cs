using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>
/// Restarts members one at a time, each back before the next: replicas first, the leader last, after it has handed over. The first that fails ends it.
/// </summary>
public sealed class RollingRestart(PatroniConnection connection, TimeSpan timeout, bool pendingOnly, Action<string> progress)
{
    /// <summary>The members in the order in which they are restarted.</summary>
    /// <param name="which">The members that are wanted.</param>
    /// <param name="pendingOnly">Only those that wait for a restart.</param>
    /// <param name="snapshot">A fresh one.</param>
    public static IReadOnlyList<string> Order(Func<string, bool> which, bool pendingOnly, ClusterSnapshot snapshot) =>
    [
        .. snapshot.Members
            .Where(m => which(m.Name) && (!pendingOnly || (m.Patroni.Value?.HasPendingRestart ?? m.Listed?.HasPendingRestart) == true))
            .OrderBy(m => m.IsLeader)
            .Select(m => m.Name),
    ];

    /// <summary>What must hold before the first is restarted: pure.</summary>
    public static IReadOnlyList<PreflightCheck> Check(IReadOnlyList<string> members, ClusterSnapshot snapshot)
    {
        var targets = snapshot.Members.Where(m => members.Contains(m.Name)).ToList();
        var checks = targets.Select(Answers).ToList();
        if (MustHandOver(members, snapshot))
            checks.AddRange(SwitchoverPreflight.Check(new SwitchoverRequest(), snapshot));
        return checks;
    }

    /// <summary>What will be done, for a person.</summary>
    public static IReadOnlyList<string> Plan(IReadOnlyList<string> members, ClusterSnapshot snapshot) => [.. members.Select(m => Step(m, snapshot))];

    /// <param name="members">From <see cref="Order"/>.</param>
    /// <param name="done">Hears each member when it is back.</param>
    /// <param name="cancellationToken">Ends the waiting, not a restart that has begun.</param>
    /// <exception cref="PatroniOpsException">Refused, or a member did not come back; the text says which were not restarted.</exception>
    public async Task RunAsync(IReadOnlyList<string> members, Action<PatroniRestart> done, CancellationToken cancellationToken)
    {
        for (var i = 0; i < members.Count; i++)
        {
            try
            {
                done(await OneAsync(members[i], cancellationToken).ConfigureAwait(false));
            }
            catch (PatroniOpsException e) when (i < members.Count - 1)
            {
                throw new PatroniOpsException(e.Kind, $"{e.Message} Not restarted: {string.Join(", ", members.Skip(i + 1))}.", e);
            }
        }
    }

    private async Task<PatroniRestart> OneAsync(string member, CancellationToken cancellationToken)
    {
        var before = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var restart = new MemberRestart(connection, timeout, pendingOnly, phase => progress($"{member}: {phase}"));
        if (!MustHandOver([member], before))
            return await restart.RunAsync(member, before, cancellationToken).ConfigureAwait(false);
        var request = new SwitchoverRequest();
        var candidate = Switchover.Choose(request, before, _ => { });
        var switched = await new Switchover(connection, request, timeout, progress).RunAsync(candidate, before, cancellationToken).ConfigureAwait(false);
        if (switched.NotFollowing.FirstOrDefault(f => f.Member == member) is { } behind)
            throw new PatroniOpsException(FailureKind.Timeout, $"{member} has handed over to {switched.NewLeader}, but did not follow it within {timeout.TotalSeconds:0} s: {behind.Reason}. Run Test-PatroniCluster.");
        var after = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        // Handing over restarts the old leader as a standby: a second restart would do nothing more.
        var isRestarted = after.Members.FirstOrDefault(m => m.Name == member) is { } now && MemberRestart.StartOf(now) is { } start
            && start != MemberRestart.StartOf(before.Members.First(m => m.Name == member));
        var result = isRestarted
            ? await restart.WatchAsync(member, before, cancellationToken).ConfigureAwait(false)
            : await restart.RunAsync(member, after, cancellationToken).ConfigureAwait(false);
        return result with { NewLeader = switched.NewLeader, IsStreaming = switched.Following.Contains(member) ? true : null };
    }

    // Where there is nobody to hand over to, the leader is restarted where it is.
    private static bool MustHandOver(IReadOnlyList<string> members, ClusterSnapshot snapshot) =>
        snapshot.Leader is { } leader && members.Contains(leader.Name) && snapshot.Members.Any(m => m != leader);

    private static PreflightCheck Answers(MemberSnapshot member)
    {
        const string name = "member's Patroni answers";
        if (member.Patroni.Value is not { } status)
            return new(name, false, $"the REST API of {member.Name} does not answer: {member.Patroni.Reason}");
        return MemberRestart.StartOf(member) is null
            ? new(name, null, $"the start of the PostgreSQL of {member.Name} was not read, by which a restart shows")
            : new(name, status.State == "running", $"{member.Name} is {status.State}");
    }

    private static string Step(string member, ClusterSnapshot snapshot)
    {
        if (snapshot.Leader?.Name != member)
            return $"Restart PostgreSQL on {member} and wait until it is back{(snapshot.Leader is { } leader ? $" and streams from {leader.Name}" : "")}.";
        return MustHandOver([member], snapshot)
            ? $"Switch over from {member} to {CandidateJudge.Best(snapshot)?.Name ?? "the best candidate"}, which restarts PostgreSQL on {member} as a replica; writes stop while it lasts."
            : $"Restart PostgreSQL on {member}, the only member: writes stop while it lasts.";
    }
}
