namespace PatroniOps.Lab;

/// <summary>What Patroni does not make by itself: the observing role and a table to write to.</summary>
internal static class LabRoles
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
}
