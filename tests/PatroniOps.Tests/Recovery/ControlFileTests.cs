using PatroniOps.Nodes;

namespace PatroniOps.Tests.Recovery;

public sealed class ControlFileTests
{
    // pg_controldata of PostgreSQL 15, shortened.
    private const string Text =
        """
        pg_control version number:            1300
        Catalog version number:               202209061
        Database system identifier:           7512345678901234567
        Database cluster state:               shut down in recovery
        pg_control last modified:             Thu 01 Jan 2026 03:04:05 AM UTC
        Latest checkpoint's REDO WAL file:    00000001000000000000000A
        max_connections setting:              100
        max_worker_processes setting:         8
        max_wal_senders setting:              10
        max_prepared_xacts setting:           0
        max_locks_per_xact setting:           64
        track_commit_timestamp setting:       off
        """;

    [Fact]
    public void It_tells_system_state_and_what_a_standby_needs_at_least()
    {
        var control = ControlFile.Parse(Text);

        Assert.Equal(("7512345678901234567", "shut down in recovery"), (control.SystemIdentifier, control.State));
        Assert.Equal([("max_connections", 100), ("max_worker_processes", 8), ("max_wal_senders", 10), ("max_prepared_transactions", 0), ("max_locks_per_transaction", 64)], control.Minimums);
        // A value may hold colons.
        Assert.Equal("Thu 01 Jan 2026 03:04:05 AM UTC", control.Values["pg_control last modified"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pg_controldata: error: could not open file\n")]
    [InlineData("max_connections setting:   many\n")]
    public void What_it_does_not_say_is_unknown(string text)
    {
        var control = ControlFile.Parse(text);

        Assert.Null(control.SystemIdentifier);
        Assert.Null(control.State);
        Assert.Empty(control.Minimums);
    }
}
