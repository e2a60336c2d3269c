using PatroniOps.Steering;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Steering;

/// <summary>A call whose answer is lost is never sent again: what came of it is read.</summary>
[Collection("PowerShell")]
public sealed class LostAnswerTests : IDisposable
{
    private readonly PowerShellSession session = new();
    private readonly StubServer server = new();

    public LostAnswerTests() => server
        .Json("cluster", $$"""{"scope": "lost", "members": [{"name": "a", "role": "leader", "state": "running", "api_url": "{{server.Uri}}patroni", "host": "127.0.0.1", "port": 1, "timeline": 1}]}""")
        .Json("patroni", """{"state": "running", "role": "primary", "server_version": 150018, "timeline": 1, "xlog": {"location": 67109136}, "database_system_identifier": "42", "patroni": {"version": "4.1.4", "scope": "lost", "name": "a"}}""")
        .Json("config", """{"ttl": 20}""").Json("history", "[]");

    public void Dispose()
    {
        session.Dispose();
        server.Dispose();
    }

    [Fact]
    public void What_was_done_all_the_same_is_done()
    {
        server.OnChange = () => server.Json("config", """{"ttl": 20, "pause": true}""");
        var (output, errors, _) = session.Run($"$null = Connect-PatroniCluster {server.Uri} -Timeout 1; Suspend-PatroniCluster");

        Assert.Empty(errors);
        Assert.True(Assert.IsType<PatroniPause>(Assert.Single(output).BaseObject).IsPaused);
        Assert.Equal(["PATCH /config"], server.Changes);
    }

    [Theory]
    [InlineData("Suspend-PatroniCluster", "PATCH /config", "The configuration is as it was")]
    [InlineData("Set-PatroniConfiguration @{ ttl = 30 }", "PATCH /config", "The configuration is as it was")]
    [InlineData("Restart-PatroniMember a -Timeout 1 -Confirm:$false", "POST /restart", "")]
    [InlineData("Invoke-PatroniReload -Confirm:$false", "POST /reload", "is not known")]
    public void What_was_not_done_is_an_error_and_not_tried_again(string script, string call, string text)
    {
        server.Json("patroni", """{"state": "running", "role": "primary", "server_version": 150018, "postmaster_start_time": "2026-01-01T00:00:00+00:00", "timeline": 1, "database_system_identifier": "42"}""");
        var (output, errors, _) = session.Run($"$null = Connect-PatroniCluster {server.Uri} -Timeout 1; {script}");

        Assert.Empty(output);
        var error = Assert.Single(errors);
        Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
        Assert.Equal([call], server.Changes);
    }

    [Theory]
    [InlineData("Suspend-PatroniCluster -WhatIf")]
    [InlineData("Set-PatroniConfiguration @{ ttl = 30 } -WhatIf")]
    [InlineData("Restart-PatroniMember * -WhatIf")]
    [InlineData("Invoke-PatroniReload -WhatIf")]
    [InlineData("Set-PatroniConfiguration @{ ttl = 20 }")]
    [InlineData("Resume-PatroniCluster")]
    public void What_is_only_asked_or_so_already_is_not_sent(string script)
    {
        server.Json("patroni", """{"state": "running", "role": "primary", "server_version": 150018, "postmaster_start_time": "2026-01-01T00:00:00+00:00", "timeline": 1, "database_system_identifier": "42"}""");
        Assert.Empty(session.Run($"$null = Connect-PatroniCluster {server.Uri} -Timeout 1; {script}").Errors);
        Assert.Empty(server.Changes);
    }
}
