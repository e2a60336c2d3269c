using System.Text.Json;
using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Connections;

/// <summary>Reads a whole cluster, everything at once, each member within its own time limit. Reads only; judges nothing.</summary>
internal sealed class ClusterCollector(PatroniConnection connection, ClusterProfile profile)
{
    private static readonly TimeSpan Contradiction = TimeSpan.FromSeconds(1);

    public async Task<ClusterSnapshot> CollectAsync(CancellationToken cancellationToken)
    {
        var takenAt = connection.Time.GetUtcNow();
        var (source, view) = await ViewAsync(cancellationToken).ConfigureAwait(false);
        var nobody = view.Reason ?? "";
        var configuration = ReadAsync(source, nobody, "config", d => new DynamicConfiguration(Redaction.Document(d)), cancellationToken);
        var history = ReadAsync(source, nobody, "history", TimelineHistory.ParseRest, cancellationToken);
        var members = await Task.WhenAll(Targets(view).Select(target => MemberAsync(target, cancellationToken))).ConfigureAwait(false);
        var leader = members.FirstOrDefault(m => m.IsLeader);
        var leaderLsn = await LeaderLsnAsync(leader, cancellationToken).ConfigureAwait(false);
        return new ClusterSnapshot
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            TakenAt = takenAt,
            ReadWithin = connection.Time.GetUtcNow() - takenAt,
            View = view,
            Configuration = await configuration.ConfigureAwait(false),
            History = await history.ConfigureAwait(false),
            Members = members,
            LeaderLsnAfter = leaderLsn,
            Archives = await ArchivesAsync(members, cancellationToken).ConfigureAwait(false),
            Earlier = profile.LeaderPosition,
        };
    }

    private async Task<(Uri? Source, Reading<ClusterView> View)> ViewAsync(CancellationToken cancellationToken)
    {
        var addresses = connection.Options.Seeds.Concat(profile.Members.Select(m => m.ApiUrl).OfType<Uri>()).Distinct().ToList();
        try
        {
            var (source, view) = await ClusterViewReader.ReadAsync(connection.Rest, addresses, cancellationToken).ConfigureAwait(false);
            return (source, Reading.Of(view));
        }
        catch (PatroniOpsException e)
        {
            return (null, Reading.Unknown<ClusterView>(e));
        }
    }

    // The listed members in Patroni's order, then those that are remembered but no longer listed.
    private IEnumerable<MemberSnapshot> Targets(Reading<ClusterView> view)
    {
        var remembered = profile.Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        var listed = view.Value?.Members ?? [];
        foreach (var member in listed)
            yield return Target(member.Name, member, remembered.GetValueOrDefault(member.Name), isAbsent: false);
        foreach (var member in profile.Members.Where(m => listed.All(l => l.Name != m.Name)))
            yield return Target(member.Name, null, member, isAbsent: view.IsKnown);
    }

    private static MemberSnapshot Target(string name, ClusterViewMember? listed, RememberedMember? remembered, bool isAbsent) => new()
    {
        Name = name,
        ApiUrl = listed?.ApiUrl ?? remembered?.ApiUrl,
        Host = listed?.Host ?? remembered?.Host,
        Port = listed?.Port ?? remembered?.Port,
        Listed = listed,
        Remembered = remembered,
        IsAbsent = isAbsent,
        Patroni = Reading.Unknown<PatroniStatus>(FailureKind.NotConfigured, "Its REST address is not known."),
        Postgres = PostgresSnapshot.Unknown(FailureKind.NotConfigured, "Its PostgreSQL address is not known."),
    };

    private async Task<MemberSnapshot> MemberAsync(MemberSnapshot target, CancellationToken cancellationToken)
    {
        var member = await BothAsync(target, cancellationToken).ConfigureAwait(false);
        // In the first moment of a restart Patroni still calls it running: the two words are from different times, and are asked for again.
        if (member.Patroni.Value?.State == "running" && member.Postgres.State.Failure == FailureKind.Unreachable)
        {
            await Task.Delay(Contradiction, connection.Time, cancellationToken).ConfigureAwait(false);
            member = await BothAsync(target, cancellationToken).ConfigureAwait(false);
        }
        return connection.Options.Nodes.TryGetValue(member.Name, out var node)
            ? member with { Disk = await DiskReader.ReadAsync(node, member, connection.Options.Timeout, cancellationToken).ConfigureAwait(false) }
            : member;
    }

    private async Task<MemberSnapshot> BothAsync(MemberSnapshot target, CancellationToken cancellationToken)
    {
        var patroni = ReadAsync(target.ApiUrl, "Its REST address is not known.", "patroni", PatroniStatus.Parse, cancellationToken);
        var postgres = PostgresCollector.CollectAsync(connection.Postgres, target.Host, target.Port, cancellationToken);
        return target with { Patroni = await patroni.ConfigureAwait(false), Postgres = await postgres.ConfigureAwait(false) };
    }

    private async Task<Reading<T>> ReadAsync<T>(Uri? address, string withoutAddress, string path, Func<JsonElement, T?> parse, CancellationToken cancellationToken) where T : class
    {
        if (address is null)
            return Reading.Unknown<T>(FailureKind.NotConfigured, withoutAddress);
        try
        {
            return parse(await connection.Rest.GetAsync(address, path, cancellationToken).ConfigureAwait(false)) is { } value
                ? Reading.Of(value)
                : Reading.Unknown<T>(FailureKind.InvalidAnswer, $"{address}{path}: the answer is JSON, but not Patroni's.");
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<T>(e);
        }
    }

    private async Task<Lsn?> LeaderLsnAsync(MemberSnapshot? leader, CancellationToken cancellationToken)
    {
        if (leader?.Postgres.State.Value is null)
            return null;
        try
        {
            var results = await connection.Postgres.QueryAsync(leader.Host!, leader.Port!.Value, _ => [ServerState.Sql], cancellationToken).ConfigureAwait(false);
            var state = results[0].Document is { } document ? ServerState.Parse(document) : null;
            return state?.CurrentLsn ?? Lsn.Max(state?.ReceiveLsn, state?.ReplayLsn);
        }
        catch (PatroniOpsException)
        {
            // It answered a moment ago and no longer does: what it said then may be too old to compare with.
            return null;
        }
    }

    private async Task<IReadOnlyList<ArchiveSnapshot>> ArchivesAsync(MemberSnapshot[] members, CancellationToken cancellationToken)
    {
        if (connection.Options.ArchivePaths.Count == 0)
            return [];
        var size = members.Select(m => m.Postgres.State.Value?.WalSegmentSize).FirstOrDefault(s => s is not null) ?? WalSegment.DefaultSize;
        return await Task.WhenAll(connection.Options.ArchivePaths.Select(path =>
            Task.Run(() => ArchiveReader.Read(path, size, connection.SystemIdentifier, cancellationToken), cancellationToken))).ConfigureAwait(false);
    }
}
