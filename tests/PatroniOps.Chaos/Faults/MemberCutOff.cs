using PatroniOps.Lab.Isolation;

namespace PatroniOps.Chaos.Faults;

/// <summary>A member is cut off in its own network namespace: from etcd, from the others, and from who watches.</summary>
internal sealed class MemberCutOff : IFault
{
    public string Name => "cut-off";

    public string Description => "the member's network is cut";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["MemberDown", "MemberAbsent"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) => MemberNetwork.CutAsync(site.Victim, cancellationToken);

    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => MemberNetwork.JoinAsync(site.Victim, cancellationToken);
}
