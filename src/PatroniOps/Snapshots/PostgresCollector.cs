using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Snapshots;

/// <summary>Reads one PostgreSQL server in one round trip, with a role that is only in pg_monitor.</summary>
public static class PostgresCollector
{
    // In the order in which Parse takes the answers.
    private static string[] Queries(int version) =>
    [
        ServerState.Sql, ControlData.Sql, SenderRow.Sql, ReceiverRow.Sql, SlotRow.Sql, WalListing.Sql, ArchiverRow.Sql, ServerSettings.Sql, BackendRow.Sql,
        ArchiveQueue.Sql, CollationVersions.Sql(version),
    ];

    /// <summary>Never throws for what the server does: what it does not give is unknown.</summary>
    public static async Task<PostgresSnapshot> CollectAsync(PostgresClient client, string? host, int? port, CancellationToken cancellationToken)
    {
        if (host is null || port is null)
            return PostgresSnapshot.Unknown(FailureKind.NotConfigured, "PostgreSQL's address is not known: Patroni did not give it.");
        try
        {
            return Parse(await client.QueryAsync(host, port.Value, Queries, cancellationToken).ConfigureAwait(false));
        }
        catch (PatroniOpsException e)
        {
            return PostgresSnapshot.Unknown(e.Kind, e.Message);
        }
    }

    /// <summary>From the documents that the queries return, or their failures.</summary>
    internal static PostgresSnapshot Parse(IReadOnlyList<QueryResult> results)
    {
        var state = Read(results[0], ServerState.Parse);
        return new PostgresSnapshot
        {
            State = state,
            Control = Read(results[1], ControlData.Parse),
            Senders = Read(results[2], rows => List(rows, SenderRow.Parse)),
            Receivers = Read(results[3], rows => List(rows, ReceiverRow.Parse)),
            Slots = Read(results[4], rows => List(rows, SlotRow.Parse)),
            Wal = state.Value?.WalSegmentSize is { } size
                ? Read(results[5], row => WalListing.Parse(row, size))
                : Reading.Unknown<WalListing>(FailureKind.InvalidAnswer, "The segment size was not read."),
            Archiver = Read(results[6], ArchiverRow.Parse),
            Settings = Read(results[7], ServerSettings.Parse),
            Backends = Read(results[8], rows => List(rows, BackendRow.Parse)),
            ArchiveQueue = Read(results[9], ArchiveQueue.Parse),
            Collations = Read(results[10], CollationVersions.Parse),
        };
    }

    private static Reading<T> Read<T>(QueryResult result, Func<JsonElement, T> parse) where T : class =>
        result.Failure is { } failure ? Reading.Unknown<T>(failure) : Reading.Of(parse(result.Document!.Value));

    private static IReadOnlyList<T> List<T>(JsonElement rows, Func<JsonElement, T?> parse) where T : class =>
        rows.ValueKind == JsonValueKind.Array ? [.. rows.EnumerateArray().Select(parse).OfType<T>()] : [];
}
