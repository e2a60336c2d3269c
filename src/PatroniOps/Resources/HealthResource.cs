using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;

namespace PatroniOps.Resources;

/// <summary>A cluster's verdict. It can be tested, not set: a repair is somebody's decision.</summary>
public sealed class HealthResource : IClusterResource
{
    private readonly PatroniConnection connection;
    private readonly HealthInstance instance;
    private readonly Verdict accepted;

    /// <exception cref="PatroniOpsException">What is to be accepted is neither Healthy nor Degraded.</exception>
    public HealthResource(PatroniConnection connection, HealthInstance instance)
    {
        this.connection = connection;
        this.instance = instance;
        accepted = instance.Accept switch
        {
            null or nameof(Verdict.Healthy) => Verdict.Healthy,
            nameof(Verdict.Degraded) => Verdict.Degraded,
            _ => throw new PatroniOpsException(FailureKind.NotConfigured, $"'{instance.Accept}' is nothing to accept: Healthy or Degraded."),
        };
    }

    /// <inheritdoc/>
    public async Task<ResourceState> CompareAsync(CancellationToken cancellationToken)
    {
        var verdict = ClusterDiagnosis.Judge(await connection.CollectAsync(cancellationToken).ConfigureAwait(false));
        var actual = new HealthInstance
        {
            Uri = instance.Uri,
            Cluster = connection.Cluster,
            Accept = $"{accepted}",
            Verdict = $"{verdict.Verdict}",
            Findings = [.. verdict.Findings.Select(f => new HealthFinding(f.Id, $"{f.Severity}", f.Member, f.Message))],
        };
        var wanted = actual with { Verdict = $"{accepted}", Findings = [] };
        return new ResourceState(Node(actual), Node(wanted), verdict.Verdict <= accepted ? [] : ["verdict"]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken) =>
        throw new PatroniOpsException(FailureKind.NotConfigured, "ClusterHealth can be tested, not set: Repair-PatroniReplica and others repair, by decision.");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ExportAsync(CancellationToken cancellationToken) => [(await CompareAsync(cancellationToken).ConfigureAwait(false)).Actual];

    private static JsonObject Node(HealthInstance instance) => JsonSerializer.SerializeToNode(instance, ResourceJson.Default.HealthInstance)!.AsObject();
}
