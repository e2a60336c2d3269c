using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Crash;

/// <summary>The matrix has every step of every method, and the README tells its size.</summary>
public sealed class CrashMatrixSizeTests
{
    [Fact]
    public void Every_step_of_every_method_has_its_cells()
    {
        var cells = CrashMatrix.OfTheTool().Select(row => ((ReplicaRebuildMethod)row[0], (string)row[1])).Distinct();
        var steps = Enum.GetValues<ReplicaRebuildMethod>().SelectMany(method => RebuildMethods.StepsOf(method).Select(step => (method, step)));
        Assert.Equal(steps, cells);
    }

    [Fact]
    public void The_README_tells_how_many_cells_there_are()
    {
        var count = CrashMatrix.OfTheTool().Count + CrashMatrix.OfTheNode().Count + CrashMatrix.OfTheMachine().Count;
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ModuleSession.Manifest)!, "README.md"));
        Assert.Contains($"the crash matrix, {count} cells", text, StringComparison.Ordinal);
    }
}
