using PatroniOps.Crash;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Crash;

/// <summary>Whatever is killed wherever, nothing is lost: the rebuild is finished, or the old data is back. A few cells; the others are long tests.</summary>
public sealed class CrashTests(HealthyCrashLab fixture) : IClassFixture<HealthyCrashLab>
{
    [Theory]
    [InlineData("copy", CrashPoint.Midway, CrashTarget.Tool, CrashWay.Resume)]
    [InlineData("put-in-place", CrashPoint.Done, CrashTarget.Tool, CrashWay.Resume)]
    [InlineData("set-aside", CrashPoint.Done, CrashTarget.Machine, CrashWay.Resume)]
    public async Task Nothing_is_lost(string step, CrashPoint point, CrashTarget target, CrashWay way)
    {
        var victim = await fixture.VictimAsync();
        await new CrashCell(fixture.Lab, new CrashOptions(fixture.Lab.Paths.Directory, victim.Name, ReplicaRebuildMethod.BaseBackup, step, point, target), way).RunAsync();
    }
}
