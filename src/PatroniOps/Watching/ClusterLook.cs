using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Watching;

/// <summary>One look at a watched cluster.</summary>
/// <param name="Snapshot">What was read; null when the cluster could not be connected to.</param>
/// <param name="Verdict">The judgement of this look alone.</param>
/// <param name="Events">What has changed since the looks before, the verdict first.</param>
public sealed record ClusterLook(ClusterSnapshot? Snapshot, ClusterVerdict Verdict, IReadOnlyList<ClusterEvent> Events);
