using System.Management.Automation;
using PatroniOps.Backups;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniBackup: the base backups in a repository, whichever tool made them, and when each was last restored for a test.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniBackup")]
[OutputType(typeof(PatroniBackup))]
public sealed class GetPatroniBackupCommand : RepositoryCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var backup in (await ReadAsync(cancellationToken).ConfigureAwait(false)).Where(IsWanted))
            Emit(backup);
    }
}
