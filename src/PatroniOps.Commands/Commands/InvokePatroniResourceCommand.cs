using System.Management.Automation;
using System.Text.Json.Nodes;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Resources;

namespace PatroniOps.Commands;

/// <summary>
/// Invoke-PatroniResource: gets, tests, sets or deletes something that is wanted of a cluster, as DSC and Ansible ask for it: a permanent slot, settings
/// of the dynamic configuration, a verdict. What is as wanted already is not touched.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "PatroniResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PatroniResourceState))]
public sealed class InvokePatroniResourceCommand : SteeringCmdlet
{
    /// <summary>What is wanted.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ResourceType Type { get; set; }

    /// <summary>What to do with it.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public ResourceOperation Operation { get; set; }

    /// <summary>The instance as JSON, by the schema in the resource's manifest. Its uri stands in for -Uri.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    public string Json { get; set; } = "{}";

    /// <summary>How long to wait until a change is seen; two minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ResourceInstance instance;
        try
        {
            instance = ResourceInstance.Parse(Type, Json);
            if (Connection is null && instance.Uri is { Count: > 0 } addresses)
                Uri = [.. addresses.Select(Address)];
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Type));
            return;
        }
        await ForEachConnectionAsync(connection => RunAsync(connection, instance, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private Task RunAsync(PatroniConnection connection, ResourceInstance instance, CancellationToken cancellationToken) => Operation switch
    {
        ResourceOperation.Export => ExportAsync(connection, Resource(connection, instance), cancellationToken),
        ResourceOperation.Delete when instance is SlotInstance slot => SetAsync(connection, Resource(connection, slot with { Exist = false }), cancellationToken),
        ResourceOperation.Delete => throw new PatroniOpsException(FailureKind.NotConfigured, $"{Type} cannot be deleted."),
        ResourceOperation.Set => SetAsync(connection, Resource(connection, instance), cancellationToken),
        _ => TellAsync(connection, Resource(connection, instance), cancellationToken),
    };

    private async Task TellAsync(PatroniConnection connection, IClusterResource resource, CancellationToken cancellationToken)
    {
        var state = await resource.CompareAsync(cancellationToken).ConfigureAwait(false);
        var told = Operation == ResourceOperation.WhatIf ? state.Wanted : state.Actual;
        if (Operation == ResourceOperation.Test)
            told["_inDesiredState"] = state.IsInDesiredState;
        Emit(Result(connection, told, state));
    }

    private async Task SetAsync(PatroniConnection connection, IClusterResource resource, CancellationToken cancellationToken)
    {
        var before = await resource.CompareAsync(cancellationToken).ConfigureAwait(false);
        if (before.IsInDesiredState)
        {
            EmitVerbose($"{Type} of cluster {connection.Cluster} is as wanted already, nothing is changed.");
            Emit(Result(connection, before.Actual, before));
            return;
        }
        var plan = $"Change {Type} of cluster {connection.Cluster} from {before.Actual.ToJsonString()} to {before.Wanted.ToJsonString()}";
        if (!await ConfirmAsync($"{plan}.", $"{plan}?", "Cluster").ConfigureAwait(false))
            return;
        foreach (var text in await resource.ApplyAsync(cancellationToken).ConfigureAwait(false))
            EmitWarning(text);
        var after = await resource.CompareAsync(cancellationToken).ConfigureAwait(false);
        Emit(Result(connection, after.Actual, before));
        if (!after.IsInDesiredState)
            throw new PatroniOpsException(FailureKind.Refused, $"{Type} of cluster {connection.Cluster} was changed, and is not as wanted: {string.Join(", ", after.Different)}. Somebody else changes it too.");
    }

    private async Task ExportAsync(PatroniConnection connection, IClusterResource resource, CancellationToken cancellationToken)
    {
        foreach (var instance in await resource.ExportAsync(cancellationToken).ConfigureAwait(false))
            Emit(Result(connection, instance, null));
    }

    private IClusterResource Resource(PatroniConnection connection, ResourceInstance instance) => instance switch
    {
        SlotInstance slot => new SlotResource(connection, slot, Timeout),
        ConfigurationInstance configuration => new ConfigurationResource(connection, configuration, Timeout),
        _ => new HealthResource(connection, (HealthInstance)instance),
    };

    private PatroniResourceState Result(PatroniConnection connection, JsonObject json, ResourceState? state) => new()
    {
        ConnectionId = connection.ConnectionId,
        Cluster = connection.Cluster,
        Type = Type,
        Operation = Operation,
        IsInDesiredState = state?.IsInDesiredState,
        Different = state?.Different ?? [],
        Json = json.ToJsonString(),
    };

    private static Uri Address(string text) => System.Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri)
        ? uri
        : throw new PatroniOpsException(FailureKind.NotConfigured, $"'{text}' is not an address of Patroni's REST API such as http://host:8008.");
}
