namespace PatroniOps.Backups;

/// <summary>A query that the restored server must answer in a given way.</summary>
/// <param name="Query">The SQL; one value.</param>
/// <param name="Expected">The value as psql prints it: <c>t</c> and <c>f</c> for Booleans.</param>
/// <param name="Database">Where it is asked.</param>
public sealed record RestoreAssertion(string Query, string Expected, string Database = "postgres");
