using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica replays an hour late by intent: recovery_min_apply_delay in its patroni.yml.</summary>
public sealed class ApplyDelay : IScenario
{
    private const string Section = "postgresql:\n";
    private const string Delay = "  recovery_conf:\n    recovery_min_apply_delay: 1h\n";

    public string Name => "apply-delay";

    public string Description => "a replica replays an hour late by configuration";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await ConfigureAsync(cluster, victim, yaml => yaml.Replace("\n" + Section, "\n" + Section + Delay, StringComparison.Ordinal), "3600000", cancellationToken);
        for (var i = 0; i < 2; i++)
            await leader.ExecuteAsync(WalPressure.FillSegment, cancellationToken);
        await leader.ExecuteAsync("INSERT INTO lab.canary (note) VALUES ('not to be seen yet')", cancellationToken);
        await Poll.UntilAsync(
            $"{victim.Name} to hold back replay",
            cluster.Options.StartTimeout,
            async token => await victim.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'RecoveryApplyDelay'", token) > 0 ? null : "it does not yet",
            cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} is configured to replay an hour late.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ConfigureAsync(cluster, cluster.Member(broken.Member), yaml => yaml.Replace(Delay, "", StringComparison.Ordinal), "0", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }

    private static async Task ConfigureAsync(LabCluster cluster, LabMember member, Func<string, string> change, string wanted, CancellationToken cancellationToken)
    {
        var path = member.Addresses.PatroniConfig;
        var yaml = await File.ReadAllTextAsync(path, cancellationToken);
        await SecretFile.WriteAsync(path, change(yaml), LabUser.ForServers(), cancellationToken);
        await member.Rest.SendAsync(HttpMethod.Post, "/reload", [], cancellationToken);
        await Poll.UntilAsync(
            $"recovery_min_apply_delay of {member.Name} to be {wanted} ms",
            cluster.Options.StartTimeout,
            async token => await member.ScalarAsync<string>("SELECT setting FROM pg_settings WHERE name = 'recovery_min_apply_delay'", token) is var now && now == wanted ? null : $"it is {now}",
            cancellationToken);
    }
}
