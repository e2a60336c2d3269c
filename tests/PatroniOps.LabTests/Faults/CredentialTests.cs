using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.LabTests.Faults;

/// <summary>Where logins never arrive: at hosts that somebody else named, at proxies of the environment, and behind certificates that are not the endpoint's.</summary>
public sealed class CredentialTests : IDisposable
{
    private const string Login = "Authorization: Basic";

    private readonly TestCertificates certificates = new();
    private readonly string authority = Path.Combine(Directory.CreateTempSubdirectory("authority-").FullName, "ca.pem");

    public CredentialTests() => File.WriteAllText(authority, certificates.AuthorityPem);

    public void Dispose()
    {
        Directory.GetParent(authority)!.Delete(recursive: true);
        certificates.Dispose();
    }

    [Fact]
    public async Task A_redirect_of_a_call_that_changes_something_is_not_followed()
    {
        await using var fleet = new FaultyFleet();
        await using var elsewhere = FaultProxy.Before(1);
        using var session = fleet.Connect("-Credential $observer");
        foreach (var proxy in fleet.Rest)
            proxy.Fault = ChangeFault.Redirect(new Uri(elsewhere.Uri, "config"));
        var (id, text) = session.Invoke("Suspend-PatroniCluster -Connection $clusters[0] -Confirm:$false").OnlyError();

        Assert.Equal("Refused", id);
        Assert.Contains("307", text, StringComparison.Ordinal);
        Assert.Contains(fleet.Rest, proxy => proxy.Heard.Contains(Login, StringComparison.Ordinal));
        Assert.Equal(0, elsewhere.Accepted);
    }

    [Fact]
    public async Task A_redirect_of_a_question_is_not_followed()
    {
        await using var fleet = new FaultyFleet();
        await using var elsewhere = FaultProxy.Before(1);
        using var session = fleet.Open();
        fleet.Rest[0].Fault = HttpFaults.Redirect(elsewhere.Uri);
        var (id, text) = session.Invoke("Connect-PatroniCluster -Uri $seeds[0] -Credential $observer").OnlyError();

        Assert.Equal("InvalidAnswer", id);
        Assert.Contains("a redirect (307), which is not followed", text, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Accepted);
        Assert.DoesNotContain(Login, fleet.Rest[0].Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_in_an_address_is_refused_and_not_shown()
    {
        await using var fleet = new FaultyFleet();
        using var session = fleet.Open();
        var answer = session.Invoke($"Get-PatroniMember -Uri http://me:secret@127.0.0.1:{fleet.Rest[0].Port}");

        Assert.Contains("-Credential", answer.OnlyError().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", $"{answer.OnlyError().Text} {answer.Errors[0].TargetObject}", StringComparison.Ordinal);
        Assert.Equal(0, fleet.Rest[0].Accepted);
    }

    [Theory]
    [InlineData("127.0.0.1", false, "TlsFailed", "")]
    [InlineData("10.1.2.3", true, "TlsFailed", "")]
    [InlineData("127.0.0.1", true, "TimedOut", "GET /cluster")]
    public async Task A_certificate_of_Patroni_is_verified_before_anything_is_said(string address, bool isKnown, string id, string heard)
    {
        await using var proxy = FaultProxy.Before(1);
        await using var fleet = new FaultyFleet();
        using var session = fleet.Open();
        using var certificate = certificates.For(IPAddress.Parse(address));
        proxy.Fault = new CertificateFault("certificate", certificate, IsPostgres: false);
        var answer = session.Invoke($"Connect-PatroniCluster -Uri https://127.0.0.1:{proxy.Port} -Credential $observer -Timeout 3 {(isKnown ? $"-CertificateAuthorityPath '{authority}'" : "")}");

        Assert.Equal(id, answer.OnlyError().Id);
        Assert.Contains(heard, proxy.Heard, StringComparison.Ordinal);
        Assert.Equal(heard.Length > 0, proxy.Heard.Contains("GET ", StringComparison.Ordinal));
        Assert.DoesNotContain(Login, proxy.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", false, FailureKind.Tls)]
    [InlineData("10.1.2.3", true, FailureKind.Tls)]
    [InlineData("127.0.0.1", true, FailureKind.Timeout)]
    public async Task A_certificate_of_PostgreSQL_is_verified_before_anything_is_said(string address, bool isKnown, FailureKind kind)
    {
        await using var proxy = FaultProxy.Before(1);
        using var certificate = certificates.For(IPAddress.Parse(address));
        proxy.Fault = new CertificateFault("certificate", certificate, IsPostgres: true);
        using var client = new PostgresClient(Options(isKnown));
        var failure = await Assert.ThrowsAsync<PatroniOpsException>(() => client.QueryAsync("127.0.0.1", proxy.Port, _ => ["SELECT '1'"], CancellationToken.None));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(kind == FailureKind.Timeout, proxy.Heard.Contains("user\0observer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1", false, "TLS failed")]
    [InlineData("10.1.2.3", true, "TLS failed")]
    [InlineData("127.0.0.1", true, "no answer")]
    public async Task So_it_is_for_the_replication_protocol(string address, bool isKnown, string words)
    {
        await using var proxy = FaultProxy.Before(1);
        using var certificate = certificates.For(IPAddress.Parse(address));
        proxy.Fault = new CertificateFault("certificate", certificate, IsPostgres: true);
        using var client = new PostgresClient(Options(isKnown));
        var probe = await ReplicationProbe.RunAsync(client, "127.0.0.1", proxy.Port, new Lsn(1 << 24), 1, CancellationToken.None);

        Assert.Contains(words, probe.ToString(), StringComparison.Ordinal);
        Assert.Equal(words == "no answer", proxy.Heard.Contains("user\0observer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TLS_that_is_demanded_and_not_offered_is_no_connection()
    {
        await using var proxy = FaultProxy.Before(1);
        proxy.Fault = PostgresFaults.ClearTextPassword;
        using var client = new PostgresClient(Options(isKnown: false) with { RequireTls = true });
        var failure = await Assert.ThrowsAsync<PatroniOpsException>(() => client.QueryAsync("127.0.0.1", proxy.Port, _ => ["SELECT '1'"], CancellationToken.None));

        Assert.Equal(FailureKind.Tls, failure.Kind);
        Assert.Contains("offers no TLS", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("observer", proxy.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxies_of_the_environment_are_not_asked()
    {
        await using var fleet = new FaultyFleet();
        await using var proxy = FaultProxy.Before(1);
        var info = new ProcessStartInfo(ModuleSession.HostProgram, ["Get-PatroniCluster", "-Uri", fleet.Rest[0].Uri.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" })
            info.Environment[name] = $"http://me:secret@127.0.0.1:{proxy.Port}";
        using var process = Process.Start(info)!;
        var said = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(output.Contains("127.0.0.1", StringComparison.Ordinal) || output.Contains("fleet-001", StringComparison.Ordinal), $"{output}{await said}");
        Assert.Equal(0, proxy.Accepted);
    }

    private PostgresOptions Options(bool isKnown) => new()
    {
        Credential = new NetworkCredential("observer", "any"),
        Timeout = TimeSpan.FromSeconds(3),
        CertificateAuthorities = isKnown ? [X509CertificateLoader.LoadCertificateFromFile(authority)] : null,
        CertificateAuthorityPath = isKnown ? authority : null,
    };
}
