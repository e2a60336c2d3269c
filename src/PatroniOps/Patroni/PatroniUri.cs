namespace PatroniOps.Patroni;

/// <summary>Addresses of Patroni's REST API.</summary>
public static class PatroniUri
{
    /// <summary>Scheme, host and port of an address such as <c>http://10.0.0.2:8008/patroni</c>, without a login that may stand in it; null when it is none.</summary>
    public static Uri? Base(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && Uri.TryCreate(uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + "/", UriKind.Absolute, out var address) ? address : null;
}
