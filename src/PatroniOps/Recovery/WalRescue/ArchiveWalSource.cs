using System.Security.Cryptography;
using PatroniOps.Archives;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>An archive on a path of this machine. <c>.partial</c> files are never taken.</summary>
internal sealed class ArchiveWalSource(ArchiveSnapshot archive, string? systemIdentifier) : IWalSegmentSource
{
    public string Name => archive.Location;

    public async Task<WalCopy> ReadAsync(WalSegment segment, CancellationToken cancellationToken)
    {
        string? problem = null;
        try
        {
            foreach (var file in ArchivedSegment.Find(archive.Location, archive.Kind, segment, systemIdentifier))
            {
                var (content, reason) = await OneAsync(file, segment, cancellationToken).ConfigureAwait(false);
                if (content is not null)
                    return WalCopy.Of(content);
                problem = reason;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message.TrimEnd('.');
        }
        return problem is null ? WalCopy.None : WalCopy.Failed(problem);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A name can occur twice in a repository, with different sums: a damaged one does not hide the other.
    private static async Task<WalCopy> OneAsync(ArchivedSegment file, WalSegment segment, CancellationToken cancellationToken)
    {
        try
        {
            var content = await file.ReadAsync(segment.Size, cancellationToken).ConfigureAwait(false);
            return file.Sha1 is { } sum && !Convert.ToHexString(Sha1(content)).Equals(sum, StringComparison.OrdinalIgnoreCase)
                ? WalCopy.Failed($"{file.Path}: its checksum is not the one in its name")
                : WalCopy.Of(content);
        }
        catch (InvalidDataException e)
        {
            return WalCopy.Failed($"{file.Path}: {e.Message}");
        }
    }

#pragma warning disable CA5350 // The sum that pgBackRest chose; it guards against damage, not against an attacker.
    private static byte[] Sha1(byte[] content) => SHA1.HashData(content);
#pragma warning restore CA5350
}
