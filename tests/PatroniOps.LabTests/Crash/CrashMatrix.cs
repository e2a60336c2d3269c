using PatroniOps.Crash;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Crash;

/// <summary>Every crash of every step of every method, and every way on: a new step is in it by itself.</summary>
internal static class CrashMatrix
{
    private static readonly CrashPoint[] Forward = [CrashPoint.Begun, CrashPoint.Midway, CrashPoint.Done];
    private static readonly CrashPoint[] Backward = [CrashPoint.UndoBegun, CrashPoint.Undone];

    /// <summary>The tool is killed.</summary>
    public static TheoryData<ReplicaRebuildMethod, string, CrashPoint, CrashWay> OfTheTool()
    {
        var cells = new TheoryData<ReplicaRebuildMethod, string, CrashPoint, CrashWay>();
        foreach (var (method, step) in Steps())
        {
            foreach (var point in Forward)
                cells.Add(method, step, point, CrashWay.Resume);
            if (!RebuildMethods.IsUndoable(method))
                continue;
            foreach (var point in (CrashPoint[])[.. Forward, .. Backward])
                cells.Add(method, step, point, CrashWay.Undo);
        }
        foreach (var method in Enum.GetValues<ReplicaRebuildMethod>())
            cells.Add(method, RebuildMethods.StepsOf(method)[^1], CrashPoint.Finished, CrashWay.Resume);
        return cells;
    }

    /// <summary>The member's Patroni and PostgreSQL are killed. Reinitialize is their own doing: when they are up again depends on their service manager alone.</summary>
    public static TheoryData<ReplicaRebuildMethod, string, CrashPoint> OfTheNode()
    {
        var cells = new TheoryData<ReplicaRebuildMethod, string, CrashPoint>();
        foreach (var (method, step) in Steps().Where(s => s.Method != ReplicaRebuildMethod.Reinitialize))
            foreach (var point in Forward)
                cells.Add(method, step, point);
        return cells;
    }

    /// <summary>The machine crashes, and comes up again before anybody goes on.</summary>
    public static TheoryData<ReplicaRebuildMethod, string, CrashWay> OfTheMachine()
    {
        var cells = new TheoryData<ReplicaRebuildMethod, string, CrashWay>();
        foreach (var (method, step) in Steps())
        {
            cells.Add(method, step, CrashWay.Resume);
            if (RebuildMethods.IsUndoable(method))
                cells.Add(method, step, CrashWay.Undo);
        }
        return cells;
    }

    private static IEnumerable<(ReplicaRebuildMethod Method, string Step)> Steps() =>
        from method in Enum.GetValues<ReplicaRebuildMethod>()
        from step in RebuildMethods.StepsOf(method)
        select (method, step);
}
