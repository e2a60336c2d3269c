using System.Globalization;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>How far a restored cluster is to recover.</summary>
public sealed record RestoreTarget
{
    /// <summary>Only to where the backup is consistent.</summary>
    public bool IsConsistency { get; init; }

    public DateTimeOffset? Time { get; init; }

    public Lsn? Lsn { get; init; }

    /// <summary>To the end of the archive.</summary>
    public bool IsEnd => !IsConsistency && Time is null && Lsn is null;

    /// <summary>PostgreSQL's settings for it.</summary>
    internal IEnumerable<(string Name, string Value)> Settings()
    {
        if (IsConsistency)
            yield return ("recovery_target", "immediate");
        if (Time is { } time)
            yield return ("recovery_target_time", time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture));
        if (Lsn is { } lsn)
            yield return ("recovery_target_lsn", lsn.ToString());
    }

    public override string ToString() => IsConsistency ? "consistency" : Time is { } time ? $"{time:u}" : Lsn is { } lsn ? $"{lsn}" : "the end of the archive";
}
