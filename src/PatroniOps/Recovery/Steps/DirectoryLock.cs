using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Steps;

/// <summary>
/// One program at a time works on a directory. Those of a killed run end by themselves, but not at once: the lock, which all their processes
/// inherit, tells when the last one is gone.
/// </summary>
internal static class DirectoryLock
{
    private const int WaitSeconds = 120;

    // The program takes the shell's place: what ends it on a leash must reach it. In a directory that is not there nothing is at work.
    private const string Script =
        """
        directory=$1 seconds=$2; shift 2
        if [ -e "$directory" ]; then
          exec 9<"$directory"
          flock --timeout "$seconds" 9 || { echo "another program is still at work on $directory" >&2; exit 75; }
        fi
        exec "$@"
        """;

    /// <summary>The command, as the data directory's owner, once nobody else is at it.</summary>
    public static NodeCommand Tie(RebuildContext context, string directory, NodeCommand command) => command with
    {
        Program = "sh",
        Arguments = ["-c", Script, "sh", directory, $"{WaitSeconds}", command.Program, .. command.Arguments],
        RunAs = context.Member.Owner,
    };
}
