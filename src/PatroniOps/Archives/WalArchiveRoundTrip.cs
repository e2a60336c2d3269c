using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>The proof that WAL gets into an archive: a segment that was ended just now was seen there.</summary>
public sealed record WalArchiveRoundTrip
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The leader that ended the segment.</summary>
    public required string Member { get; init; }

    /// <summary>The host that holds the archive, as ssh knows it; null: the machine that read it.</summary>
    public string? HostName { get; init; }

    /// <summary>The archive.</summary>
    public required string Path { get; init; }

    /// <summary>Path and host in one word, for people.</summary>
    public string Location => HostName is null ? Path : $"{HostName}:{Path}";

    /// <summary>The segment that was ended.</summary>
    public required string Segment { get; init; }

    public DateTimeOffset SwitchedAt { get; init; }

    /// <summary>It was seen there, whole by its name and size.</summary>
    public bool IsArchived { get; init; }

    /// <summary>From the end of the segment until it was seen, or until it was given up.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>What was found.</summary>
    public required string Reason { get; init; }

    /// <summary>Waits until the segment is in the archive.</summary>
    /// <param name="asked">Who, what and where; what is found is added.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Patroni.PatroniOpsException">The archive may not or cannot be read.</exception>
    public static async Task<WalArchiveRoundTrip> WaitAsync(WalArchiveRoundTrip asked, WalArchive archive, WalSegment segment, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var took = time.GetUtcNow() - asked.SwitchedAt;
            // A tool that writes in place has half a file there for a while.
            var found = archive.Find(segment).Where(f => f.HasExtension || archive.Kind != ArchiveKind.Directory || f.Length == segment.Size).ToList();
            if (found.Count > 0)
                return asked with { IsArchived = true, Took = took, Reason = $"{found[0].FileName} is there" };
            if (took >= limit)
                return asked with { Took = took, Reason = $"it is not there after {limit.TotalSeconds:0} s: Get-WalArchiveStatus tells whether the archiver fails" };
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
