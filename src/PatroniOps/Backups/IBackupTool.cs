using PatroniOps.Nodes;

namespace PatroniOps.Backups;

/// <summary>The tool that made a backup, and restores it.</summary>
internal interface IBackupTool
{
    /// <summary>The calls that bring the backup into a directory that is not there, or empty, yet.</summary>
    IReadOnlyList<NodeCommand> Restore(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch);

    /// <summary>PostgreSQL's restore_command for its WAL; empty: there is none.</summary>
    string RestoreCommand(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch);
}
