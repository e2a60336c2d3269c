using PatroniOps.Lab;

namespace PatroniOps.LabTests.Crash;

/// <summary>For the methods that make the data anew whatever it is: the member is a healthy replica, below a Patroni that rewinds by itself.</summary>
public sealed class HealthyCrashLab() : CrashLab("healthy", new LabOptions { UsePgRewind = true })
{
    public override Task<LabMember> VictimAsync() => ReplicaAsync();
}
