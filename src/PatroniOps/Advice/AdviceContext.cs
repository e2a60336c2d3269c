using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Retention;
using PatroniOps.Snapshots;

namespace PatroniOps.Advice;

/// <summary>What the rules look at, and the ways to say what they found.</summary>
internal sealed class AdviceContext(ClusterSnapshot snapshot, AdviceOptions options)
{
    public ClusterSnapshot Snapshot => snapshot;

    public AdviceOptions Options => options;

    public DynamicConfiguration? Configuration => snapshot.Configuration.Value;

    public WalRate Rate { get; } = WalRate.FromSnapshot(snapshot);

    /// <summary>The rules' view of members and slots; null when the configuration was not read.</summary>
    public SlotTopology? Topology { get; } = SlotComparison.Topology(snapshot);

    public string LeaderName => snapshot.Leader?.Name ?? "leader";

    public ServerSettings? LeaderSettings => snapshot.Leader?.Postgres.Settings.Value;

    /// <summary>The leader's PostgreSQL version number.</summary>
    public int? ServerVersion => snapshot.Leader?.Postgres.State.Value?.Version ?? snapshot.Leader?.Patroni.Value?.ServerVersion;

    public string ConfigurationUnknown => $"The dynamic configuration was not read: {snapshot.Configuration.Reason}";

    public string LeaderUnknown => snapshot.Leader is { } leader
        ? $"The settings of {leader.Name} were not read{(leader.Postgres.Settings.Reason is { } reason ? $": {reason}" : " in full.")}"
        : snapshot.View.IsKnown ? "The cluster has no leader." : $"The leader is not known: {snapshot.View.Reason}";

    public string Call(string cmdlet, string rest = "") => $"{cmdlet} -Cluster {PowerShellText.Quote(snapshot.Cluster)}{rest}";

    /// <summary>The value as the dynamic configuration has it; null when the key is absent.</summary>
    public string? DynamicText(params string[] path)
    {
        System.Text.Json.JsonElement? element = Configuration?.Document;
        foreach (var key in path)
            element = element is { } parent ? Json.Property(parent, key) : null;
        return element is { } value ? Json.Scalar(value) ?? value.GetRawText() : null;
    }

    /// <summary>A setting of every known member, judged one by one.</summary>
    public IReadOnlyList<MemberFact> OnMembers(string setting, Func<MemberSnapshot, string, bool?> isFine, Func<MemberSnapshot, bool>? which = null) =>
    [
        .. snapshot.Members.Where(which ?? (_ => true)).Select(m => m.Postgres.Settings.Value is not { } settings
            ? new MemberFact(m.Name, null, m.Postgres.Settings.Reason ?? "not read")
            : settings.Values.TryGetValue(setting, out var value)
                ? new MemberFact(m.Name, isFine(m, value), value)
                : new MemberFact(m.Name, null, "the server did not show it to this role")),
    ];

    public ConfigurationAdvice Ok(AdviceTopic topic, string? current, string reason, params IReadOnlyList<Evidence> evidence) =>
        New(topic, AdviceStatus.Ok, current, reason, evidence);

    /// <param name="topic">What it is about.</param>
    /// <param name="why">What was not read, and why.</param>
    /// <param name="next">How to find out.</param>
    /// <param name="current">The value, where at least that is known.</param>
    /// <param name="evidence">What is known nevertheless.</param>
    public ConfigurationAdvice Unknown(AdviceTopic topic, string why, string? next = null, string? current = null, params IReadOnlyList<Evidence> evidence) =>
        New(topic, AdviceStatus.Unknown, current, why, evidence) with { NextCommand = next ?? Call("Test-PatroniCluster") };

    /// <summary>Something to change; without changes the reason says what to do.</summary>
    public ConfigurationAdvice Propose(
        AdviceTopic topic, AdviceStatus status, string? current, string? recommended, string reason, IReadOnlyList<Change> changes, params IReadOnlyList<Evidence> evidence)
    {
        var advice = New(topic, status, current, reason, evidence);
        var command = changes.Count > 0 ? PatchCommand.Of(snapshot.Cluster, changes) : null;
        if (advice.SetIn == SettingPlace.LocalConfiguration)
            advice = advice with { Reason = $"{reason} It is set on the node (patroni.yml or ALTER SYSTEM), which wins over the dynamic configuration: take it out there first." };
        return advice with { Recommended = recommended, Command = command, NextCommand = command };
    }

    /// <summary>From what was found on the members: any bad one decides, then any that was not read.</summary>
    public ConfigurationAdvice FromMembers(
        AdviceTopic topic, IReadOnlyList<MemberFact> facts, AdviceStatus bad, string? recommended, string okReason, string badReason, IReadOnlyList<Change> changes)
    {
        var evidence = facts.Select(f => f.Evidence(topic.Setting)).ToList();
        var current = Values(facts);
        if (facts.Where(f => f.IsFine == false).Select(f => f.Member).ToList() is { Count: > 0 } members)
            return Propose(topic, bad, current, recommended, $"{string.Join(", ", members)}: {badReason}", changes, evidence) with { Members = members };
        if (facts.Where(f => f.IsFine is null).ToList() is { Count: > 0 } unread)
            return Unknown(topic, $"Not read on {string.Join(", ", unread.Select(f => $"{f.Member} ({f.Value.TrimEnd('.')})"))}.", null, current, evidence)
                with { Members = [.. unread.Select(f => f.Member)] };
        return facts.Count > 0 ? Ok(topic, current, okReason, evidence) : Unknown(topic, "No member is known.");
    }

    private static string? Values(IReadOnlyList<MemberFact> facts) =>
        facts.Where(f => f.IsFine is not null).Select(f => f.Value).Distinct().ToList() is { Count: > 0 } values ? string.Join(", ", values) : null;

    private ConfigurationAdvice New(AdviceTopic topic, AdviceStatus status, string? current, string reason, IReadOnlyList<Evidence> evidence) => new()
    {
        Setting = topic.Setting,
        Status = status,
        Current = current,
        Reason = reason,
        Source = topic.Source,
        NeedsRestart = topic.NeedsRestart,
        SetIn = PlaceOf(topic),
        Evidence = evidence,
    };

    private SettingPlace PlaceOf(AdviceTopic topic) => topic.Key is not { } key ? ParameterPlace.Of(topic.Setting, Configuration, LeaderSettings)
        : Configuration is null ? SettingPlace.Unknown
        : DynamicText([.. key]) is null ? SettingPlace.Default : SettingPlace.DynamicConfiguration;
}
