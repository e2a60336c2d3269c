using PatroniOps.Nodes;

namespace PatroniOps.Backups;

/// <summary>What pg_amcheck does, by the functions of the extension that it calls: for a node that has the extension and not the program.</summary>
/// <remarks>Source: PostgreSQL, src/bin/pg_amcheck/pg_amcheck.c; contrib/amcheck.</remarks>
internal static class AmcheckSql
{
    private const string Databases = "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname";
    private const string Install = "SET client_min_messages = error; CREATE EXTENSION IF NOT EXISTS amcheck WITH SCHEMA pg_catalog";

    // What a broken relation raises is gathered, so that one does not hide the others. The first line tells whether tables could be looked at: PostgreSQL 14.
    private const string Check =
        """
        CREATE TEMP TABLE patroniops_found (what text);
        DO $$
        DECLARE relation record; functions text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'amcheck');
        BEGIN
          INSERT INTO patroniops_found SELECT count(*) > 0 FROM pg_proc WHERE proname = 'verify_heapam';
          FOR relation IN SELECT c.oid, c.oid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
            WHERE a.amname = 'btree' AND i.indisready AND i.indisvalid AND c.relkind = 'i' AND c.relpersistence <> 't' LOOP
            BEGIN
              EXECUTE format('SELECT %s.bt_index_check(%s::regclass)', functions, relation.oid);
            EXCEPTION WHEN OTHERS THEN
              INSERT INTO patroniops_found VALUES (format('%s: %s', relation.name, SQLERRM));
            END;
          END LOOP;
          FOR relation IN SELECT c.oid, c.oid::regclass::text AS name FROM pg_class c JOIN pg_am a ON a.oid = c.relam
            WHERE EXISTS (SELECT FROM pg_proc WHERE proname = 'verify_heapam') AND a.amname = 'heap' AND c.relkind IN ('r', 'm', 't') AND c.relpersistence <> 't' LOOP
            BEGIN
              EXECUTE format('INSERT INTO patroniops_found SELECT %L || msg FROM %s.verify_heapam(%s::regclass) LIMIT 10', relation.name || ': ', functions, relation.oid);
            EXCEPTION WHEN OTHERS THEN
              INSERT INTO patroniops_found VALUES (format('%s: %s', relation.name, SQLERRM));
            END;
          END LOOP;
        END $$;
        SELECT what FROM patroniops_found
        """;

    public static async Task<(BackupCheckOutcome, string)> RunAsync(PostgresPrograms programs, ScratchServer server, CancellationToken cancellationToken)
    {
        var missing = $"{programs.Node.Name} has no pg_amcheck of this version";
        var databases = await server.AskAsync("postgres", Databases, cancellationToken).ConfigureAwait(false);
        if (!databases.IsSuccess)
            return (BackupCheckOutcome.Unknown, $"{missing}, and the databases were not told: {databases.Said}");
        var hasTables = true;
        foreach (var database in databases.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var installed = await server.AskAsync(database, Install, cancellationToken).ConfigureAwait(false);
            if (!installed.IsSuccess)
                return (BackupCheckOutcome.Skipped, $"{missing}, and the extension amcheck cannot be made: {installed.Said}");
            var answer = await server.AskAsync(database, Check, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess)
                return (BackupCheckOutcome.Unknown, $"amcheck's functions in {database}: {answer.Said}");
            var lines = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length > 1)
                return (BackupCheckOutcome.Failed, $"amcheck's functions in {database}: {string.Join(" / ", lines.Skip(1).Take(3))}");
            hasTables &= lines is ["true"];
        }
        return hasTables
            ? (BackupCheckOutcome.Passed, $"no corruption found by amcheck's functions; {missing}")
            : (BackupCheckOutcome.Skipped, $"no corrupt index found by amcheck's functions; tables are not looked into before PostgreSQL 14; {missing}");
    }
}
