using System.Management.Automation;
using System.Net;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that rebuilds a replica, goes on with a rebuild, or takes one back.</summary>
public abstract class RebuildCmdlet : NodeCmdlet
{
    private const int ActivityId = 1;

    private protected static JournalStore Journals => new(StateFolder.Path);

    private protected NetworkCredential? Replication => ReplicationCredential?.GetNetworkCredential();

    private protected RebuildRequest Request(string member) => new()
    {
        Member = member,
        Node = NodeOptions(),
        PatroniConfigPath = PatroniConfigPath,
        Service = ServiceOptions(),
        Replication = Replication,
    };

    private protected static Task<ReplicaRecoveryPlan> PlanAsync(PatroniConnection connection, RebuildRequest request, CancellationToken cancellationToken) =>
        RecoveryPlanReader.ReadAsync(connection, request, Journals, cancellationToken);

    private protected ReplicaRebuilder Rebuilder(PatroniConnection connection, string activity) =>
        new(connection, Journals, progress => Show(activity, progress), moment => EmitVerbose($"{activity}: {moment}"));

    /// <summary>Runs something on each connection; that there is none is an error about the target.</summary>
    private protected async Task ForEachConnectionAsync(string target, Func<PatroniConnection, Task> work, CancellationToken cancellationToken)
    {
        IReadOnlyList<PatroniConnection> connections = [];
        await ReportAsync(target, async () => connections = await ConnectionsAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var connection in connections)
            await work(connection).ConfigureAwait(false);
    }

    /// <summary>Finds a journal of this machine, or beside the data directory of the node that is named, and runs something with its cluster.</summary>
    private protected Task ForJournalAsync(string id, Func<PatroniConnection, ReplicaRebuildJournal, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        ForEachConnectionAsync(id, connection => ReportAsync(id, async () =>
        {
            var journal = Journals.Find(id) ?? await BesideAsync(connection, id, cancellationToken).ConfigureAwait(false)
                ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"This machine has no journal {id}, and no node was named that has it (-HostName or -PatroniConfigPath). Get-ReplicaRebuildJournal lists those that this machine has.");
            if (journal.Cluster != connection.Cluster)
                throw new PatroniOpsException(FailureKind.Refused, $"The rebuild {id} is of cluster {journal.Cluster}, not of {connection.Cluster}.");
            await work(connection, journal, cancellationToken).ConfigureAwait(false);
        }), cancellationToken);

    // Another machine began it: the node is reached as this one reaches it.
    private async Task<ReplicaRebuildJournal?> BesideAsync(PatroniConnection connection, string id, CancellationToken cancellationToken)
    {
        if (Ssh.HostName is null && PatroniConfigPath is null)
            return null;
        var node = await PatroniNode.OpenAsync(Node.Of(NodeOptions()), null, connection.Cluster, PatroniConfigPath, ServiceOptions(), cancellationToken).ConfigureAwait(false);
        var found = (await JournalStore.ListAsync(node.Files, node.DataDirectory, cancellationToken).ConfigureAwait(false)).FirstOrDefault(j => j.Id == id);
        return found is null ? null : found with { Job = found.Job with { Node = NodeOptions(), PatroniConfigPath = PatroniConfigPath } };
    }

    /// <summary>Turns a failure into an error about the target, so that the next target has its turn.</summary>
    private protected async Task ReportAsync(string target, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (PatroniOpsException e) when (Stopping)
        {
            // A stopped pipeline takes no error any more; how to go on must be read all the same.
            Host.UI.WriteWarningLine(e.Message);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, target));
        }
    }

    /// <summary>Shows the numbered steps and asks; with -WhatIf it only shows them.</summary>
    private protected Task<bool> AskAsync(string what, IReadOnlyList<string> steps)
    {
        var plan = string.Join(Environment.NewLine, steps.Select((step, index) => $"  {index + 1}. {step}"));
        return ConfirmAsync($"{what}:{Environment.NewLine}{plan}", $"{what}?{Environment.NewLine}{plan}", "Rebuild a replica");
    }

    private protected void Show(string activity, RebuildProgress progress)
    {
        var record = new ProgressRecord(ActivityId, activity, progress.Phase);
        if (progress is { BytesDone: { } done, BytesTotal: > 0 and var total })
        {
            record.PercentComplete = (int)Math.Min(100, done * 100 / total);
            record.CurrentOperation = $"{done >> 20} of {total >> 20} MiB{(progress.BytesPerSecond is { } rate ? $", {rate / (1 << 20):0.0} MiB/s" : "")}";
            record.SecondsRemaining = progress.TimeLeft is { } left && left.TotalSeconds < int.MaxValue ? (int)left.TotalSeconds : -1;
        }
        EmitProgress(record);
    }

    private protected void Complete(string activity) => EmitProgress(new ProgressRecord(ActivityId, activity, "done") { RecordType = ProgressRecordType.Completed });

    /// <summary>Drafts, and refuses when a condition does not hold or was not read.</summary>
    private protected async Task<RebuildDraft> CheckedAsync(ReplicaRebuilder rebuilder, RebuildRequest request, CancellationToken cancellationToken)
    {
        var draft = await rebuilder.DraftAsync(request, cancellationToken).ConfigureAwait(false);
        Require(draft.Checks, $"{request.Member} is not rebuilt");
        return draft;
    }

    /// <summary>Tells every condition, and refuses when one does not hold or was not read.</summary>
    private protected void Require(IReadOnlyList<PreflightCheck> checks, string whatIsNotDone)
    {
        foreach (var check in checks)
            EmitVerbose(check.ToString());
        PreflightCheck.Require(checks, whatIsNotDone);
    }
}
