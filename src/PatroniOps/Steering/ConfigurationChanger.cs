using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Changes the dynamic configuration, and watches until the change is in force on every member.</summary>
/// <remarks>Sources: Patroni, docs/dynamic_configuration.rst; patroni/__main__.py: each Patroni takes the configuration over at the end of its loop.</remarks>
public sealed class ConfigurationChanger(PatroniConnection connection, ClusterSnapshot snapshot)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(5);
    private static readonly string[] ParameterPlace = ["postgresql", "parameters"];

    private readonly Uri api = ClusterApi.Of(snapshot);

    // Members that have left the list read the configuration when they come back.
    private readonly IReadOnlyList<MemberSnapshot> members = [.. snapshot.Members.Where(m => !m.IsAbsent)];

    /// <summary>What the patch would change now; empty when everything is so already.</summary>
    /// <exception cref="PatroniOpsException">The configuration was not read.</exception>
    public async Task<IReadOnlyList<ConfigurationChange>> CompareAsync(ConfigurationPatch patch, CancellationToken cancellationToken) =>
        ConfigurationChange.Between(await ConfigurationCall.ReadAsync(connection, api, cancellationToken).ConfigureAwait(false), patch.Document);

    /// <summary>Whether every member's release knows what the patch sets: an older one takes it without a word and does not act on it.</summary>
    public IReadOnlyList<PreflightCheck> Check(ConfigurationPatch patch) => [.. ConfigurationGates.Of(patch.Document).Select(g => g.Judge(members))];

    /// <summary>Sends the patch and waits for the members; those that have not come far enough at the end of the time are told as they are.</summary>
    /// <exception cref="PatroniOpsException">Refused, or not done.</exception>
    public async Task<PatroniConfigurationChange> RunAsync(ConfigurationPatch patch, TimeSpan timeout, CancellationToken cancellationToken)
    {
        PreflightCheck.Require(Check(patch), $"The configuration of cluster {connection.Cluster} is not changed");
        var started = connection.Time.GetTimestamp();
        var document = await ConfigurationCall.ReadAsync(connection, api, cancellationToken).ConfigureAwait(false);
        var reduced = MergePatch.Reduce(document, patch.Document);
        var changes = ConfigurationChange.Between(document, patch.Document);
        if (changes.Count > 0)
            await ConfigurationCall.SendAsync(connection, api, reduced, cancellationToken).ConfigureAwait(false);
        var states = changes.Count == 0 ? [] : await WatchAsync(Wanted(reduced), started, timeout, cancellationToken).ConfigureAwait(false);
        var result = new PatroniConfigurationChange
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Changes = changes,
            Members = states,
            Duration = connection.Time.GetElapsedTime(started),
        };
        return result.RestartPending.Count == 0 ? result : result with
        {
            NextCommand = $"Restart-PatroniMember -Cluster {PowerShellText.Quote(connection.Cluster)} -Member {string.Join(", ", result.RestartPending.Select(PowerShellText.Quote))} -PendingOnly",
        };
    }

    // What is taken out falls back to a default that only the member's Patroni knows: that it has read the configuration must do.
    private static IReadOnlyDictionary<string, string> Wanted(JsonElement reduced) => Json.Scalars(MergePatch.At(reduced, ParameterPlace));

    private async Task<IReadOnlyList<MemberConfiguration>> WatchAsync(IReadOnlyDictionary<string, string> wanted, long started, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Read after the change: a later time of the same member is a loop that saw it, whatever its clock says.
        var before = await StatusesAsync(cancellationToken).ConfigureAwait(false);
        // Who does not answer for that long is not waited for.
        var patience = (2 * (snapshot.Configuration.Value?.LoopWait ?? TimeSpan.FromSeconds(10))) + AnswerMargin;
        while (true)
        {
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
            var now = await StatusesAsync(cancellationToken).ConfigureAwait(false);
            var states = await Task.WhenAll(members.Select((member, i) => StateAsync(member, wanted, before[i], now[i], cancellationToken))).ConfigureAwait(false);
            var elapsed = connection.Time.GetElapsedTime(started);
            if (elapsed > timeout || states.All(s => IsFinal(s.State) || (s.State == ConfigurationState.Unknown && elapsed > patience)))
                return states;
        }
    }

    private async Task<MemberConfiguration> StateAsync(
        MemberSnapshot member, IReadOnlyDictionary<string, string> wanted, Reading<PatroniStatus> before, Reading<PatroniStatus> now, CancellationToken cancellationToken)
    {
        var shown = RecoveryParameters.In(wanted, member.Listed?.Role == "leader");
        return MemberConfigurationJudge.Judge(member.Name, shown, HasRead(before, now), now, await SettingsAsync(member, shown, cancellationToken).ConfigureAwait(false));
    }

    private static bool IsFinal(ConfigurationState state) => state is ConfigurationState.Applied or ConfigurationState.RestartPending or ConfigurationState.Seen;

    private Task<Reading<PatroniStatus>[]> StatusesAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(members.Select(m => MemberStatus.ReadAsync(connection, m, cancellationToken)));

    private static bool? HasRead(Reading<PatroniStatus> before, Reading<PatroniStatus> now) =>
        now.Value?.DcsLastSeen is { } seen ? before.Value?.DcsLastSeen is { } first ? seen > first : null : null;

    private async Task<Reading<IReadOnlyDictionary<string, SettingRow>>> SettingsAsync(MemberSnapshot member, IReadOnlyDictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0 || member.Host is null || member.Port is null)
            return Reading.Unknown<IReadOnlyDictionary<string, SettingRow>>(FailureKind.NotConfigured, "its PostgreSQL's address is not known");
        try
        {
            var result = (await connection.Postgres.QueryAsync(member.Host, member.Port.Value, _ => [SettingRow.Sql(wanted.Keys)], cancellationToken).ConfigureAwait(false))[0];
            return result.Failure is { } failure ? Reading.Unknown<IReadOnlyDictionary<string, SettingRow>>(failure) : Reading.Of(SettingRow.Parse(result.Document!.Value));
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<IReadOnlyDictionary<string, SettingRow>>(e);
        }
    }
}
