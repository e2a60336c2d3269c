using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Steering;

namespace PatroniOps.Resources;

/// <summary>Some settings of the dynamic configuration; the others stay as they are.</summary>
public sealed class ConfigurationResource : IClusterResource
{
    private const string Mask = "***";

    private readonly PatroniConnection connection;
    private readonly ConfigurationInstance instance;
    private readonly ConfigurationPatch? patch;
    private readonly TimeSpan timeout;

    /// <exception cref="PatroniOpsException">The settings are no object, or hold a secret that was masked.</exception>
    public ConfigurationResource(PatroniConnection connection, ConfigurationInstance instance, TimeSpan timeout)
    {
        this.connection = connection;
        this.instance = instance;
        this.timeout = timeout;
        patch = instance.Settings is { } settings ? ConfigurationPatch.Parse(settings.GetRawText()) : null;
        if (patch is not null && IsMasked(patch.Document))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"The settings hold the text {Mask}, which stands in the place of a secret where a configuration is shown. Give the secret itself, or leave the setting out.");
    }

    /// <inheritdoc/>
    public async Task<ResourceState> CompareAsync(CancellationToken cancellationToken)
    {
        var document = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (patch is null)
            return new ResourceState(Node(document), Node(document), []);
        var isSame = ConfigurationChange.Between(document, patch.Document).Count == 0;
        var after = MergePatch.Apply(document, MergePatch.Reduce(document, patch.Document));
        return new ResourceState(Node(Part(document)), Node(Part(after)), isSame ? [] : ["settings"]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        var changer = new ConfigurationChanger(connection, await connection.CollectAsync(cancellationToken).ConfigureAwait(false));
        var change = await changer.RunAsync(patch!, timeout, cancellationToken).ConfigureAwait(false);
        if (change.Members.Where(m => m.State == ConfigurationState.NotSeen).ToList() is { Count: > 0 } late)
            throw new PatroniOpsException(FailureKind.Timeout, $"The configuration of cluster {connection.Cluster} is changed, but within {timeout.TotalSeconds:0} s not every member has read it: {string.Join("; ", late)}.");
        // The configuration is as wanted; what a server makes of it is told, restarts among it.
        return [.. change.Members.Where(m => m.State is not (ConfigurationState.Applied or ConfigurationState.Seen)).Select(m => $"{m}"), .. change.NextCommand is { } next ? [next] : Array.Empty<string>()];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ExportAsync(CancellationToken cancellationToken) => [Node(await ReadAsync(cancellationToken).ConfigureAwait(false))];

    private async Task<JsonElement> ReadAsync(CancellationToken cancellationToken) =>
        await ConfigurationCall.ReadAsync(connection, ClusterApi.Of(await connection.CollectAsync(cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);

    // What the patch names, and nothing else; null where it is not set.
    private JsonElement Part(JsonElement document)
    {
        var root = new JsonObject();
        foreach (var place in MergePatch.Places(patch!.Document))
        {
            var parent = root;
            foreach (var key in place.SkipLast(1))
                parent = (JsonObject)(parent[key] ??= new JsonObject());
            parent[place[^1]] = MergePatch.At(document, place) is { } value ? JsonNode.Parse(value.GetRawText()) : null;
        }
        return JsonSerializer.SerializeToElement(root, ResourceJson.Default.JsonObject);
    }

    private JsonObject Node(JsonElement settings)
    {
        var told = new ConfigurationInstance { Uri = instance.Uri, Cluster = connection.Cluster, Settings = Redaction.Document(settings) };
        return JsonSerializer.SerializeToNode(told, ResourceJson.Default.ConfigurationInstance)!.AsObject();
    }

    private static bool IsMasked(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(p => IsMasked(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(IsMasked),
        JsonValueKind.String => Json.Text(element)?.Contains(Mask, StringComparison.Ordinal) == true,
        _ => false,
    };
}
