using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>
/// The member's restore_command, run as PostgreSQL runs it. PostgreSQL asks it before it looks into pg_wal and puts its file over the one that is
/// there: what it brings must be known before anything is placed.
/// </summary>
/// <param name="node">The member's node.</param>
/// <param name="command">The command; empty: there is none.</param>
/// <remarks>Source: PostgreSQL, src/backend/access/transam/xlogarchive.c, RestoreArchivedFile.</remarks>
internal sealed class RestoreCommand(PatroniNode node, string command)
{
    private const string TimeLimit = "60";
    private const int TimedOut = 124;

    // The command comes as input, never as an argument: it can hold a secret.
    private const string Script =
        """cd -- "$1" || exit 90; trap 'rm -f -- "$2"' EXIT; timeout -k 5 "$3" sh >/dev/null || exit $?; cat -- "$2" """;

    // The oldest there is: a command that cleans up by %r then keeps everything.
    private const string OldestFile = "000000010000000000000000";

    /// <summary>What it brings for the segment; none when it fails, which is how it says that it has none.</summary>
    /// <exception cref="PatroniOpsException">It does not return.</exception>
    public async Task<WalCopy> AskAsync(WalSegment segment, CancellationToken cancellationToken)
    {
        if (command.Length == 0)
            return WalCopy.None;
        var target = $"pg_wal/patroniops.restore.{segment.Name}";
        var text = $"{{ {Expand(command, segment.Name, target)}\n}} </dev/null\n";
        var result = await node.Node.RunAsync(
            new NodeCommand("sh", "-c", Script, "sh", node.DataDirectory, target, TimeLimit) { RunAs = node.Owner, Input = Encoding.UTF8.GetBytes(text) }, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? WalCopy.Of(result.OutputBytes)
            : result.ExitCode == TimedOut ? throw new PatroniOpsException(FailureKind.Refused,
                $"{node.Node.Name}: restore_command did not return within {TimeLimit} s for {segment.Name}. The member waits in it as well and never looks into pg_wal: repair it first.")
            : WalCopy.None;
    }

    /// <summary>The command for one file, as PostgreSQL's BuildRestoreCommand makes it.</summary>
    internal static string Expand(string command, string name, string target)
    {
        var text = new StringBuilder();
        for (var at = 0; at < command.Length; at++)
        {
            var next = command[at] == '%' && at + 1 < command.Length ? command[at + 1] switch { 'f' => name, 'p' => target, 'r' => OldestFile, '%' => "%", _ => null } : null;
            if (next is not null)
                at++;
            text.Append(next ?? command[at].ToString());
        }
        return text.ToString();
    }
}
