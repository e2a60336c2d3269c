using System.Text.Json.Nodes;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Steering;

namespace PatroniOps.Recovery.Planning;

/// <summary>Gives a cluster the restore_command that a person has named, through its dynamic configuration.</summary>
internal static class RestoreCommandChange
{
    /// <summary>Where Patroni takes it from.</summary>
    public const string Setting = "postgresql.parameters.restore_command";

    /// <exception cref="PatroniOpsException">It is no such command, it was refused, or the member has not taken it over.</exception>
    public static async Task RunAsync(PatroniConnection connection, string member, string command, ClusterSnapshot snapshot, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Check(command);
        var parameters = new JsonObject { ["restore_command"] = command };
        var patch = ConfigurationPatch.Parse(new JsonObject { ["postgresql"] = new JsonObject { ["parameters"] = parameters } }.ToJsonString());
        var change = await new ConfigurationChanger(connection, snapshot).RunAsync(patch, timeout, cancellationToken).ConfigureAwait(false);
        if (change.Changes.Count == 0)
            throw new PatroniOpsException(FailureKind.Refused, $"{connection.Cluster} has this restore_command already: that it is not in force on {member} has another reason, such as one in its own patroni.yml. Nothing was changed.");
        var state = change.Members.FirstOrDefault(m => m.Member == member);
        if (state is not { State: ConfigurationState.Applied or ConfigurationState.Seen })
            throw new PatroniOpsException(FailureKind.Refused, $"restore_command is set for {connection.Cluster}, but not in force on {member}: {state?.ToString() ?? "it was not asked"}. {change.NextCommand}");
    }

    /// <exception cref="PatroniOpsException">It does not say which file to fetch, or where to.</exception>
    public static void Check(string command)
    {
        if (!command.Contains("%f", StringComparison.Ordinal) || !command.Contains("%p", StringComparison.Ordinal))
            throw new PatroniOpsException(FailureKind.NotConfigured, "A restore_command names the file with %f and the place for it with %p. Nothing was changed.");
    }
}
