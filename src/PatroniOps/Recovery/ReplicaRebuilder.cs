using System.Net;
using System.Security.Cryptography;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.BaseBackups;
using PatroniOps.Recovery.DeltaRestores;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Rewinds;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery;

/// <summary>Rebuilds a replica in journaled steps on its node: drafts, runs, goes on after a crash, takes back.</summary>
/// <param name="connection">The member's cluster.</param>
/// <param name="store">Where this machine keeps journals.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="moment">Told of every step that is begun, done or taken back, once that is on disk.</param>
public sealed class ReplicaRebuilder(PatroniConnection connection, JournalStore store, Action<RebuildProgress> progress, Action<StepMoment> moment)
{
    private static readonly IRebuildMethod[] Methods = [new BaseBackupMethod(), new RewindMethod(), new DeltaRestoreMethod()];

    /// <summary>The methods that work in steps on the member's node.</summary>
    public static IReadOnlyList<ReplicaRebuildMethod> MethodsInSteps { get; } = [.. Methods.Select(m => m.Method)];

    /// <summary>How many steps of a base backup come before the member itself is touched: up to the proof.</summary>
    public static int CopySteps { get; } = StepsOf(ReplicaRebuildMethod.BaseBackup).ToList().IndexOf(ProveStep.StepName) + 1;

    /// <summary>The steps of a method, by name and in order.</summary>
    /// <exception cref="PatroniOpsException">The method has no steps of its own.</exception>
    public static IReadOnlyList<string> StepsOf(ReplicaRebuildMethod method) => [.. Find(method).Steps.Select(s => s.Name)];

    /// <summary>Looks at cluster and node and says what would be done, and what stands against it. Changes nothing.</summary>
    /// <exception cref="PatroniOpsException">The node cannot be read, or is another member's.</exception>
    public async Task<RebuildDraft> DraftAsync(RebuildRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var member = await OpenAsync(request.Node, request.Member, request.PatroniConfigPath, request.Service, cancellationToken).ConfigureAwait(false);
        var job = new RebuildJob
        {
            Id = RebuildJob.NewId(),
            Cluster = connection.Cluster,
            Member = request.Member,
            Method = request.Method,
            StartedAt = connection.Time.GetUtcNow(),
            SystemIdentifier = (snapshot.Leader is { } leader ? ReplicationCheck.SystemOf(leader) : null) ?? connection.SystemIdentifier ?? "",
            DataDirectory = member.DataDirectory,
            Source = request.Source ?? snapshot.Leader?.Name ?? "",
            OldData = request.OldData,
            SoakTime = request.SoakTime,
            MaximumRate = request.MaximumRate,
            Compression = request.Compression,
            AcceptsCollationMismatch = request.AcceptsCollationMismatch,
            Uri = [.. connection.Uri],
            Node = request.Node,
            PatroniConfigPath = request.PatroniConfigPath,
            Service = request.Service,
        };
        var method = Find(request.Method);
        var found = await method.CheckAsync(job, member, snapshot, connection, cancellationToken).ConfigureAwait(false);
        await using var context = Context(job, member, new NetworkCredential());
        return new RebuildDraft(job, found.Checks, [.. method.Steps.Select(s => s.Describe(context))]) { Bytes = found.Bytes, BytesNote = found.BytesNote };
    }

    /// <summary>Runs a draft without obstacles.</summary>
    /// <exception cref="PatroniOpsException">Refused, or a step failed: the text says what became of the member, and how to go on.</exception>
    public Task<ReplicaRebuildResult> RunAsync(RebuildDraft draft, NetworkCredential? replication, CancellationToken cancellationToken) =>
        BeginAsync(draft, replication, (context, journal, nodeLock) => FinishAsync(context, journal, nodeLock, null, cancellationToken), cancellationToken);

    /// <summary>Runs a draft of a base backup up to the proof that the copy streams, and leaves the copy beside the data.</summary>
    /// <returns>The journal, to switch to the copy with or to undo.</returns>
    /// <exception cref="PatroniOpsException">As <see cref="RunAsync"/>.</exception>
    public Task<ReplicaRebuildJournal> CopyAsync(RebuildDraft draft, NetworkCredential? replication, CancellationToken cancellationToken) =>
        BeginAsync(draft, replication, async (context, journal, nodeLock) =>
        {
            await Runner(context, journal, nodeLock).RunAsync(ProveStep.StepName, null, cancellationToken).ConfigureAwait(false);
            return journal.Journal;
        }, cancellationToken);

    /// <summary>Puts a copy that was made before in the data's place. It is proven again: the WAL that it needs by now may be gone.</summary>
    /// <exception cref="PatroniOpsException">There is no proven copy, or a step failed.</exception>
    public Task<ReplicaRebuildResult> SwitchAsync(ReplicaRebuildJournal known, NetworkCredential? replication, CancellationToken cancellationToken) =>
        known.Method == ReplicaRebuildMethod.BaseBackup && known.IsDone(ProveStep.StepName)
            ? GoOnAsync(known, replication, known.HasBegun(StopStep.StepName) ? null : ProveStep.StepName, cancellationToken)
            : throw new PatroniOpsException(FailureKind.Refused, $"The rebuild {known.Id} of {known.Member} has no proven copy to switch to. Nothing was changed.");

    private async Task<T> BeginAsync<T>(RebuildDraft draft, NetworkCredential? replication, Func<RebuildContext, JournalWriter, NodeLock, Task<T>> work, CancellationToken cancellationToken)
    {
        PreflightCheck.Require(draft.Checks, $"{draft.Job.Member} is not rebuilt");
        return await UnderLockAsync(draft.Job, replication, async (context, journal, nodeLock) =>
        {
            await RefuseUnfinishedAsync(context, cancellationToken).ConfigureAwait(false);
            // Before the journal: a role that may not replicate leaves no rebuild behind that was never begun.
            await HoldAsync(context, cancellationToken).ConfigureAwait(false);
            await journal.CreateAsync(cancellationToken).ConfigureAwait(false);
            return await work(context, journal, nodeLock).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a rebuild that was interrupted; one that is finished stays as it is.</summary>
    public Task<ReplicaRebuildResult> ResumeAsync(ReplicaRebuildJournal known, NetworkCredential? replication, CancellationToken cancellationToken) =>
        GoOnAsync(known, replication, null, cancellationToken);

    private Task<ReplicaRebuildResult> GoOnAsync(ReplicaRebuildJournal known, NetworkCredential? replication, string? again, CancellationToken cancellationToken) =>
        UnderLockAsync(known.Job, replication, async (context, journal, nodeLock) =>
        {
            await journal.OpenAsync(known, cancellationToken).ConfigureAwait(false);
            if (journal.Journal.Status == RebuildStatus.RolledBack)
                throw new PatroniOpsException(FailureKind.Refused, $"The rebuild {known.Id} of {known.Member} was taken back: there is nothing to go on with. Start a new one.");
            foreach (var (key, value) in journal.Journal.Facts())
                context.Facts[key] = value;
            if (journal.Journal.Status != RebuildStatus.Finished)
                await HoldAsync(context, cancellationToken).ConfigureAwait(false);
            return await FinishAsync(context, journal, nodeLock, again, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Takes a rebuild back, finished or not: the member has its old data again.</summary>
    /// <exception cref="PatroniOpsException">The old data is gone, or the method works in place.</exception>
    public async Task<ReplicaRebuildJournal> UndoAsync(ReplicaRebuildJournal known, CancellationToken cancellationToken)
    {
        if (!RebuildMethods.IsUndoable(known.Method))
            throw new PatroniOpsException(FailureKind.Refused, $"{known.Method} leaves no old data behind and cannot be undone.");
        return await UnderLockAsync(known.Job, new NetworkCredential(), async (context, journal, nodeLock) =>
        {
            await journal.OpenAsync(known, cancellationToken).ConfigureAwait(false);
            if (journal.Journal.Status == RebuildStatus.RolledBack)
                return journal.Journal;
            if (known.Job.OldData == OldDataPolicy.Remove && journal.Journal.HasBegun(SettleStep.StepName))
                throw new PatroniOpsException(FailureKind.Refused, $"The old data of {known.Member} was removed, as -OldData Remove asked: there is nothing to put back.");
            if (known.Job.OldData == OldDataPolicy.Archive && journal.Journal.HasBegun(SettleStep.StepName) && !await context.Files.ExistsAsync(known.Job.OldDirectory, cancellationToken).ConfigureAwait(false))
                throw new PatroniOpsException(FailureKind.Refused, $"The old data of {known.Member} was packed into {known.Job.OldArchive}, as -OldData Archive asked: it is not put back by itself. Unpack it with: tar -C / -xzf {known.Job.OldArchive}");
            foreach (var (key, value) in journal.Journal.Facts())
                context.Facts[key] = value;
            await Runner(context, journal, nodeLock).UndoAsync(cancellationToken).ConfigureAwait(false);
            return journal.Journal;
        }, cancellationToken).ConfigureAwait(false);
    }

    private StepRunner Runner(RebuildContext context, JournalWriter journal, NodeLock nodeLock) => new(Find(context.Job.Method).Steps, context, journal, nodeLock, moment);

    private static IRebuildMethod Find(ReplicaRebuildMethod method) => Methods.FirstOrDefault(m => m.Method == method)
        ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"{method} is not made of steps on the node.");

    private Task<PatroniNode> OpenAsync(NodeOptions node, string member, string? configuration, ServiceOptions service, CancellationToken cancellationToken) =>
        PatroniNode.OpenAsync(Node.Of(node), member, connection.Cluster, configuration, service, cancellationToken);

    private RebuildContext Context(RebuildJob job, PatroniNode member, NetworkCredential replication) => new()
    {
        Connection = connection,
        Job = job,
        Node = member,
        Replication = replication,
        Progress = progress,
        StartedAt = connection.Time.GetTimestamp(),
    };

    private async Task<T> UnderLockAsync<T>(
        RebuildJob job, NetworkCredential? replication, Func<RebuildContext, JournalWriter, NodeLock, Task<T>> work, CancellationToken cancellationToken)
    {
        var member = await OpenAsync(job.Node, job.Member, job.PatroniConfigPath, job.Service, cancellationToken).ConfigureAwait(false);
        var credential = replication ?? member.Configuration.ReplicationCredential
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"{member.ConfigurationPath} names no replication role: give -ReplicationCredential.");
        using var nodeLock = await NodeLock.TakeAsync(member.Node, RebuildJob.LockBeside(job.DataDirectory), member.Owner,
            $"{Environment.UserName}@{Environment.MachineName}, rebuild {job.Id}", cancellationToken).ConfigureAwait(false);
        await using var context = Context(job, member, credential);
        try
        {
            return await work(context, new JournalWriter(job, member.Files, store, connection.Time), nodeLock).ConfigureAwait(false);
        }
        finally
        {
            await PasswordFile.RemoveAsync(context).ConfigureAwait(false);
        }
    }

    private async Task<ReplicaRebuildResult> FinishAsync(RebuildContext context, JournalWriter journal, NodeLock nodeLock, string? again, CancellationToken cancellationToken)
    {
        if (journal.Journal.Status != RebuildStatus.Finished)
            await Runner(context, journal, nodeLock).RunAsync(null, again, cancellationToken).ConfigureAwait(false);
        return context.Result();
    }

    // From the copy's beginning until the member streams nothing that it needs may be recycled.
    private async Task HoldAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Leader is not { Host: { } host, Port: { } port })
            throw new PatroniOpsException(FailureKind.Refused, $"{snapshot.NoLeader}. Nothing was done.");
        // A name of this run's own: the server may not have noticed yet that a run before it was killed.
        using var client = connection.ReplicationClient(context.Replication);
        context.Hold(await CopyHold.TakeAsync(client, host, port, $"patroniops_{context.Job.Id}_{RandomNumberGenerator.GetHexString(4, lowercase: true)}", cancellationToken).ConfigureAwait(false));
    }

    private static async Task RefuseUnfinishedAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var journals = await JournalStore.ListAsync(context.Files, context.Job.DataDirectory, cancellationToken).ConfigureAwait(false);
        if (journals.FirstOrDefault(j => j.Status == RebuildStatus.Unfinished) is { } other)
            throw new PatroniOpsException(FailureKind.Refused,
                $"{context.Job.Member} has an unfinished rebuild, {other.Id} ({other.Method}, stopped in {other.StoppedIn ?? "no step"}). Nothing was changed. Go on with: Invoke-ReplicaRebuild -Resume {other.Id}");
    }
}
