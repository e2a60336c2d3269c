using PatroniOps.Lab;

namespace PatroniOps.Chaos.Faults;

/// <summary>Where a fault happens.</summary>
/// <param name="Lab">The cluster.</param>
/// <param name="Leader">Who leads at that moment.</param>
/// <param name="Victim">Who is hit; may be the leader.</param>
internal sealed record FaultSite(LabCluster Lab, LabMember Leader, LabMember Victim);
