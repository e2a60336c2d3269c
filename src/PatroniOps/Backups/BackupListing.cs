using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>The backups in a place, and what there could not be read.</summary>
/// <param name="Backups">The oldest first.</param>
/// <param name="Failures">One for each catalogue, or part of one, that is damaged or closed to the reader.</param>
public sealed record BackupListing(IReadOnlyList<PatroniBackup> Backups, IReadOnlyList<PatroniOpsException> Failures);
