using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that changes clusters: one after the other, each from a fresh look.</summary>
public abstract class SteeringCmdlet : ClusterCmdlet
{
    /// <summary>Does the work for each cluster of this record; what fails for one does not hide the others.</summary>
    protected async Task ForEachConnectionAsync(Func<PatroniConnection, Task> work, CancellationToken cancellationToken)
    {
        IReadOnlyList<PatroniConnection> connections;
        try
        {
            connections = await ConnectionsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Cluster is { Length: > 0 } ? string.Join(", ", Cluster) : Uri is [var first, ..] ? Seed.Show(first) : null));
            return;
        }
        foreach (var connection in connections)
            await GuardAsync(connection, () => work(connection)).ConfigureAwait(false);
    }

    /// <summary>Turns the engine's failure into an error about the cluster.</summary>
    protected async Task GuardAsync(PatroniConnection connection, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, connection.Cluster));
        }
    }
}
