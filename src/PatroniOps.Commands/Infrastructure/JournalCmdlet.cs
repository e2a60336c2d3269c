using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that goes on with, or takes back, rebuilds that were begun.</summary>
public abstract class JournalCmdlet : RebuildCmdlet
{
    /// <summary>The journals of the rebuilds.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("JournalId")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var id in Id)
            await ForJournalAsync(id, ForEachAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does it for one.</summary>
    protected abstract Task ForEachAsync(PatroniConnection connection, ReplicaRebuildJournal journal, CancellationToken cancellationToken);
}
