using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The versions of the libraries that sort text on a node. Nodes that differ order indexes differently.</summary>
/// <param name="Libc">glibc's collation version, such as <c>2.36</c>; null when the server cannot tell.</param>
/// <param name="Icu">ICU's collation version; null when the server has none.</param>
/// <remarks>Source: PostgreSQL, pg_collation_actual_version(), pg_database_collation_actual_version() (15 and later).</remarks>
public sealed record CollationVersions(string? Libc, string? Icu)
{
    private const int DatabasesKnowTheirVersion = 150000;

    /// <summary>The databases that were made under another version than the node has now; none before PostgreSQL 15, which does not know.</summary>
    public IReadOnlyList<OutdatedCollation> Outdated { get; init => field = value ?? []; } = [];

    // "C" and "POSIX" have no version; any other collation of a provider has the provider's.
    internal static string Sql(int version) =>
        $"""
        SELECT jsonb_build_object(
          'libc', (SELECT max(pg_collation_actual_version(oid)) FROM (SELECT oid FROM pg_collation WHERE collprovider = 'c' AND collname NOT IN ('C', 'POSIX', 'ucs_basic') LIMIT 5) c),
          'icu', (SELECT max(pg_collation_actual_version(oid)) FROM (SELECT oid FROM pg_collation WHERE collprovider = 'i' ORDER BY oid LIMIT 1) i),
          'outdated', {(version >= DatabasesKnowTheirVersion ? Databases : "'[]'::jsonb")})::text
        """;

    private const string Databases =
        """
        (SELECT jsonb_agg(jsonb_build_object('database', datname, 'recorded', datcollversion, 'actual', actual) ORDER BY datname)
          FROM (SELECT datname, datcollversion, pg_database_collation_actual_version(oid) AS actual FROM pg_database WHERE datcollversion IS NOT NULL) d WHERE datcollversion <> actual)
        """;

    internal static CollationVersions Parse(JsonElement row) =>
        new(Json.Text(row, "libc"), Json.Text(row, "icu")) { Outdated = [.. Json.Items(row, "outdated").Select(OutdatedCollation.Parse).OfType<OutdatedCollation>()] };
}
