namespace PatroniOps.Patroni;

/// <summary>Why something could not be read or done.</summary>
public enum FailureKind
{
    /// <summary>Nobody listens, no route, or the name does not resolve.</summary>
    Unreachable,

    /// <summary>No answer within the time limit.</summary>
    Timeout,

    /// <summary>The TLS handshake failed or the certificate does not verify.</summary>
    Tls,

    /// <summary>User or password refused.</summary>
    Authentication,

    /// <summary>The role or the client may not do this.</summary>
    PermissionDenied,

    /// <summary>An answer, but not one that Patroni or PostgreSQL gives.</summary>
    InvalidAnswer,

    /// <summary>The server refused, with a reason.</summary>
    Refused,

    /// <summary>Nothing was asked, because no credentials or address are known.</summary>
    NotConfigured,
}
