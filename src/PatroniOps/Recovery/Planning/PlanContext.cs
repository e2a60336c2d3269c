using PatroniOps.Diagnosis;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Planning;

/// <summary>What a plan is made from. Everything was read before; judging it reads nothing.</summary>
internal sealed record PlanContext
{
    public required ClusterSnapshot Snapshot { get; init; }

    public required MemberSnapshot Target { get; init; }

    public required WalAvailability Wal { get; init; }

    public required ReplicaLink Link { get; init; }

    /// <summary>What the diagnosis found about the replica.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The conditions of each method that works on the node; empty when the node was not looked at.</summary>
    public IReadOnlyDictionary<ReplicaRebuildMethod, RebuildDraft> Drafts { get; init; } = new Dictionary<ReplicaRebuildMethod, RebuildDraft>();

    /// <summary>Why the node was not looked at; null when it was.</summary>
    public string? NodeUnknown { get; init; }

    /// <summary>What was read of the way by which Patroni would make the replica itself.</summary>
    public required ReinitializeFacts Reinitialize { get; init; }

    /// <summary>The restore_command that a person has named; null: nobody has.</summary>
    public string? RestoreCommand { get; init; }

    /// <summary>The size of all databases; null when not read.</summary>
    public long? DatabaseBytes { get; init; }

    /// <summary>Bytes a second of an earlier copy in this cluster; null when there was none.</summary>
    public double? CopyRate { get; init; }

    /// <summary>Time for a number of bytes at the measured rate.</summary>
    public TimeSpan? TimeFor(long? bytes) => bytes is { } count && CopyRate is > 0 and var rate ? TimeSpan.FromSeconds(count / rate) : null;

    /// <summary>The verdict of a list of conditions: not possible as soon as one does not hold, not known as soon as one was not read.</summary>
    public static (bool? IsFeasible, string Reason) Judge(IReadOnlyList<PreflightCheck> checks, string whenAllHold)
    {
        var failed = checks.Where(c => c.HasPassed == false).ToList();
        if (failed.Count > 0)
            return (false, string.Join("; ", failed.Select(c => c.Text)));
        var unknown = checks.Where(c => c.HasPassed is null).ToList();
        var reason = $"not known: {string.Join("; ", unknown.Select(c => c.Text))}";
        return unknown.Exists(c => c.IsRequired) ? (null, reason) : (true, unknown.Count > 0 ? $"{whenAllHold}; {reason}" : whenAllHold);
    }

    /// <summary>What a method that works on the node would move, and how far to trust the number; null when not known.</summary>
    public (long? Bytes, string? Note) Moves(ReplicaRebuildMethod method) =>
        Drafts.TryGetValue(method, out var draft) && draft.Bytes is { } bytes ? (bytes, draft.BytesNote) : (null, null);

    /// <summary>The verdict on a method that works on the node.</summary>
    public (bool? IsFeasible, string Reason, IReadOnlyList<string> Steps) OnNode(ReplicaRebuildMethod method, string whenAllHold)
    {
        if (!Drafts.TryGetValue(method, out var draft))
            return (null, $"{Target.Name}'s node was not looked at: {NodeUnknown ?? "nobody asked"}", []);
        var (feasible, reason) = Judge(draft.Checks, whenAllHold);
        return (feasible, reason, draft.Steps);
    }
}
