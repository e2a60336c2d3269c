using System.Management.Automation;
using PatroniOps.Advice;
using PatroniOps.Retention;

namespace PatroniOps.Commands;

/// <summary>Test-PatroniConfiguration: for each setting that replication depends on, whether it is well chosen, why, and the call that changes it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatroniConfiguration")]
[OutputType(typeof(ConfigurationAdvice), typeof(bool))]
public sealed class TestPatroniConfigurationCommand : SnapshotCmdlet
{
    private bool isAllOk = true;
    private bool isAnyJudged;

    /// <summary>Settings by name; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Setting { get; set; }

    /// <summary>How long a replica should be able to stay away; one hour by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Outage { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Free bytes on the disks of pg_wal: a number for every node, or a hashtable by member. SQL does not tell it.</summary>
    [Parameter]
    [FreeDiskTransformation]
    public FreeDisk FreeDisk { get; set; } = FreeDisk.Unknown;

    /// <summary>Returns one Boolean: true only if every setting was judged and is fine.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        var options = new AdviceOptions { Outage = Outage, FreeDisk = FreeDisk };
        var patterns = (Setting ?? ["*"]).Select(s => WildcardPattern.Get(s, WildcardOptions.IgnoreCase)).ToList();
        return ForEachSnapshotAsync((snapshot, _) =>
        {
            foreach (var advice in ConfigurationJudge.Judge(snapshot, options).Where(a => patterns.Any(p => p.IsMatch(a.Setting))))
                Report(advice);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            Emit(isAnyJudged && isAllOk);
        return Task.CompletedTask;
    }

    private void Report(ConfigurationAdvice advice)
    {
        isAnyJudged = true;
        // Clusters are read side by side: only ever lowered.
        if (advice.IsOk != true)
            isAllOk = false;
        if (!Quiet)
            Emit(advice);
    }
}
