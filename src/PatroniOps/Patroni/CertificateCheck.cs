using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PatroniOps.Patroni;

/// <summary>Verification of a server's certificate, the same for REST and SQL.</summary>
internal static class CertificateCheck
{
    /// <summary>Sets client certificate, authorities and the explicit waiver on the options of a TLS connection; by default everything is verified.</summary>
    public static void Apply(SslClientAuthenticationOptions tls, X509Certificate2? client, X509Certificate2Collection? authorities, bool skip)
    {
        if (client is not null)
            tls.ClientCertificates = [client];
        tls.RemoteCertificateValidationCallback = null;
        tls.CertificateChainPolicy = null;
#pragma warning disable CA5359 // The user said so with -SkipCertificateCheck; the default verifies.
        if (skip)
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        else if (authorities is { Count: > 0 })
            tls.CertificateChainPolicy = Policy(authorities);
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
