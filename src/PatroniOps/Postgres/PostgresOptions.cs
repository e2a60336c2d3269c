using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PatroniOps.Postgres;

/// <summary>How PostgreSQL is talked to: the observing role, or the replication role for probes.</summary>
public sealed record PostgresOptions
{
    /// <summary>User and password; a null password is looked up in PGPASSWORD and the pgpass file.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>A user without a password here: pgpass, PGPASSWORD or a client certificate speak for it.</summary>
    public string? UserName { get; init; }

    public string Database { get; init; } = "postgres";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public X509Certificate2? ClientCertificate { get; init; }

    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>The file that the authorities were read from, for connections that take only a path.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Any server certificate is taken. Only by the user's explicit word.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>TLS is demanded; otherwise it is used, and verified, where the server offers it.</summary>
    public bool RequireTls { get; init; }

    /// <summary>The user to log in as: from the credential, the name, or PGUSER; null when there is none and SQL is not asked.</summary>
    public string? EffectiveUserName => Credential?.UserName ?? UserName ?? Environment.GetEnvironmentVariable("PGUSER");
}
