using PatroniOps.Archives;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>Reads how Patroni will make a replica anew, asks the repositories that it would restore from, and looks who is at work; changes nothing.</summary>
public static class ReinitializeFactsReader
{
    /// <param name="request">The member and its node.</param>
    /// <param name="snapshot">The cluster, with the dynamic configuration.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ReinitializeFacts> ReadAsync(RebuildRequest request, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var cluster = snapshot.Configuration.Value;
        var isNamed = request.Node.HostName is not null || request.PatroniConfigPath is not null;
        PatroniNode member;
        try
        {
            member = await PatroniNode.OpenAsync(Node.Of(request.Node), request.Member, snapshot.Cluster, request.PatroniConfigPath, request.Service, cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            return ReinitializeFacts.Unread(e.Message.TrimEnd('.')) with
            {
                IsNodeNamed = isNamed,
                Methods = [.. ReplicaMethod.BeforeBaseBackup(null, cluster).Select(m => new MethodRepository(m.Name, Reading.Unknown<PgBackRestRepository>(e)))],
            };
        }
        var methods = new List<MethodRepository>();
        foreach (var method in ReplicaMethod.BeforeBaseBackup(member.Configuration, cluster))
            methods.Add(new MethodRepository(method.Name, await RepositoryAsync(member, method, snapshot.WalSegmentSize, cancellationToken).ConfigureAwait(false)));
        var holder = await NodeLock.HolderAsync(member.Node, RebuildJob.LockBeside(member.DataDirectory), member.Owner, cancellationToken).ConfigureAwait(false);
        return new ReinitializeFacts { IsNodeNamed = isNamed, Methods = methods, AtWork = holder };
    }

    private static async Task<Reading<PgBackRestRepository>> RepositoryAsync(PatroniNode member, ReplicaMethod method, long segmentSize, CancellationToken cancellationToken)
    {
        if (PgBackRestCommand.FromRestore(method.Words) is not { } pgBackRest)
            return Reading.Unknown<PgBackRestRepository>(FailureKind.NotConfigured, "its command is not a plain restore of pgBackRest's newest backup, so what it restores from cannot be asked");
        try
        {
            return Reading.Of(await PgBackRestRepository.ReadAsync(member.Node, member.Owner, pgBackRest, segmentSize, cancellationToken).ConfigureAwait(false));
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<PgBackRestRepository>(e);
        }
    }
}
