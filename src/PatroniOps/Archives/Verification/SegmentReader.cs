using System.Security.Cryptography;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Archives.Verification;

/// <summary>Reads files of segments piece by piece and checks every page and record on the way. One for each worker; it holds one piece, whatever a segment's size.</summary>
internal sealed class SegmentReader(WalArchive archive, ulong? systemIdentifier, int? majorVersion)
{
    // Fits into a core's own cache together with what a decompressor needs, and is of whole pages of any size.
    private const int PieceBytes = 256 << 10;
    private const int SmallPieceBytes = 64 << 10;

    private readonly byte[] piece = new byte[PieceBytes];

    /// <summary>Reads a whole file.</summary>
    /// <param name="chain">The records so far; what it is worth afterwards depends on the result.</param>
    /// <param name="segment">What the name says.</param>
    /// <param name="file">The file.</param>
    /// <param name="withSum">Also sums up the bytes, and compares the sum with the one in the name where there is one.</param>
    /// <param name="cancellationToken">Ends it between two pieces.</param>
    public SegmentReading Read(ref WalRecordChain chain, WalSegment segment, ArchivedFile file, bool withSum, CancellationToken cancellationToken)
    {
        var walk = new WalSegmentWalk(segment, systemIdentifier, majorVersion);
#pragma warning disable CA5350 // The sum that pgBackRest chose; it guards against damage, not against an attacker.
        using var sum = withSum ? IncrementalHash.CreateHash(HashAlgorithmName.SHA1) : null;
#pragma warning restore CA5350
        try
        {
            using var content = archive.Open(file, isSummed: sum is not null && file.Sha1 is not null);
            for (int length; (length = ArchiveContent.Fill(content, piece)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (walk.Append(ref chain, piece.AsSpan(0, length)) is { } problem)
                    return new(file, problem, problem.IsOfOthers ? WalArchiveProblemKind.OtherCluster : walk.Length > segment.Size ? WalArchiveProblemKind.Truncated : WalArchiveProblemKind.Damaged, null, walk.Length);
                sum?.AppendData(piece, 0, length);
            }
        }
        catch (InvalidDataException e)
        {
            return new(file, new(segment.Start + walk.Length, e.Message.TrimEnd('.')), WalArchiveProblemKind.Damaged, null, walk.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(file, new(segment.Start + walk.Length, $"it could not be read: {e.Message.TrimEnd('.')}"), WalArchiveProblemKind.Unreadable, null, walk.Length);
        }
        if (walk.End() is { } tooShort)
            return new(file, tooShort, WalArchiveProblemKind.Truncated, null, walk.Length);
        var text = sum is null ? null : Convert.ToHexString(sum.GetHashAndReset());
        return text is not null && file.Sha1 is { } named && !named.Equals(text, StringComparison.OrdinalIgnoreCase)
            ? new(file, new(segment.Start, $"its sum is {text.ToLowerInvariant()} and not the one in its name"), WalArchiveProblemKind.WrongSum, text, walk.Length)
            : new(file, null, default, text, walk.Length);
    }

    /// <summary>Reads on into the segment behind a run until whatever began in the run has been checked, and that its first own record follows.</summary>
    /// <returns>What is wrong up to there. Null also where the file cannot be read, or is of another database cluster: whoever reads it as a whole reports that.</returns>
    /// <param name="chain">The records so far.</param>
    /// <param name="next">The segment behind.</param>
    /// <param name="file">Its file.</param>
    /// <param name="isOpen">All of it was read, and what began before it goes on behind it.</param>
    public WalProblem? ReadOn(ref WalRecordChain chain, WalSegment next, ArchivedFile file, out bool isOpen)
    {
        isOpen = false;
        var walk = new WalSegmentWalk(next, systemIdentifier, majorVersion);
        chain.Enter();
        try
        {
            using var content = archive.Open(file);
            while (!chain.IsBeyond(next.Start) && ArchiveContent.Fill(content, piece.AsSpan(0, SmallPieceBytes)) is > 0 and var length)
                if (walk.Append(ref chain, piece.AsSpan(0, length)) is { } problem)
                    return problem.IsOfOthers ? null : problem;
            isOpen = walk.Length == next.Size && !chain.IsBeyond(next.Start);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
