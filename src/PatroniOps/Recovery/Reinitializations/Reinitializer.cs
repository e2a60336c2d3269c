using System.Net;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Reinitializations;

/// <summary>Has Patroni reinitialize a replica, in journaled steps that need nothing of the node but Patroni's REST API.</summary>
/// <param name="connection">The member's cluster.</param>
/// <param name="store">Where this machine keeps journals; there is none on the node.</param>
/// <param name="stallTimeout">How long nothing may change.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="moment">Told of every step that is begun or done, once that is on disk.</param>
/// <param name="fromLeader">Copy from the leader, whatever clonefrom says: Patroni 4.1 and later.</param>
public sealed class Reinitializer(PatroniConnection connection, JournalStore store, TimeSpan stallTimeout, Action<RebuildProgress> progress, Action<StepMoment> moment, bool fromLeader = false)
{
    /// <summary>The steps, by name and in order.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. StepsWith(TimeSpan.Zero, mayBeSent: false, fromLeader: false).Select(s => s.Name)];

    /// <summary>What will be done, for a person.</summary>
    public static IReadOnlyList<string> Plan(string member, ClusterSnapshot snapshot)
    {
        var target = snapshot.Members.First(m => m.Name == member);
        var leader = snapshot.Leader!.Name;
        return
        [
            $"POST {target.ApiUrl}reinitialize: Patroni stops PostgreSQL on {member} and DELETES its data directory. This cannot be undone.",
            $"Patroni copies the cluster anew (create_replica_methods, by default pg_basebackup from {leader}).",
            $"Patroni starts PostgreSQL on {member}, which streams from {leader} through slot {SlotName.FromMember(member)}.",
            $"Watch {member} until it streams on the leader's timeline with its slot active and its lag falling.",
        ];
    }

    /// <summary>Runs the whole rebuild.</summary>
    /// <param name="member">The replica.</param>
    /// <param name="before">A fresh snapshot that its preconditions were judged by.</param>
    /// <param name="cancellationToken">Ends the watching; Patroni goes on.</param>
    /// <exception cref="PatroniOpsException">Refused, failed or stalled: the text says where it stopped, and how to go on.</exception>
    public async Task<ReplicaRebuildResult> RunAsync(string member, ClusterSnapshot before, CancellationToken cancellationToken)
    {
        var job = Job(before.Members.First(m => m.Name == member), before);
        var journal = new JournalWriter(job, null, store, connection.Time);
        await journal.CreateAsync(cancellationToken).ConfigureAwait(false);
        return await RunAsync(job, journal, mayBeSent: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on watching after an interruption; one that is finished stays as it is.</summary>
    /// <exception cref="PatroniOpsException">Patroni never took the call, or as <see cref="RunAsync(string, ClusterSnapshot, CancellationToken)"/>.</exception>
    public async Task<ReplicaRebuildResult> ResumeAsync(ReplicaRebuildJournal known, CancellationToken cancellationToken)
    {
        if (known.Status == RebuildStatus.RolledBack)
            throw new PatroniOpsException(FailureKind.Refused, $"The rebuild {known.Id} of {known.Member} was never taken by Patroni: there is nothing to go on with. Start a new one.");
        var journal = new JournalWriter(known.Job, null, store, connection.Time);
        await journal.OpenAsync(known, cancellationToken).ConfigureAwait(false);
        return await RunAsync(known.Job, journal, mayBeSent: true, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<RecoveryStep> StepsWith(TimeSpan stallTimeout, bool mayBeSent, bool fromLeader) => [new CallStep(mayBeSent, fromLeader), new WatchCopyStep(stallTimeout)];

    private async Task<ReplicaRebuildResult> RunAsync(RebuildJob job, JournalWriter journal, bool mayBeSent, CancellationToken cancellationToken)
    {
        await using var context = new RebuildContext
        {
            Connection = connection,
            Job = job,
            Replication = new NetworkCredential(),
            Facts = journal.Journal.Facts(),
            Progress = progress,
            StartedAt = connection.Time.GetTimestamp(),
        };
        if (journal.Journal.Status != RebuildStatus.Finished)
            await new StepRunner(StepsWith(stallTimeout, mayBeSent, fromLeader), context, journal, null, moment).RunAsync(null, null, cancellationToken).ConfigureAwait(false);
        return context.Result();
    }

    private RebuildJob Job(MemberSnapshot target, ClusterSnapshot before) => new()
    {
        Id = RebuildJob.NewId(),
        Cluster = connection.Cluster,
        Member = target.Name,
        Method = ReplicaRebuildMethod.Reinitialize,
        StartedAt = connection.Time.GetUtcNow(),
        SystemIdentifier = (before.Leader is { } leader ? ReplicationCheck.SystemOf(leader) : null) ?? connection.SystemIdentifier ?? "",
        DataDirectory = "",
        Source = before.Leader?.Name ?? "",
        PostmasterStart = target.Postgres.State.Value?.PostmasterStartTime ?? target.Patroni.Value?.PostmasterStartTime,
        Uri = [.. connection.Uri],
        Node = new(),
        Service = new(),
    };
}
