using PatroniOps.Wal;

namespace PatroniOps.Archives;

/// <summary>Who wrote an archive, by the head of one of its segments.</summary>
/// <param name="SystemIdentifier">The database cluster.</param>
/// <param name="MajorVersion">PostgreSQL's major version.</param>
/// <param name="SegmentSize">Bytes a segment.</param>
/// <remarks>Source: PostgreSQL, src/include/access/xlog_internal.h, XLogLongPageHeaderData.</remarks>
public sealed record WalArchiveIdentity(ulong SystemIdentifier, int MajorVersion, long SegmentSize)
{
    // A few damaged files do not make an archive unreadable; a thousand are not opened to learn that it is.
    private const int MostTried = 20;

    /// <summary>Null when none of the first segments that are found tells.</summary>
    /// <exception cref="Patroni.PatroniOpsException">The archive may not or cannot be listed.</exception>
    public static WalArchiveIdentity? Find(WalArchive archive, CancellationToken cancellationToken) =>
        archive.Files(cancellationToken).Where(f => f.Name.Kind == ArchivedFileKind.Segment && f.Length > 0).Take(MostTried)
            .Select(file => Read(archive, file)).FirstOrDefault(identity => identity is not null);

    private static WalArchiveIdentity? Read(WalArchive archive, ArchivedFile file)
    {
        Span<byte> head = stackalloc byte[WalPageHeader.LongSize];
        try
        {
            using var content = archive.Open(file);
            return ArchiveContent.Fill(content, head) == head.Length && WalSegmentHeader.Read(head) is { } header
                && WalMagic.MajorVersion(header.Page.Magic) is { } version && Postgres.WalSegment.IsValidSize(header.SegmentSize)
                ? new WalArchiveIdentity(header.SystemIdentifier, version, header.SegmentSize) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
