namespace PatroniOps.Lab;

/// <summary>What Patroni does not make by itself, or not soon enough.</summary>
internal static class LabObjects
{
    public static Task CreateAsync(LabMember leader, LabCredentials credentials, CancellationToken cancellationToken)
    {
        var observer = credentials.Observer;
        // The password is made of hexadecimal digits only.
        return leader.ExecuteAsync(
            $"""
            CREATE ROLE {observer.Username} LOGIN PASSWORD '{observer.Password}' IN ROLE pg_monitor;
            CREATE SCHEMA lab;
            CREATE TABLE lab.canary (id bigserial PRIMARY KEY, note text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
            INSERT INTO lab.canary (note) VALUES ('started');
            """,
            cancellationToken);
    }

    /// <summary>Makes the replicas' slots as Patroni would within its next loop: a replica that comes first waits 5 s for its next try.</summary>
    public static Task CreateSlotsAsync(LabMember leader, IEnumerable<LabMember> replicas, CancellationToken cancellationToken)
    {
        var blocks = replicas.Select(replica =>
            $"""
            DO $$ BEGIN PERFORM pg_create_physical_replication_slot('{replica.SlotName}', true);
            EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            """);
        return leader.ExecuteAsync(string.Join('\n', blocks), cancellationToken);
    }
}
