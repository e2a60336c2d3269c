using PatroniOps.Crash;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Crash;

/// <summary>The whole matrix.</summary>
[Trait("Category", "Long")]
public sealed class CrashMatrixTests(CrashLabs labs) : IClassFixture<CrashLabs>
{
    [Theory]
    [MemberData(nameof(CrashMatrix.OfTheTool), MemberType = typeof(CrashMatrix))]
    public Task The_tool_is_killed(ReplicaRebuildMethod method, string step, CrashPoint point, CrashWay way) => RunAsync(method, step, point, CrashTarget.Tool, way);

    [Theory]
    [MemberData(nameof(CrashMatrix.OfTheNode), MemberType = typeof(CrashMatrix))]
    public Task The_members_servers_are_killed(ReplicaRebuildMethod method, string step, CrashPoint point) => RunAsync(method, step, point, CrashTarget.Node, CrashWay.Resume);

    [Theory]
    [MemberData(nameof(CrashMatrix.OfTheMachine), MemberType = typeof(CrashMatrix))]
    public Task The_machine_crashes_and_comes_up_again(ReplicaRebuildMethod method, string step, CrashWay way) => RunAsync(method, step, CrashPoint.Done, CrashTarget.Machine, way);

    private async Task RunAsync(ReplicaRebuildMethod method, string step, CrashPoint point, CrashTarget target, CrashWay way)
    {
        var crashed = await labs.ForAsync(method);
        try
        {
            var victim = await crashed.VictimAsync();
            await new CrashCell(crashed.Lab, new CrashOptions(crashed.Lab.Paths.Directory, victim.Name, method, step, point, target), way).RunAsync();
        }
        catch
        {
            await labs.GiveUpAsync(crashed);
            throw;
        }
    }
}
