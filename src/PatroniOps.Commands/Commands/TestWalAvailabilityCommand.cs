using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Test-WalAvailability: for each replica, from where it needs WAL, who still has it, and whether it recovers without help.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WalAvailability")]
[OutputType(typeof(WalAvailability), typeof(bool))]
public sealed class TestWalAvailabilityCommand : SnapshotCmdlet
{
    private bool isAllAvailable = true;
    private bool isAnyJudged;

    /// <summary>Replicas by name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <summary>Proves it over the replication protocol: asks the upstream for WAL at exactly that position, without a slot.</summary>
    [Parameter]
    public SwitchParameter Probe { get; set; }

    /// <summary>A role with the REPLICATION attribute for -Probe; without it the connection's own is tried.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ReplicationCredential { get; set; }

    /// <summary>Returns one Boolean: true only if every replica will recover without help.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var judged = new List<(WalAvailability Result, ClusterSnapshot Snapshot, PatroniConnection? Connection)>();
        await ForEachSnapshotAsync((snapshot, connection) =>
        {
            var wanted = MemberFilter(Member, snapshot);
            foreach (var result in WalAvailabilityJudge.Judge(snapshot).Where(r => wanted(r.Member)))
            {
                if (Probe)
                    lock (judged)
                        judged.Add((result, snapshot, connection));
                else
                    Report(result);
            }
        }, cancellationToken).ConfigureAwait(false);
        foreach (var (result, snapshot, connection) in judged)
            Report(connection is null
                ? result with { Probe = new WalProbeResult(WalProbeOutcome.Unknown, "A recorded cluster cannot be probed.") }
                : await ProbeAsync(result, snapshot, connection, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            Emit(isAnyJudged && isAllAvailable);
        return Task.CompletedTask;
    }

    private void Report(WalAvailability result)
    {
        isAnyJudged = true;
        isAllAvailable &= result.IsAvailable == true;
        if (!Quiet)
            Emit(result);
    }

    private async Task<WalAvailability> ProbeAsync(WalAvailability result, ClusterSnapshot snapshot, PatroniConnection connection, CancellationToken cancellationToken)
    {
        var upstream = snapshot.Members.FirstOrDefault(m => m.Name == result.Upstream);
        if (result is not { NeededLsn: { } position, NeededTimeline: { } timeline } || upstream is not { Host: { } host, Port: { } port })
            return result with { Probe = new WalProbeResult(WalProbeOutcome.Unknown, "The needed position or the upstream's address is not known.") };
        using var client = connection.ReplicationClient(ReplicationCredential?.GetNetworkCredential());
        return WalProbeJudge.Apply(result, await ReplicationProbe.RunAsync(client, host, port, position, timeline, cancellationToken).ConfigureAwait(false));
    }
}
