using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Crash;

/// <summary>The lab that all crashes share.</summary>
public sealed class CrashLab() : LabFixture("crash", new LabOptions { Members = 2, UsePgRewind = true, MaxWalSize = "128MB" })
{
    /// <summary>The member that is rebuilt again and again.</summary>
    public async Task<LabMember> VictimAsync()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        return Lab.Members.First(member => member != leader);
    }
}
