using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The versions of the libraries that sort text on a node. Nodes that differ order indexes differently.</summary>
/// <param name="Libc">glibc's collation version, such as <c>2.36</c>; null when the server cannot tell.</param>
/// <param name="Icu">ICU's collation version; null when the server has none.</param>
/// <remarks>Source: PostgreSQL, pg_collation_actual_version().</remarks>
public sealed record CollationVersions(string? Libc, string? Icu)
{
    // "C" and "POSIX" have no version; any other collation of a provider has the provider's.
    internal static string Sql =>
        """
        SELECT jsonb_build_object(
          'libc', (SELECT max(pg_collation_actual_version(oid)) FROM (SELECT oid FROM pg_collation WHERE collprovider = 'c' AND collname NOT IN ('C', 'POSIX', 'ucs_basic') LIMIT 5) c),
          'icu', (SELECT max(pg_collation_actual_version(oid)) FROM (SELECT oid FROM pg_collation WHERE collprovider = 'i' ORDER BY oid LIMIT 1) i))::text
        """;

    internal static CollationVersions Parse(JsonElement row) => new(Json.Text(row, "libc"), Json.Text(row, "icu"));
}
