using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Watching;

namespace PatroniOps.Reporting.Terminal;

/// <summary>What a view keeps of a cluster: the latest look, and the last lags of its replicas.</summary>
internal sealed class ViewedCluster
{
    private const int Lags = 30;

    private readonly Dictionary<string, Queue<long?>> lags = new(StringComparer.Ordinal);

    public ClusterLook Look { get; private set; } = null!;

    public IReadOnlyList<PatroniMember> Members { get; private set; } = [];

    public string Name => Look.Verdict.Cluster;

    public Verdict Verdict => Look.Verdict.Verdict;

    public long? MostLag => Members.Max(m => m.ReplayLagBytes);

    public void See(ClusterLook look)
    {
        Look = look;
        Members = look.Snapshot is null ? [] : [.. PatroniMember.FromSnapshot(look.Snapshot)];
        foreach (var gone in lags.Keys.Except(Members.Select(m => m.Member)).ToList())
            lags.Remove(gone);
        foreach (var member in Members)
        {
            if (!lags.TryGetValue(member.Member, out var last))
                lags[member.Member] = last = new Queue<long?>();
            last.Enqueue(member.ReplayLagBytes);
            if (last.Count > Lags)
                last.Dequeue();
        }
    }

    public IReadOnlyList<long?> LagsOf(string member) => [.. lags.GetValueOrDefault(member) ?? []];
}
