using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Archives;

/// <summary>Lists the segments in an archive on a local path. Reads names, never contents.</summary>
public static class ArchiveReader
{
    /// <param name="path">As <see cref="WalArchive.Open(string, string?, string?)"/> takes it.</param>
    /// <param name="segmentSize">Bytes a segment.</param>
    /// <param name="systemIdentifier">Chooses the right history id of a repository; null takes them all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>Never throws for what the file system does: an archive that cannot be read is unknown.</returns>
    public static ArchiveSnapshot Read(string path, long segmentSize, string? systemIdentifier, CancellationToken cancellationToken)
    {
        var kind = ArchiveKind.Unknown;
        try
        {
            var archive = WalArchive.Open(path, stanza: null, systemIdentifier);
            kind = archive.Kind;
            return new ArchiveSnapshot(path, kind, Reading.Of(WalCatalogue.Read(archive, segmentSize, cancellationToken).Ranges));
        }
        catch (PatroniOpsException e)
        {
            return new ArchiveSnapshot(path, kind, Reading.Unknown<IReadOnlyList<WalRange>>(e));
        }
    }
}
