using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Certificates from PEM files.</summary>
internal static class CertificateFiles
{
    /// <exception cref="PatroniOpsException">The file cannot be read or holds no certificate.</exception>
    public static X509Certificate2Collection? Authorities(string? path)
    {
        if (path is null)
            return null;
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: the certificate authorities cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
        return certificates.Count > 0 ? certificates : throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: there is no certificate in it.");
    }

    /// <summary>The client certificate that a configuration file names; null when it names none.</summary>
    /// <exception cref="PatroniOpsException">It cannot be read.</exception>
    public static X509Certificate2? Client(PatroniConfigFile? file)
    {
        if (file?.ClientCertificatePath is not { } path)
            return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(path, file.ClientKeyPath);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: the client certificate cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
