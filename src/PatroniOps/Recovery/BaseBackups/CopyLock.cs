using PatroniOps.Nodes;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>
/// One program at a time writes or empties the new directory. Those of a killed run end by themselves, but not at once: the lock, which all their
/// processes inherit, tells when the last one is gone.
/// </summary>
internal static class CopyLock
{
    private const int WaitSeconds = 120;

    /// <summary>The command, as the new directory's owner, once nobody else is at it.</summary>
    public static NodeCommand Tie(RebuildContext context, NodeCommand command) => command with
    {
        Program = "flock",
        Arguments = ["--timeout", $"{WaitSeconds}", context.Job.NewDirectory, command.Program, .. command.Arguments],
        RunAs = context.Member.Owner,
    };
}
