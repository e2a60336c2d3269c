using System.Text.Json.Nodes;

namespace PatroniOps.Resources;

/// <summary>Something of a cluster that can be as it is wanted, or not: what DSC and Ansible get, test and set.</summary>
public interface IClusterResource
{
    /// <summary>How it is, beside how it is wanted. Changes nothing.</summary>
    /// <exception cref="Patroni.PatroniOpsException">It was not read: that is not known, and neither of the two.</exception>
    Task<ResourceState> CompareAsync(CancellationToken cancellationToken);

    /// <summary>Makes it as it is wanted, and waits until it is.</summary>
    /// <returns>What the caller should hear of.</returns>
    /// <exception cref="Patroni.PatroniOpsException">Refused, or not seen in time.</exception>
    Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken);

    /// <summary>All that the cluster has of it.</summary>
    /// <exception cref="Patroni.PatroniOpsException">It was not read.</exception>
    Task<IReadOnlyList<JsonObject>> ExportAsync(CancellationToken cancellationToken);
}
