using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Advice;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Steering;

namespace PatroniOps.Resources;

/// <summary>A permanent slot of the dynamic configuration, seen on the leader once it is there.</summary>
public sealed class SlotResource : IClusterResource
{
    private const int LongestName = 63;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly PatroniConnection connection;
    private readonly SlotInstance wanted;
    private readonly TimeSpan timeout;

    /// <exception cref="PatroniOpsException">The instance contradicts itself, or its name is none that PostgreSQL takes.</exception>
    public SlotResource(PatroniConnection connection, SlotInstance instance, TimeSpan timeout)
    {
        this.connection = connection;
        this.timeout = timeout;
        wanted = Checked(instance);
    }

    /// <inheritdoc/>
    public async Task<ResourceState> CompareAsync(CancellationToken cancellationToken)
    {
        if (wanted.Name is null)
            throw new PatroniOpsException(FailureKind.NotConfigured, "The instance of Slot names no slot: name is missing.");
        var (configuration, snapshot) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var actual = configuration.PermanentSlots.FirstOrDefault(s => s.Name == wanted.Name) is { } slot
            ? Instance(slot, snapshot)
            : new SlotInstance { Uri = wanted.Uri, Cluster = connection.Cluster, Name = wanted.Name, Exist = false, IsOnLeader = IsOnLeader(wanted.Name, snapshot) };
        var after = wanted with { Cluster = connection.Cluster, IsOnLeader = null, InDesiredState = null };
        return new ResourceState(Node(actual), Node(after), [.. Different(actual)]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        var (configuration, snapshot) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var change = await new ConfigurationChanger(connection, snapshot).RunAsync(Patch(configuration), timeout, cancellationToken).ConfigureAwait(false);
        if (change.Members.FirstOrDefault(m => m.Member == snapshot.Leader?.Name) is { State: ConfigurationState.NotSeen } leader)
            throw new PatroniOpsException(FailureKind.Timeout, $"The configuration of cluster {connection.Cluster} is changed, but {leader.Member} did not read it within {timeout.TotalSeconds:0} s.");
        return wanted.Exist == false ? [] : await WatchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ExportAsync(CancellationToken cancellationToken)
    {
        var (configuration, snapshot) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. configuration.PermanentSlots.Select(slot => Node(Instance(slot, snapshot)))];
    }

    // The configuration anew: a Patroni that has not read the cluster since somebody's last change would tell the old one.
    private async Task<(DynamicConfiguration Configuration, ClusterSnapshot Snapshot)> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        var document = await ConfigurationCall.ReadAsync(connection, ClusterApi.Of(snapshot), cancellationToken).ConfigureAwait(false);
        return (new DynamicConfiguration(document), snapshot);
    }

    private IEnumerable<string> Different(SlotInstance actual)
    {
        if (actual.Exist != wanted.Exist)
            yield return "_exist";
        if (wanted.Exist == false || actual.Exist == false)
            yield break;
        if (actual.Type != wanted.Type)
            yield return "type";
        if (actual.Database != wanted.Database)
            yield return "database";
        if (actual.Plugin != wanted.Plugin)
            yield return "plugin";
    }

    private ConfigurationPatch Patch(DynamicConfiguration configuration)
    {
        JsonObject? slots = wanted.Exist == false && configuration.PermanentSlots is [{ } last] && last.Name == wanted.Name ? null : new JsonObject
        {
            [wanted.Name!] = wanted.Exist == false ? null : new JsonObject { ["type"] = wanted.Type, ["database"] = wanted.Database, ["plugin"] = wanted.Plugin },
        };
        return ConfigurationPatch.Parse(new JsonObject { [PermanentSlotsKey.Of(configuration)] = slots }.ToJsonString());
    }

    private async Task<IReadOnlyList<string>> WatchAsync(CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        while (true)
        {
            var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            switch (IsOnLeader(wanted.Name!, snapshot))
            {
                case true:
                    return [];
                case null when connection.Time.GetElapsedTime(started) > connection.Timeout:
                    return [$"Slot {wanted.Name} is in the configuration of cluster {connection.Cluster}; whether the leader has it is not known: {snapshot.Leader?.Postgres.Slots.Reason ?? snapshot.NoLeader}."];
            }
            if (connection.Time.GetElapsedTime(started) > timeout)
                throw new PatroniOpsException(FailureKind.Timeout, $"Slot {wanted.Name} is in the configuration of cluster {connection.Cluster}, but within {timeout.TotalSeconds:0} s the leader did not have it. Its log says why.");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private SlotInstance Instance(PermanentSlot slot, ClusterSnapshot snapshot) => new()
    {
        Uri = wanted.Uri,
        Cluster = connection.Cluster,
        Name = slot.Name,
        Exist = true,
        Type = slot.IsLogical ? "logical" : "physical",
        Database = slot.Database,
        Plugin = slot.Plugin,
        IsOnLeader = IsOnLeader(slot.Name, snapshot),
    };

    private static bool? IsOnLeader(string name, ClusterSnapshot snapshot) => snapshot.Leader?.Postgres.Slots.Value?.Any(s => s.Name == name);

    private static JsonObject Node(SlotInstance instance) => JsonSerializer.SerializeToNode(instance, ResourceJson.Default.SlotInstance)!.AsObject();

    private static SlotInstance Checked(SlotInstance instance)
    {
        if (instance.Name is { } name && (name.Length is 0 or > LongestName || name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"'{name}' is no name of a slot: PostgreSQL takes at most {LongestName} lower case letters, digits and underscores.");
        var isLogical = instance.Database is not null || instance.Plugin is not null;
        var type = instance.Type ?? (isLogical ? "logical" : "physical");
        if (instance.Exist != false && (type is not ("physical" or "logical") || (type == "physical" && isLogical) || (type == "logical" && (instance.Database is null || instance.Plugin is null))))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"Slot {instance.Name}: type is physical without database and plugin, or logical with both.");
        return instance with { Exist = instance.Exist ?? true, Type = instance.Exist == false ? null : type };
    }
}
