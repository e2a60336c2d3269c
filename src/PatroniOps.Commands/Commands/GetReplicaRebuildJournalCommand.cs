using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Commands;

/// <summary>Get-ReplicaRebuildJournal: the rebuilds that this machine has run, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "ReplicaRebuildJournal")]
[OutputType(typeof(ReplicaRebuildJournal))]
public sealed class GetReplicaRebuildJournalCommand : PSCmdlet
{
    /// <summary>Journals by their id.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("JournalId")]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Of these members only; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <summary>Of these clusters only; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string[]? Cluster { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var journals = new JournalStore(StateFolder.Path).List();
        foreach (var id in Id ?? [])
            if (journals.All(j => j.Id != id))
                WriteError(Failure.Record(FailureKind.NotConfigured, $"This machine has no journal {id}.", id));
        foreach (var journal in journals.Where(j => (Id is null || Id.Contains(j.Id)) && IsWanted(Member, j.Member) && IsWanted(Cluster, j.Cluster)))
            WriteObject(journal);
    }

    private static bool IsWanted(string[]? patterns, string name) => patterns is null || patterns.Any(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(name));
}
