namespace PatroniOps.Nodes;

/// <summary>
/// Runs a long program so that it ends with whoever started it: its input is a leash, and when that is cut (the tool was killed, the connection
/// broke) the program is ended.
/// </summary>
internal static class Leash
{
    // The watcher lets go of the output: whoever reads it waits for its end. The whole group is ended: pg_basebackup's second process, which receives
    // WAL, outlives the first one when that alone is ended.
    private const string Script =
        """exec 3<&0; setsid "$@" </dev/null 3<&- & p=$!; { cat <&3; kill -TERM -$p || kill -TERM $p; } >/dev/null 2>&1 & w=$!; exec 3<&-; wait $p; s=$?; kill $w 2>/dev/null; exit $s""";

    /// <summary>The command on a leash.</summary>
    public static NodeCommand Tie(NodeCommand command) => command with { Program = "sh", Arguments = ["-c", Script, "sh", command.Program, .. command.Arguments] };

    /// <summary>Runs it to its end; cancelling ends it on the node too.</summary>
    public static async Task<NodeResult> RunAsync(Node node, NodeCommand command, CancellationToken cancellationToken)
    {
        using var process = await node.StartAsync(Tie(command), cancellationToken).ConfigureAwait(false);
        return await process.EndAsync(cancellationToken).ConfigureAwait(false);
    }
}
