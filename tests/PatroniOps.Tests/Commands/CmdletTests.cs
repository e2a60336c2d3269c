using System.Management.Automation;
using PatroniOps.Observing;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

[Collection("PowerShell")]
public sealed class CmdletTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_module_exports_exactly_its_cmdlets() => Assert.Equal(
        typeof(PatroniOps.Commands.GetPatroniClusterCommand).Assembly.GetExportedTypes()
            .Select(t => t.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().FirstOrDefault()).OfType<CmdletAttribute>()
            .Select(c => $"{c.VerbName}-{c.NounName}").Order(StringComparer.Ordinal),
        session.Run("(Get-Command -Module PatroniOps).Name").Output.Select(o => o.ToString()).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-PatroniCluster")]
    [InlineData("Get-PatroniMember")]
    [InlineData("Get-PatroniSlot")]
    [InlineData("Test-WalAvailability")]
    [InlineData("Test-WalArchive")]
    [InlineData("Invoke-ReplicaRebuild b -Confirm:$false")]
    [InlineData("Repair-PatroniSlot")]
    [InlineData("Remove-PatroniSlot b")]
    [InlineData("Protect-PatroniMember b -For 2h")]
    [InlineData("Unprotect-PatroniMember -Expired")]
    [InlineData("Set-PatroniMemberTag b -NoFailover")]
    [InlineData("Get-PatroniMember -Cluster nowhere")]
    [InlineData("[pscustomobject]@{Cluster='nowhere'; Member='b'} | Get-PatroniMember")]
    public void Without_a_connection_there_is_one_clear_error(string script)
    {
        var error = Assert.Single(session.Run(script).Errors);

        Assert.StartsWith("NotConfigured,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Connect-PatroniCluster", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_port_is_unreachable()
    {
        var closed = new StubServer();
        var uri = closed.Uri;
        closed.Dispose();
        var error = Assert.Single(session.Run($"Connect-PatroniCluster {uri}").Errors);

        Assert.Equal((ErrorCategory.ConnectionError, "Unreachable,PatroniOps.Commands.ConnectPatroniClusterCommand"), (error.CategoryInfo.Category, error.FullyQualifiedErrorId));
        Assert.Contains($"127.0.0.1:{uri.Port}", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", "<html>", "")]
    [InlineData("200 OK", "{}", "")]
    [InlineData("302 Found", "", "Location: http://127.0.0.1:1/\r\n")]
    public void An_answer_that_is_not_Patronis_is_invalid(string status, string body, string headers)
    {
        using var server = new StubServer().Raw("cluster", status, body, headers);

        Assert.StartsWith("InvalidAnswer,", Assert.Single(session.Run($"Connect-PatroniCluster {server.Uri}").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_answer_is_invalid()
    {
        using var server = new StubServer().Json("cluster", $"\"{new string('x', 9 << 20)}\"");

        Assert.Contains("8 MiB", Assert.Single(session.Run($"Connect-PatroniCluster {server.Uri}").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_refused_and_taken_on_request()
    {
        using var server = new StubServer(tls: true);
        Healthy(server);

        Assert.StartsWith("TlsFailed,", Assert.Single(session.Run($"Connect-PatroniCluster {server.Uri}").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(session.Run($"Connect-PatroniCluster {server.Uri} -SkipCertificateCheck").Output);
    }

    [Fact]
    public void Members_are_shown_and_a_password_that_is_not_configured_is_a_warning()
    {
        using var server = new StubServer();
        Healthy(server);
        var (output, errors, warnings) = session.Run($"$null = Connect-PatroniCluster {server.Uri}; Get-PatroniMember");

        Assert.Equal("a", Assert.Single(output.Select(o => (PatroniMember)o.BaseObject)).Member);
        Assert.Empty(errors);
        Assert.Single(warnings);
    }

    [Fact]
    public void A_member_that_hangs_is_an_error_in_time_and_hides_nobody()
    {
        using var server = new StubServer();
        using var hanging = new StubServer();
        Healthy(server, hanging);
        var (output, errors, _) = session.Run($"$null = Connect-PatroniCluster {server.Uri} -Timeout 1; Get-PatroniMember");

        Assert.Equal(["a", "b"], output.Select(o => ((PatroniMember)o.BaseObject).Member));
        Assert.StartsWith("TimedOut,", Assert.Single(errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_as_it_comes_back_from_JSON_binds_by_its_cluster_and_member()
    {
        using var server = new StubServer();
        Healthy(server);

        Assert.Single(session.Run($"$null = Connect-PatroniCluster {server.Uri}; [pscustomobject]@{{Cluster='stub'; Member='a'; Timeline=1}} | Get-PatroniMember").Output);
    }

    private static void Healthy(StubServer server, StubServer? second = null)
    {
        var b = second is null ? "" : $$""", {"name": "b", "role": "replica", "state": "running", "api_url": "{{second.Uri}}patroni", "timeline": 1}""";
        server.Json("cluster", $$"""{"scope": "stub", "members": [{"name": "a", "role": "leader", "state": "running", "api_url": "{{server.Uri}}patroni", "host": "127.0.0.1", "port": 1, "timeline": 1}{{b}}]}""")
            .Json("patroni", """{"state": "running", "role": "primary", "server_version": 150018, "timeline": 1, "xlog": {"location": 67109136}, "database_system_identifier": "42", "patroni": {"version": "4.1.4", "scope": "stub", "name": "a"}}""")
            .Json("config", """{"ttl": 20}""").Json("history", "[]");
    }
}
