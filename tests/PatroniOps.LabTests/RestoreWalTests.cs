using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests;

/// <summary>Restore-ReplicaWal where one other member still has what the leader has recycled.</summary>
public sealed class RestoreWalTests(RestoreWalTests.Fixture fixture) : IClassFixture<RestoreWalTests.Fixture>
{
    public sealed class Fixture() : LabFixture("restore-wal", new LabOptions());

    [Fact]
    public async Task Just_the_missing_WAL_is_brought_from_another_member_while_rows_are_written()
    {
        var leader = await fixture.Lab.TheLeaderAsync();
        await StopInTheMiddleOfASegmentAsync(leader);
        var broken = await ScenarioCatalogue.Find("wal-on-another-member").BreakAsync(fixture.Lab);
        var victim = fixture.Lab.Member(broken.Member);
        using var session = ModuleSession.Connect(fixture.Lab);
        var node = $"-PatroniConfigPath '{victim.Addresses.PatroniConfig}'";

        Assert.Equal(WalAvailabilityStatus.OnAnotherMember, session.Wal(victim.Name).Status);
        var before = await victim.FingerprintAsync();
        RefusalsChangeNothing(session, leader, victim, node);
        await AnotherHistoryIsRefused(session, victim, node);
        Assert.Empty(session.Run<object>($"Test-WalAvailability {victim.Name} | Restore-ReplicaWal {node} -WhatIf"));
        Assert.Equal(WalAvailabilityStatus.OnAnotherMember, session.Wal(victim.Name).Status);

        await ItStreamsAgain(session, leader, victim, node);
        Assert.Equal(before, await victim.FingerprintAsync());
    }

    // What the members replayed of the segment is compared before anything is brought.
    private async Task StopInTheMiddleOfASegmentAsync(LabMember leader)
    {
        await leader.WriteAsync("before the absence");
        foreach (var member in fixture.Lab.Members)
            await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => member.HasAsync("before the absence"), isThere => isThere);
    }

    private static void RefusalsChangeNothing(ModuleSession session, LabMember leader, LabMember victim, string node)
    {
        Assert.Contains("has no member nobody", session.Invoke($"Restore-ReplicaWal nobody {node} -Confirm:$false").OnlyError().Text, StringComparison.Ordinal);
        Assert.Contains("is the leader", session.Invoke($"Restore-ReplicaWal {leader.Name} {node} -Confirm:$false").OnlyError().Text, StringComparison.Ordinal);
        var other = session.Invoke($"Restore-ReplicaWal {victim.Name} -PatroniConfigPath '{leader.Addresses.PatroniConfig}' -Confirm:$false").OnlyError();
        Assert.Contains($"is not the node of {victim.Name}", other.Text, StringComparison.Ordinal);
        var wrong = session.Invoke($"Restore-ReplicaWal {victim.Name} {node} -ReplicationCredential $wrongReplication -Confirm:$false").OnlyError();
        Assert.Equal("AuthenticationFailed", wrong.Id);
        Assert.Equal(WalAvailabilityStatus.OnAnotherMember, session.Wal(victim.Name).Status);
    }

    private static async Task AnotherHistoryIsRefused(ModuleSession session, LabMember victim, string node)
    {
        var position = await victim.ScalarAsync<decimal>("SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn");
        var file = Path.Combine(victim.DataDirectory, "pg_wal", LabFacts.SegmentName((long)(position / LabFacts.SegmentSize)));
        var offset = (long)(position % LabFacts.SegmentSize) - 1;
        WalFiles.Flip(file, offset);
        try
        {
            var refused = session.Invoke($"Restore-ReplicaWal {victim.Name} {node} -Confirm:$false").OnlyError();
            Assert.Equal("Refused", refused.Id);
            Assert.Contains("another history", refused.Text, StringComparison.Ordinal);
            Assert.Equal(0L, await victim.ScalarAsync<long>("SELECT count(*) FROM pg_ls_dir('pg_wal') f WHERE f LIKE 'patroniops%'"));
        }
        finally
        {
            WalFiles.Flip(file, offset);
        }
    }

    private async Task ItStreamsAgain(ModuleSession session, LabMember leader, LabMember victim, string node)
    {
        await victim.KeepWalAsync();
        var needed = await victim.NeededSegmentAsync();
        var oldest = await leader.OldestSegmentAsync();
        var logins = fixture.Lab.Connection.Credentials;
        await using var writer = RecyclingWriter.Start(leader, rowsPerSegment: 25);
        await using var processes = CommandLines.Watch(logins.Replication.Password, logins.Superuser.Password, logins.Observer.Password);

        var answer = session.Invoke($"Test-WalAvailability {victim.Name} | Restore-ReplicaWal {node} -Confirm:$false -Verbose 4>&1");
        Assert.Empty(answer.Errors);
        var result = Assert.Single(answer.Objects.OfType<ReplicaWalRestoreResult>());
        await writer.StopAsync();

        Assert.Empty(await processes.FoundAsync());
        Assert.True(processes.Rounds > 3);
        Assert.DoesNotContain(answer.Objects, o => $"{o}".Contains(logins.Replication.Password, StringComparison.Ordinal));
        Assert.Equal(LabFacts.SegmentName(needed), result.Segments[0]);
        // Its own, which was left in the middle.
        Assert.Contains(Directory.EnumerateFiles(result.KeptPath!), file => Path.GetFileName(file) == result.Segments[0]);
        // What was missing, what was recycled until the leader was held to keep it, and at most one segment more.
        var held = result.Steps.First(step => step.Text.StartsWith($"{leader.Name} keeps WAL from ", StringComparison.Ordinal)).Text.Split(' ')[4];
        var recycled = LabFacts.Number(held) - oldest;
        Assert.InRange(result.BytesMoved, LabFacts.SegmentSize, (oldest - needed + recycled + 1) * LabFacts.SegmentSize);
        Assert.Equal(result.Segments.Distinct(), result.Segments);
        Assert.DoesNotContain(leader.Name, result.Sources);
        Assert.True(writer.Committed > 0);
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => writer.CountAsync(victim), count => count == writer.Committed);
        Assert.Equal(writer.Committed, await writer.CountAsync(leader));
        await WalFiles.AreAsPostgresWritesThem(victim, result);
        Assert.Equal(0L, await leader.ScalarAsync<long>("SELECT count(*) FROM pg_replication_slots WHERE temporary"));
    }
}
