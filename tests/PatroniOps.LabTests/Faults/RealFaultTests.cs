using System.Text.RegularExpressions;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Faults;

/// <summary>A real cluster, of which one replica's Patroni and PostgreSQL are reached through proxies, as the cluster itself tells everyone.</summary>
[Trait("Category", "Long")]
public sealed class RealFaultTests(RealFaultTests.Fixture fixture) : IClassFixture<RealFaultTests.Fixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public sealed class Fixture() : LabFixture("faults", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    public static TheoryData<string> Http => ["cut", "cut-midway", "half-open", "half-open-midway", "drip", "503", "endless-body"];

    public static TheoryData<string> Postgres => ["cut", "cut-midway", "half-open", "half-open-midway", "drip", "clear-text-password", "endless-rows"];

    [Theory]
    [MemberData(nameof(Http))]
    public async Task A_replica_whose_Patroni_is_bad_hides_nobody(string fault)
    {
        await using var replica = await BehindProxiesAsync();
        using var session = ModuleSession.Connect(Lab, "-Timeout 3");
        replica.Rest.Fault = FaultCatalogue.Http[fault];
        IsToldOfItAlone(session, replica.Member, replica.Rest.Port);
        await Eventually.Read(Limit, () => replica.Rest.Open, open => open == 0);
    }

    [Theory]
    [MemberData(nameof(Postgres))]
    public async Task A_replica_whose_PostgreSQL_is_bad_hides_nobody(string fault)
    {
        await using var replica = await BehindProxiesAsync();
        using var session = ModuleSession.Connect(Lab, "-Timeout 3");
        replica.Sql.Fault = FaultCatalogue.Postgres[fault];
        IsToldOfItAlone(session, replica.Member, replica.Sql.Port);
        session.Run<object>("Get-PatroniConnection | Disconnect-PatroniCluster");
        await Eventually.Read(TimeSpan.FromSeconds(60), () => replica.Sql.Open, open => open == 0);
    }

    [Fact]
    public async Task A_connection_that_was_good_and_breaks_is_made_anew()
    {
        await using var replica = await BehindProxiesAsync();
        using var session = ModuleSession.Connect(Lab, "-Timeout 5");
        Assert.Equal(Verdict.Healthy, session.One<ClusterVerdict>("Test-PatroniCluster").Verdict);
        replica.Sql.Fault = LineFaults.Cut;
        replica.Sql.Fault = LineFault.None;

        Assert.Equal(Verdict.Healthy, session.One<ClusterVerdict>("Test-PatroniCluster").Verdict);
    }

    private static void IsToldOfItAlone(ModuleSession session, LabMember replica, int port)
    {
        var started = TimeProvider.System.GetTimestamp();
        var answer = session.Invoke("Test-PatroniCluster");
        var took = TimeProvider.System.GetElapsedTime(started);

        Assert.True(took < Limit, $"It took {took.TotalSeconds:0.0} s.");
        var verdict = Assert.Single(answer.All<ClusterVerdict>());
        Assert.All(verdict.Members.Where(m => m.Member != replica.Name), m => Assert.Equal(Verdict.Healthy, m.Verdict));
        var error = Assert.Single(answer.Errors);
        Assert.Equal(replica.Name, error.TargetObject);
        Assert.Contains($"127.0.0.1:{port}", error.ToString(), StringComparison.Ordinal);
    }

    // The addresses that a member publishes are in its patroni.yml, and taken over by a reload.
    private async Task<ProxiedMember> BehindProxiesAsync()
    {
        var leader = await Lab.TheLeaderAsync();
        var member = Lab.Members.First(m => m != leader);
        var proxied = new ProxiedMember(member, FaultProxy.Before(member.ApiUri.Port), FaultProxy.Before(member.Port));
        await proxied.PublishAsync(leader);
        return proxied;
    }

    private sealed record ProxiedMember(LabMember Member, FaultProxy Rest, FaultProxy Sql) : IAsyncDisposable
    {
        public async Task PublishAsync(LabMember leader)
        {
            var file = Member.Addresses.PatroniConfig;
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(file, Published(Published(text, Member.ApiUri.Port, Rest.Port), Member.Port, Sql.Port));
            await Member.Rest.SendAsync(HttpMethod.Post, "/reload");
            await Eventually.ReadAsync(TimeSpan.FromSeconds(60), async () => (await leader.Rest.GetAsync("/cluster")).ToJsonString(),
                cluster => cluster.Contains($"127.0.0.1:{Rest.Port}/", StringComparison.Ordinal) && cluster.Contains($"\"port\":{Sql.Port}", StringComparison.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            await Rest.DisposeAsync();
            await Sql.DisposeAsync();
        }

        // Whatever it publishes now: of an earlier test it may be a proxy's.
        private string Published(string text, int real, int proxy)
        {
            var sections = text.Split("\npostgresql:", 2);
            var isRest = real == Member.ApiUri.Port;
            var changed = Regex.Replace(sections[isRest ? 0 : 1], """(connect_address"?: "?127\.0\.0\.1:)\d+""", $"${{1}}{proxy}");
            return isRest ? $"{changed}\npostgresql:{sections[1]}" : $"{sections[0]}\npostgresql:{changed}";
        }
    }
}
