namespace PatroniOps.Lab.StandIn;

/// <summary>What a member's Patroni 3.0.2 says, word for word as recorded but for names, ports, positions and times.</summary>
internal sealed class PatroniAnswers(StandInCluster cluster, StandInMember member, TimeProvider time)
{
    private const string Configuration =
        """{"ttl": 20, "loop_wait": 2, "retry_timeout": 5, "maximum_lag_on_failover": 1048576, "postgresql": {"use_pg_rewind": false, "use_slots": true, "parameters": {"wal_level": "replica", "hot_standby": "on", "wal_keep_size": "16MB", "max_wal_size": "64MB", "min_wal_size": "32MB", "checkpoint_timeout": 300, "max_wal_senders": 10, "max_replication_slots": 10, "wal_log_hints": "on"}}}""";

    private readonly DateTimeOffset started = time.GetUtcNow().AddHours(-1);

    /// <summary>The document at a path; null when there is none.</summary>
    public string? To(string path) => path switch
    {
        "/cluster" => $$"""{"members": [{{string.Join(", ", cluster.Members.Select(Listed))}}]}""",
        "/patroni" => Status(),
        "/config" => Counted(Configuration),
        "/history" => "[]",
        _ => null,
    };

    private string Counted(string answer)
    {
        cluster.CountLook();
        return answer;
    }

    private static string Listed(StandInMember m) =>
        $$"""{"name": "{{m.Name}}", "role": "{{(m.IsLeader ? "leader" : "replica")}}", "state": "running", "api_url": "{{m.ApiUri}}patroni", "host": "{{StandInMember.Host}}", "port": {{m.PostgresPort}}, "timeline": 1{{Lag(m)}}}""";

    private static string Lag(StandInMember m) => m switch
    {
        { IsLeader: true } => "",
        { IsStuck: true } => $", \"lag\": {StandInWal.Tip - StandInWal.StuckReplayed}",
        _ => ", \"lag\": 0",
    };

    private string Status() =>
        $$"""{"state": "running", "postmaster_start_time": "{{started:yyyy-MM-dd HH:mm:ss.ffffff}}+00:00", "role": "{{(member.IsLeader ? "master" : "replica")}}", "server_version": 150018, "xlog": {{Position()}}, "timeline": 1, {{Replication()}}"dcs_last_seen": {{time.GetUtcNow().ToUnixTimeSeconds()}}, "database_system_identifier": "{{cluster.SystemIdentifier}}", "patroni": {{Version()}}}""";

    private string Version() => $$"""{"version": "3.0.2", "scope": "{{cluster.Scope}}"}""";

    private string Position() => member switch
    {
        { IsLeader: true } => $$"""{"location": {{StandInWal.Tip}}}""",
        { IsStuck: true } => Position(StandInWal.StuckReceived, StandInWal.StuckReplayed),
        _ => Position(StandInWal.Tip, StandInWal.Tip),
    };

    private static string Position(long received, long replayed) =>
        $$"""{"received_location": {{received}}, "replayed_location": {{replayed}}, "replayed_timestamp": null, "paused": false}""";

    private string Replication() => member.IsLeader
        ? $"\"replication\": [{string.Join(", ", cluster.Replicas.Where(r => !r.IsStuck).Select(Standby))}], "
        : "";

    private static string Standby(StandInMember replica) =>
        $$"""{"usename": "replicator", "application_name": "{{replica.Name}}", "client_addr": "127.0.0.1", "state": "streaming", "sync_state": "async", "sync_priority": 0}""";
}
