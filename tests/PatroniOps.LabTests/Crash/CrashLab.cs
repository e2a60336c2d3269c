using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Crash;

/// <summary>A lab of two that is crashed again and again, and its way to a member that a method can be used on.</summary>
public abstract class CrashLab(string name, LabOptions options) : LabFixture($"crash-{name}", options with { Members = 2, MaxWalSize = "128MB" })
{
    /// <summary>The member that is rebuilt next, in the state that its method is for.</summary>
    public abstract Task<LabMember> VictimAsync();

    /// <summary>The replica of a healthy lab.</summary>
    protected async Task<LabMember> ReplicaAsync()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        return Lab.Members.First(member => member != leader);
    }
}
