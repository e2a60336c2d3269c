using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>Patroni's own reinitialize where it restores from a repository: a gap in it is found before the data is deleted.</summary>
[Trait("Category", "Long")]
public sealed class RepositoryGapTests(RepositoryGapTests.Fixture fixture) : IClassFixture<RepositoryGapTests.Fixture>
{
    private const string Stanza = "demo";

    public sealed class Fixture() : LabFixture("repository-gap", new LabOptions
    {
        Members = 2,
        Archive = ArchiveKind.PgBackRest,
        LocalConfiguration = new JsonObject { ["postgresql"] = new JsonObject { ["create_replica_methods"] = new JsonArray("pgbackrest", "basebackup") } },
    });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_gap_is_refused_and_a_whole_repository_is_restored()
    {
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.Single(member => member != leader);
        await GiveTheMethodACommandAsync(leader, victim);
        using var session = ModuleSession.Connect(Lab);

        await IsRefusedAsync(session, victim, "it has none");
        await Lab.BackUpAsync(leader);
        await using var writer = Writer.Start(Lab);
        var removed = await ArchiveAndRecycleAsync(leader);
        var file = Directory.GetFiles(Lab.Connection.Archive.Path!, $"{removed}-*", SearchOption.AllDirectories).Single();
        var aside = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.Move(file, aside);
        await IsRefusedAsync(session, victim, $"neither the repository nor {leader.Name} has {removed}");

        File.Move(aside, file);
        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal(ReplicaRebuildMethod.Reinitialize, rebuilt.Method);
        Assert.Contains("replica has been created using pgbackrest", await File.ReadAllTextAsync(victim.PatroniLog), StringComparison.Ordinal);
        await writer.AllRowsAreOnAsync(leader, victim);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    // A method's command names the member's own configuration of pgBackRest; Patroni reads it with its next look at the dynamic configuration.
    private async Task GiveTheMethodACommandAsync(LabMember leader, LabMember victim)
    {
        var command = $"pgbackrest --config={Lab.Paths.PgBackRestConfig(victim.Name)} --stanza={Stanza} --delta --type=standby restore";
        var method = new JsonObject { ["command"] = command, ["no_params"] = true, ["keep_data"] = true };
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["postgresql"] = new JsonObject { ["pgbackrest"] = method } });
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => File.ReadAllTextAsync(Path.Combine(victim.DataDirectory, "patroni.dynamic.json")), text => text.Contains(Stanza, StringComparison.Ordinal));
    }

    private static async Task<string> ArchiveAndRecycleAsync(LabMember leader)
    {
        var first = await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_current_wal_lsn())");
        for (var i = 0; i < 8; i++)
        {
            await leader.WriteAsync("for the next segment");
            await leader.ExecuteAsync("SELECT pg_switch_wal()");
            await leader.ExecuteAsync("CHECKPOINT");
        }
        var name = LabFacts.SegmentName(LabFacts.Number(first!) + 1);
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), async () =>
        {
            await leader.ExecuteAsync("CHECKPOINT");
            return await leader.ScalarAsync<bool>($"SELECT (SELECT last_archived_wal > '{name}' FROM pg_stat_archiver) AND NOT EXISTS (SELECT FROM pg_ls_waldir() WHERE name = '{name}')");
        }, isGone => isGone);
        return name;
    }

    private async Task IsRefusedAsync(ModuleSession session, LabMember victim, string why)
    {
        var before = await victim.FingerprintAsync();
        var (id, text) = session.Invoke($"Invoke-ReplicaRebuild {victim.Name} {LabNode.Parameters(Lab, victim)} -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("nothing was changed", text, StringComparison.Ordinal);
        Assert.Contains("by its method pgbackrest", text, StringComparison.Ordinal);
        Assert.Contains(why, text, StringComparison.Ordinal);
        var plan = session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {victim.Name} {LabNode.Parameters(Lab, victim)}");
        Assert.Contains(plan.Options, o => o is { Method: RecoveryMethod.Reinitialize, IsFeasible: false } && o.Reason.Contains(why, StringComparison.Ordinal));
        Assert.Equal(before, await victim.FingerprintAsync());
    }
}
