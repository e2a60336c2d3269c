namespace PatroniOps.Lab.Scenarios;

/// <summary>
/// An idle stream that is silent for longer than wal_sender_timeout, and well: the replica reports so often that its sender never asks for a sign of life.
/// </summary>
public sealed class QuietStream : IScenario
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(12);

    public string Name => "quiet-stream";

    public string Description => "an idle stream is silent for longer than wal_sender_timeout; nothing is broken";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await SetAsync(leader, $"SET wal_sender_timeout = '{Timeout.TotalSeconds:0}s'", cancellationToken);
        await SetAsync(victim, "SET wal_receiver_status_interval = '1s'", cancellationToken);
        await Poll.UntilAsync(
            $"{victim.Name} to have heard nothing for a while",
            cluster.Options.StartTimeout,
            async token => await victim.ScalarAsync<double>("SELECT extract(epoch FROM clock_timestamp() - last_msg_receipt_time)::float8 FROM pg_stat_wal_receiver", token) > Timeout.TotalSeconds + 1 ? null : "it has heard something",
            cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} streams, and has heard nothing for longer than wal_sender_timeout, since nothing was written and nobody asked.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await SetAsync(cluster.Member(broken.Leader), "RESET wal_sender_timeout", cancellationToken);
        await SetAsync(cluster.Member(broken.Member), "RESET wal_receiver_status_interval", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }

    private static async Task SetAsync(LabMember member, string change, CancellationToken cancellationToken)
    {
        await member.ExecuteAsync($"ALTER SYSTEM {change}", cancellationToken);
        await member.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
    }
}
