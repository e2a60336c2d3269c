using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>
/// Set-PatroniConfiguration: changes settings of the dynamic configuration and leaves all others as they are; done when every member has them. -WhatIf
/// shows the difference.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PatroniConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Setting")]
[OutputType(typeof(PatroniConfigurationChange))]
public sealed class SetPatroniConfigurationCommand : SteeringCmdlet
{
    /// <summary>Settings by their dotted names: <c>@{ ttl = 30; 'postgresql.parameters.wal_keep_size' = '2GB' }</c>; $null takes one out.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Setting")]
    [ConfigurationPatchTransformation(areSettings: true)]
    public ConfigurationPatch? Setting { get; set; }

    /// <summary>A JSON merge patch, as nested hashtables or as JSON text; null takes a key out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Patch")]
    [ConfigurationPatchTransformation]
    public ConfigurationPatch? Patch { get; set; }

    /// <summary>How long to wait for the members; two minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(c => ChangeAsync(c, cancellationToken), cancellationToken);

    private async Task ChangeAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var patch = (Patch ?? Setting)!;
        var changer = new ConfigurationChanger(connection, await connection.CollectAsync(cancellationToken).ConfigureAwait(false));
        var checks = changer.Check(patch);
        PreflightCheck.Require(checks, $"The configuration of cluster {connection.Cluster} is not changed");
        foreach (var unknown in checks.Where(c => c.HasPassed is null))
            EmitWarning($"Not known: {unknown.Text}.");
        var changes = await changer.CompareAsync(patch, cancellationToken).ConfigureAwait(false);
        if (changes.Count == 0)
        {
            EmitVerbose($"The configuration of cluster {connection.Cluster} is so already, nothing is sent.");
        }
        else
        {
            var difference = string.Concat(changes.Select(c => $"{Environment.NewLine}  {c}"));
            if (!await ConfirmAsync(
                $"Change the dynamic configuration of cluster {connection.Cluster}:{difference}",
                $"Change the dynamic configuration of cluster {connection.Cluster}?{difference}",
                "Patroni's configuration").ConfigureAwait(false))
                return;
        }
        Report(await changer.RunAsync(patch, Timeout, cancellationToken).ConfigureAwait(false));
    }

    private void Report(PatroniConfigurationChange change)
    {
        Emit(change);
        var pending = change.Members.Where(m => m.State is not (ConfigurationState.Applied or ConfigurationState.RestartPending or ConfigurationState.Seen)).ToList();
        if (pending.Count > 0)
            EmitError(Failure.Record(FailureKind.Timeout,
                $"The configuration of cluster {change.Cluster} is changed, but within {Timeout.TotalSeconds:0} s it was not seen in force on every member: {string.Join("; ", pending)}.", change.Cluster));
        if (change.Members.Any(m => m.State == ConfigurationState.Seen))
            EmitWarning($"Cluster {change.Cluster}: every Patroni has read the change; the values in force were not read, because no PostgreSQL login is known.");
        if (change.NextCommand is { } next)
            EmitWarning($"{string.Join(", ", change.RestartPending)}: takes effect with a restart of PostgreSQL: {next}");
    }
}
