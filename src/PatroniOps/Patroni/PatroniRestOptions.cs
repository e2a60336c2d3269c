using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PatroniOps.Patroni;

/// <summary>How Patroni's REST API is talked to.</summary>
public sealed record PatroniRestOptions
{
    /// <summary>The limit for one call, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>User and password for the calls that change something; GETs go without.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>For servers that ask for one.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Certificate authorities to trust instead of the system's.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>Any certificate is taken. Only by the user's explicit word.</summary>
    public bool SkipCertificateCheck { get; init; }
}
