using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Addresses as people type them.</summary>
internal static class Seed
{
    /// <summary>Takes <c>http://host:8008</c>, any path below it, and bare <c>host:8008</c>, which means http.</summary>
    /// <exception cref="PatroniOpsException">It is no address.</exception>
    public static Uri Normalise(Uri uri) =>
        PatroniUri.Base(uri.OriginalString)
        ?? PatroniUri.Base(uri.OriginalString.Contains("://", StringComparison.Ordinal) ? null : "http://" + uri.OriginalString)
        ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"'{uri.OriginalString}' is not an address of Patroni's REST API such as http://host:8008.");
}
