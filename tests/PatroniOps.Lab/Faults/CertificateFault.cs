using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PatroniOps.Lab.Faults;

/// <summary>Somebody in between, with a certificate that is not the endpoint's: what the caller sends is decrypted and kept, and nothing is answered.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Certificate">With its private key.</param>
/// <param name="IsPostgres">TLS begins after PostgreSQL's request for it.</param>
public sealed record CertificateFault(string Name, X509Certificate2 Certificate, bool IsPostgres) : Fault(Name)
{
    private static readonly byte[] Accepted = "S"u8.ToArray();

    internal override async Task ServeAsync(ProxiedLine line, CancellationToken cancellationToken)
    {
        if (IsPostgres)
        {
            await line.Caller.ReadExactlyAsync(new byte[8], cancellationToken);
            await line.Caller.WriteAsync(Accepted, cancellationToken);
        }
        await using var tls = new SslStream(line.Caller, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, cancellationToken);
        var buffer = new byte[4096];
        while (await tls.ReadAsync(buffer, cancellationToken) is > 0 and var length)
            line.Hear(buffer.AsSpan(0, length));
    }
}
