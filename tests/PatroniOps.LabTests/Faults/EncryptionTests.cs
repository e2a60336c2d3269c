using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.LabTests.Faults;

/// <summary>Real servers that ask for the observer's password in clear text, first without TLS and then with it.</summary>
[Trait("Category", "Long")]
public sealed class EncryptionTests(EncryptionTests.Fixture fixture) : IClassFixture<EncryptionTests.Fixture>
{
    private const string Observer = "patroniops_observer";
    private const string WithoutTls = "without_tls";

    public sealed class Fixture() : LabFixture("encryption", new LabOptions
    {
        Members = 2,
        LocalConfiguration = new JsonObject
        {
            ["postgresql"] = new JsonObject
            {
                ["pg_hba"] = new JsonArray(
                    "local all all trust",
                    "host replication all 127.0.0.1/32 scram-sha-256",
                    $"host all {Observer} 127.0.0.1/32 password",
                    $"hostssl all {WithoutTls} 127.0.0.1/32 reject",
                    "host all all 127.0.0.1/32 scram-sha-256"),
            },
        },
    });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_password_goes_in_clear_text_over_TLS_alone()
    {
        Assert.Equal(Observer, Lab.Connection.Credentials.Observer.Username);
        using (var plain = ModuleSession.Connect(Lab))
        {
            var answer = plain.Invoke("Test-PatroniCluster");
            Assert.Equal(2, answer.Errors.Count(e => e.FullyQualifiedErrorId.StartsWith("AuthenticationFailed", StringComparison.Ordinal) && e.ToString().Contains("in clear text", StringComparison.Ordinal)));
            Assert.NotEqual(Verdict.Healthy, Assert.Single(answer.All<ClusterVerdict>()).Verdict);
        }

        using var certificates = new TestCertificates();
        foreach (var member in Lab.Members)
            await TurnTlsOnAsync(member, certificates);
        var authority = Path.Combine(Directory.CreateTempSubdirectory("authority-").FullName, "ca.pem");
        await File.WriteAllTextAsync(authority, certificates.AuthorityPem);
        using (var verified = ModuleSession.Connect(Lab, $"-CertificateAuthorityPath '{authority}'"))
        {
            Assert.Equal(Verdict.Healthy, verified.One<ClusterVerdict>("Test-PatroniCluster").Verdict);
            Assert.All(verified.Run<WalAvailability>("Test-WalAvailability -Probe -ReplicationCredential $replication"),
                w => Assert.True(w.Probe?.Outcome is WalProbeOutcome.AtTip or WalProbeOutcome.Served, w.Probe?.ToString()));
        }
        using (var unknown = ModuleSession.Connect(Lab))
        {
            var answer = unknown.Invoke("Test-PatroniCluster");
            Assert.NotEmpty(answer.Errors);
            Assert.All(answer.Errors, e => Assert.StartsWith("TlsFailed", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        }
        Directory.GetParent(authority)!.Delete(recursive: true);
        await ARoleThatIsTakenWithoutTlsAloneLogsInWithoutItAsync(certificates);
    }

    // Where pg_hba.conf wants it so, and by the server's own, verified word.
    private async Task ARoleThatIsTakenWithoutTlsAloneLogsInWithoutItAsync(TestCertificates certificates)
    {
        var leader = await Lab.TheLeaderAsync();
        await leader.ExecuteAsync($"CREATE ROLE {WithoutTls} LOGIN PASSWORD 'known'");
        using var authority = X509Certificate2.CreateFromPem(certificates.AuthorityPem);
        var options = new PostgresOptions { Credential = new NetworkCredential(WithoutTls, "known"), CertificateAuthorities = [authority] };

        using var client = new PostgresClient(options);
        Assert.Equal("false", await IsEncryptedAsync(client, leader));
        using var strict = new PostgresClient(options with { RequireTls = true });
        Assert.Equal(FailureKind.Authentication, (await Assert.ThrowsAsync<PatroniOpsException>(() => IsEncryptedAsync(strict, leader))).Kind);
        using var superuser = new PostgresClient(options with { Credential = new NetworkCredential(Lab.Connection.Credentials.Superuser.Username, Lab.Connection.Credentials.Superuser.Password) });
        Assert.Equal("true", await IsEncryptedAsync(superuser, leader));
    }

    private static async Task<string?> IsEncryptedAsync(PostgresClient client, LabMember member) =>
        (await client.QueryAsync(member.Host, member.Port, _ => ["SELECT to_jsonb(ssl)::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()"], CancellationToken.None))[0].Document?.GetRawText();

    // The server writes its key itself, as its own user.
    private static async Task TurnTlsOnAsync(LabMember member, TestCertificates certificates)
    {
        using var certificate = certificates.For(IPAddress.Loopback);
        var folder = Path.GetDirectoryName(member.DataDirectory)!;
        var (pem, key) = (Path.Combine(folder, "tls.pem"), Path.Combine(folder, "tls.key"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem());
        using (var secret = certificate.GetRSAPrivateKey()!)
            await member.ExecuteAsync($"COPY (SELECT unnest(string_to_array('{secret.ExportPkcs8PrivateKeyPem()}', E'\\n'))) TO '{key}'");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await member.ExecuteAsync($"ALTER SYSTEM SET ssl_cert_file = '{pem}'");
        await member.ExecuteAsync($"ALTER SYSTEM SET ssl_key_file = '{key}'");
        await member.ExecuteAsync("ALTER SYSTEM SET ssl = on");
        await member.ExecuteAsync("SELECT pg_reload_conf()");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => member.ScalarAsync<string>("SHOW ssl"), ssl => ssl == "on");
    }
}
