using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Addresses as people type them.</summary>
internal static class Seed
{
    /// <summary>Takes <c>http://host:8008</c>, any path below it, and bare <c>host:8008</c>, which means http.</summary>
    /// <exception cref="PatroniOpsException">It is no address, or has a login in it, which would be seen wherever the address is.</exception>
    public static Uri Normalise(Uri uri)
    {
        if (HasLogin(uri))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{Show(uri)}: an address does not take a login. Give user and password with -Credential.");
        return PatroniUri.Base(uri.OriginalString)
            ?? PatroniUri.Base(uri.OriginalString.Contains("://", StringComparison.Ordinal) ? null : "http://" + uri.OriginalString)
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"'{Show(uri)}' is not an address of Patroni's REST API such as http://host:8008.");
    }

    /// <summary>The address as it was typed, but for a login.</summary>
    public static string Show(Uri uri) => HasLogin(uri) ? $"...{uri.OriginalString[uri.OriginalString.LastIndexOf('@')..]}" : uri.OriginalString;

    private static bool HasLogin(Uri uri) => uri.OriginalString.Contains('@', StringComparison.Ordinal);
}
