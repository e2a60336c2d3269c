using System.Security.Cryptography;
using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>An archive on a path of this machine. <c>.partial</c> files are never taken.</summary>
internal sealed class ArchiveWalSource(ArchiveSnapshot archive, string? systemIdentifier) : IWalSegmentSource
{
    private WalArchive? opened;

    public string Name => archive.Location;

    public async Task<WalCopy> ReadAsync(WalSegment segment, CancellationToken cancellationToken)
    {
        string? problem = null;
        try
        {
            opened ??= WalArchive.Open(archive.Location, stanza: null, systemIdentifier);
            foreach (var file in opened.Find(segment))
            {
                var (content, reason) = await Task.Run(() => One(opened, file, segment), cancellationToken).ConfigureAwait(false);
                if (content is not null)
                    return WalCopy.Of(content);
                problem = reason;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PatroniOpsException)
        {
            problem = e.Message.TrimEnd('.');
        }
        return problem is null ? WalCopy.None : WalCopy.Failed(problem);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A name can occur twice in a repository, with different sums: a damaged one does not hide the other.
    private static WalCopy One(WalArchive archive, ArchivedFile file, WalSegment segment)
    {
        try
        {
            var content = Content(archive, file, segment.Size);
            return file.Sha1 is { } sum && !Convert.ToHexString(Sha1(content)).Equals(sum, StringComparison.OrdinalIgnoreCase)
                ? WalCopy.Failed($"{file.Path}: its checksum is not the one in its name")
                : WalCopy.Of(content);
        }
        catch (InvalidDataException e)
        {
            return WalCopy.Failed($"{file.Path}: {e.Message}");
        }
    }

    // One byte more than a segment has tells that there is too much, and no bomb is unpacked.
    private static byte[] Content(WalArchive archive, ArchivedFile file, long limit)
    {
        using var content = archive.Open(file);
        var bytes = new byte[limit + 1];
        return bytes[..ArchiveContent.Fill(content, bytes)];
    }

#pragma warning disable CA5350 // The sum that pgBackRest chose; it guards against damage, not against an attacker.
    private static byte[] Sha1(byte[] content) => SHA1.HashData(content);
#pragma warning restore CA5350
}
