using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.LabTests.Crash;

/// <summary>For Rewind: the member has led, has rows that nobody else has, and came back as a replica.</summary>
public sealed class DivergedCrashLab() : CrashLab("diverged", new LabOptions())
{
    public override async Task<LabMember> VictimAsync()
    {
        await ReplicaAsync();
        var broken = await ScenarioCatalogue.Find("diverged-old-leader").BreakAsync(Lab);
        return Lab.Member(broken.Member);
    }
}
