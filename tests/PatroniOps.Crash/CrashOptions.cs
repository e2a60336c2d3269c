using PatroniOps.Recovery;

namespace PatroniOps.Crash;

/// <summary>What to run and where to crash.</summary>
/// <param name="LabDirectory">A lab that runs.</param>
/// <param name="Member">The member to rebuild.</param>
/// <param name="Method">How.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Point">Where in the step.</param>
/// <param name="Target">What is killed.</param>
public sealed record CrashOptions(string LabDirectory, string Member, ReplicaRebuildMethod Method, string Step, CrashPoint Point, CrashTarget Target)
{
    public const string Usage = "Usage: patroniops-crash LAB-DIRECTORY MEMBER METHOD STEP Begun|Midway|Done|Finished|UndoBegun|Undone Tool|Node|Machine";

    /// <summary>The command line that says this.</summary>
    public IReadOnlyList<string> Arguments => [LabDirectory, Member, $"{Method}", Step, $"{Point}", $"{Target}"];

    /// <summary>Null when they cannot be read.</summary>
    public static CrashOptions? Parse(string[] args) =>
        args is [var directory, var member, var method, var step, var point, var target]
            && Enum.TryParse<ReplicaRebuildMethod>(method, out var how) && Enum.TryParse<CrashPoint>(point, out var where) && Enum.TryParse<CrashTarget>(target, out var what)
            && RebuildMethods.StepsOf(how).Contains(step)
            ? new CrashOptions(directory, member, how, step, where, what)
            : null;
}
