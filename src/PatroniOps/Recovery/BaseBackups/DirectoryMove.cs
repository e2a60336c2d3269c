using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Renames a directory that is known by its inode: done twice it is done once, and never the wrong one is taken.</summary>
internal static class DirectoryMove
{
    /// <summary>What tells a directory from any other.</summary>
    public static string Identity(NodeFile file) => $"{file.Device}:{file.Inode}";

    /// <exception cref="PatroniOpsException">Neither place has it, or the target is taken.</exception>
    public static async Task RunAsync(NodeFiles files, string from, string to, string identity)
    {
        if (await files.FindAsync(to, CancellationToken.None).ConfigureAwait(false) is { } there && Identity(there) == identity)
            return;
        var here = await files.FindAsync(from, CancellationToken.None).ConfigureAwait(false);
        if (here is null || Identity(here) != identity)
            throw new PatroniOpsException(FailureKind.Refused, $"{from} is not the directory that was looked at in the beginning: somebody has moved it. It is not touched.");
        await files.RenameAsync(from, to).ConfigureAwait(false);
    }
}
