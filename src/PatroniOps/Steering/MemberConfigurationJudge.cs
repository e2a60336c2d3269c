using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>How far a member has come, from what its Patroni and its PostgreSQL say. Pure.</summary>
internal static class MemberConfigurationJudge
{
    /// <param name="member">Its name.</param>
    /// <param name="wanted">The parameters that changed, and their values.</param>
    /// <param name="hasRead">Its Patroni has run a loop since; null: it does not tell.</param>
    /// <param name="status">Its GET /patroni.</param>
    /// <param name="settings">The changed parameters in its pg_settings.</param>
    public static MemberConfiguration Judge(
        string member, IReadOnlyDictionary<string, string> wanted, bool? hasRead, Reading<PatroniStatus> status, Reading<IReadOnlyDictionary<string, SettingRow>> settings)
    {
        if (status.Value is null)
            return new(member, ConfigurationState.Unknown, status.Reason);
        if (wanted.Count == 0)
            return hasRead is null
                ? new(member, ConfigurationState.Unknown, "this Patroni does not tell when it last read the DCS")
                : new(member, hasRead.Value ? ConfigurationState.Applied : ConfigurationState.NotSeen, null);
        if (settings.Value is not { } rows)
            return hasRead == false ? new(member, ConfigurationState.NotSeen, null)
                : hasRead == true && settings.Failure == FailureKind.NotConfigured ? new(member, ConfigurationState.Seen, status.Value.HasPendingRestart ? "a restart is pending" : null)
                : new(member, ConfigurationState.Unknown, $"its parameters were not read: {settings.Reason}");
        return OfParameters(member, wanted, hasRead, status.Value, rows);
    }

    private static MemberConfiguration OfParameters(
        string member, IReadOnlyDictionary<string, string> wanted, bool? hasRead, PatroniStatus status, IReadOnlyDictionary<string, SettingRow> rows)
    {
        var others = wanted.Where(w => rows.TryGetValue(w.Key, out var row) && !row.IsSame(w.Value)).Select(w => w.Key).ToList();
        if (others.Count == 0)
        {
            // A server that does not show a parameter, or does not know it, says nothing about its value.
            var hidden = wanted.Keys.Where(name => !rows.ContainsKey(name)).ToList();
            return hidden.Count > 0 ? new(member, ConfigurationState.Unknown, $"its PostgreSQL does not show {string.Join(", ", hidden)}")
                : new(member, hasRead == false ? ConfigurationState.NotSeen : ConfigurationState.Applied, null);
        }
        var restart = others.Where(name => rows[name].NeedsRestart).ToList();
        if (restart.Count == others.Count && status.HasPendingRestart && hasRead != false)
            return new(member, ConfigurationState.RestartPending, string.Join(", ", restart));
        var told = string.Join(", ", others.Select(name => $"{name} is {Redaction.Text(rows[name].Value)}"));
        return hasRead == true ? new(member, ConfigurationState.Overridden, told) : new(member, ConfigurationState.NotSeen, told);
    }
}
