namespace PatroniOps.LabTests.Wal;

/// <summary>WAL that a server has written under all kinds of load.</summary>
internal static class RealWal
{
    /// <summary>Small rows, COPY, indexes, full and compressed page images, records longer than a segment, switches, and a crash.</summary>
    /// <returns>The archived segments' files, oldest first.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(ScratchServer server, int rows)
    {
        await server.ExecuteAsync("CREATE TABLE a (i int PRIMARY KEY, t text); CREATE INDEX ON a (t); CREATE TABLE b (j jsonb); CREATE INDEX ON b USING gin (j)");
        await server.ExecuteAsync($"INSERT INTO a SELECT i, md5(i::text) FROM generate_series(1, {rows}) i");
        await server.ExecuteAsync("CHECKPOINT");
        await server.ExecuteAsync($"UPDATE a SET t = t || 'x' WHERE i % 7 = 0; INSERT INTO b SELECT jsonb_build_object(md5(i::text), i) FROM generate_series(1, {rows / 50}) i");
        await server.ExecuteAsync("SELECT pg_switch_wal()");
        await server.ExecuteAsync("ALTER SYSTEM SET wal_compression = on");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await server.ExecuteAsync("CHECKPOINT");
        await server.ExecuteAsync($"UPDATE a SET t = t || 'y' WHERE i % 5 = 0; DELETE FROM a WHERE i % 11 = 0");
        await server.ExecuteAsync("VACUUM a");
        await server.ExecuteAsync($"CREATE TABLE d (t text); COPY d FROM PROGRAM 'seq {rows}'");
        await server.ExecuteAsync("SELECT pg_logical_emit_message(false, 'test', repeat(md5('1'), 100000))");
        await CrashInTheMiddleAsync(server);
        await server.ExecuteAsync($"CREATE TABLE c AS SELECT i, repeat(md5(i::text), 10) FROM generate_series(1, {rows / 4}) i");
        return await server.ArchiveAllAsync();
    }

    // What was being written is left unfinished, perhaps in the middle of a record.
    private static async Task CrashInTheMiddleAsync(ScratchServer server)
    {
        var writing = server.ExecuteAsync("SELECT pg_logical_emit_message(false, 'test', repeat(md5(i::text), 60000)) FROM generate_series(1, 100000) i");
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await server.CrashAsync();
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => writing);
    }
}
