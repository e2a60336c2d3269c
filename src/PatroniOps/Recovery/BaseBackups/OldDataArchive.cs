using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Packs the old data into a compressed archive, and compares the archive with it.</summary>
internal static class OldDataArchive
{
    // Names are relative to the root directory, so that linked directories unpack to where they were. What is whole takes the name, and only then.
    private const string Script =
        """
        set -e
        umask 077
        archive=$1 part=$1.part
        shift
        tar -C / --one-file-system -czf "$part" -- "$@"
        tar -C / -dzf "$part"
        sync "$part"
        mv -T "$part" "$archive"
        sync "$(dirname "$archive")"
        """;

    /// <summary>Packs it. Done twice it is done once; afterwards the old directory has another name and is no longer put back.</summary>
    /// <exception cref="PatroniOpsException">It could not be packed, or the archive differs: the old data stays.</exception>
    public static async Task PackAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        var packed = $"{job.OldDirectory}.packed";
        if (await context.Files.ExistsAsync(job.OldDirectory, cancellationToken).ConfigureAwait(false))
        {
            context.Progress(new RebuildProgress("packing the old data"));
            string[] directories = [job.OldDirectory, .. LinkedDirectory.Of(context).Select(l => l.OldTarget(context))];
            var command = new NodeCommand("sh", ["-c", Script, "sh", job.OldArchive, .. directories.Select(d => d.TrimStart('/'))]) { RunAs = context.Member.Owner };
            var result = await Leash.RunAsync(context.Member.Node, command, cancellationToken).ConfigureAwait(false);
            if (!result.IsSuccess)
                throw new PatroniOpsException(FailureKind.Refused, $"{job.OldDirectory} could not be packed into {job.OldArchive} and compared with it ({result.ExitCode}): {result.Said}");
            // A directory that is half removed must not look like one that can be put back.
            await context.Files.RenameAsync(job.OldDirectory, packed).ConfigureAwait(false);
        }
        await context.Files.RemoveAsync(packed, cancellationToken).ConfigureAwait(false);
    }
}
