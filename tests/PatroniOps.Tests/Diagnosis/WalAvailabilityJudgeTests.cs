using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class WalAvailabilityJudgeTests
{
    // b stands in segment 4; the leader, in segment 9, has 7 and later.
    private static readonly ClusterSnapshot Broken = Cluster.Healthy().Stuck("b", "0/4000110");

    [Fact]
    public void A_healthy_cluster_streams() => Assert.All(WalAvailabilityJudge.Judge(Cluster.Healthy()), r => Assert.Equal((WalAvailabilityStatus.Streaming, true), (r.Status, r.IsAvailable)));

    [Fact]
    public void What_nobody_has_is_missing()
    {
        var result = Of(Broken);

        Assert.Equal((WalAvailabilityStatus.Missing, false, "000000010000000000000004", 3L * 16 << 20), (result.Status, result.IsAvailable, result.FirstMissingSegment, result.MissingBytes));
    }

    [Fact]
    public void A_complete_archive_with_a_restore_command_heals()
    {
        var result = Of(Broken.Archive(new WalRange(1, 1, 6)).With("b", m => m.Settings(("restore_command", "cp %f %p"))));

        Assert.Equal((WalAvailabilityStatus.AvailableInArchive, true), (result.Status, result.IsAvailable));
        Assert.Null(result.FirstMissingSegment);
    }

    [Fact]
    public void A_complete_archive_without_a_restore_command_heals_nothing() =>
        Assert.Equal((WalAvailabilityStatus.AvailableInArchive, false), (Of(Broken.Archive(new WalRange(1, 1, 6))).Status, Of(Broken.Archive(new WalRange(1, 1, 6))).IsAvailable));

    [Fact]
    public void A_complete_archive_with_an_unread_restore_command_is_not_known_to_heal()
    {
        var result = Of(Broken.Archive(new WalRange(1, 1, 6)).With("b", m => m.Sql(p => p with { Settings = Cluster.Unread<ServerSettings>() })));

        Assert.Equal((WalAvailabilityStatus.AvailableInArchive, (bool?)null), (result.Status, result.IsAvailable));
    }

    // Its listing ends at a segment's end, and its position was read again a record later.
    [Fact]
    public void What_the_leader_has_written_since_its_listing_is_not_gone()
    {
        var atBoundary = Cluster.Healthy().Stuck("b", "0/9000000")
            .With("a", m => m.Wal(new WalRange(1, 7, 8)).Sql(p => p with { State = Reading.Of(p.State.Value! with { CurrentLsn = Lsn.Parse("0/9000000") }) })) with
        { LeaderLsnAfter = Lsn.Parse("0/9000028") };

        Assert.Equal(WalAvailabilityStatus.AvailableUpstream, Of(atBoundary).Status);
    }

    [Fact]
    public void A_gap_in_the_archive_is_named()
    {
        var result = Of(Broken.Archive(new WalRange(1, 1, 4), new WalRange(1, 6, 6)));

        Assert.Equal((WalAvailabilityStatus.Missing, "000000010000000000000005", 16L << 20), (result.Status, result.FirstMissingSegment, result.MissingBytes));
    }

    [Fact]
    public void An_archive_that_was_not_read_leaves_it_unknown()
    {
        var unread = Broken with { Archives = [new ArchiveSnapshot("/archive", ArchiveKind.Unknown, Cluster.Unread<IReadOnlyList<WalRange>>())] };
        var result = Of(unread.With("b", m => m.Settings(("restore_command", "cp %f %p"))));

        Assert.Equal((WalAvailabilityStatus.Unknown, (bool?)null), (result.Status, result.IsAvailable));
        Assert.Contains("/archive", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_archives_where_nobody_looked_leaves_it_unknown() =>
        Assert.Equal(WalAvailabilityStatus.Unknown, Of(Broken.With("a", m => m.Settings(("archive_mode", "on")))).Status);

    [Fact]
    public void A_member_that_cannot_ask_an_archive_is_not_available_whatever_is_in_it() =>
        Assert.False(Of(Broken.With("a", m => m.Settings(("archive_mode", "on")))).IsAvailable);

    [Fact]
    public void Another_member_that_still_has_it_is_named()
    {
        var result = Of(Broken.With("c", m => m.Wal(new WalRange(1, 4, 12))));

        Assert.Equal(WalAvailabilityStatus.OnAnotherMember, result.Status);
        Assert.Contains("still on c", result.Reason, StringComparison.Ordinal);
        Assert.False(result.IsAvailable);
    }

    [Fact]
    public void Another_member_that_was_not_read_leaves_it_unknown_what_can_be_rescued() =>
        Assert.Equal(WalAvailabilityStatus.Unknown, Of(Broken.With("c", m => m.Sql(p => p with { Wal = Cluster.Unread<WalListing>() }))).Status);

    [Fact]
    public void An_upstream_whose_WAL_was_not_read_leaves_it_unknown() =>
        Assert.Equal((WalAvailabilityStatus.Unknown, (bool?)null), (Of(Broken.With("a", m => m.Sql(p => p with { Wal = Cluster.Unread<WalListing>() }))).Status, Of(Broken.With("a", m => m.Sql(p => p with { Wal = Cluster.Unread<WalListing>() }))).IsAvailable));

    [Fact]
    public void A_slot_that_does_not_exist_yet_is_transient()
    {
        var young = Cluster.Healthy().Stuck("b", "0/9000000").With("a", m => m.Slots(Cluster.Slot("c"))).With("b", m => m.State(s => s with { PostmasterStartTime = Cluster.Now - TimeSpan.FromSeconds(10) }));

        Assert.Equal((WalAvailabilityStatus.AvailableUpstream, true), (Of(young).Status, Of(young).IsAvailable));
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(26, false)]
    public void It_is_persistent_after_two_loops_and_five_seconds(int seconds, bool isAvailable)
    {
        var snapshot = Cluster.Healthy().Stuck("b", "0/9000000").With("a", m => m.Slots(Cluster.Slot("c"))).With("b", m => m.State(s => s with { PostmasterStartTime = Cluster.Now - TimeSpan.FromSeconds(seconds) }));

        Assert.Equal(isAvailable, Of(snapshot).IsAvailable);
    }

    [Fact]
    public void A_lost_slot_refuses_the_stream_though_the_WAL_is_there() =>
        Assert.False(Of(Cluster.Healthy().Stuck("b", "0/9000000").With("a", m => m.Slots(Cluster.Slot("b") with { WalStatus = "lost", RestartLsn = null }))).IsAvailable);

    [Fact]
    public void WAL_and_slot_there_and_no_stream_is_not_the_WALs_fault() =>
        Assert.Equal((WalAvailabilityStatus.AvailableUpstream, (bool?)null), (Of(Cluster.Healthy().Stuck("b", "0/9000000")).Status, Of(Cluster.Healthy().Stuck("b", "0/9000000")).IsAvailable));

    [Fact]
    public void A_replica_at_the_very_end_needs_no_segment()
    {
        var snapshot = Cluster.Healthy().Stuck("b", "0/A000000").With("a", m => m.State(s => s with { CurrentLsn = Lsn.Parse("0/A000000") })) with { LeaderLsnAfter = Lsn.Parse("0/A000000") };

        Assert.NotEqual(WalAvailabilityStatus.Missing, Of(snapshot.With("a", m => m.Wal(new WalRange(1, 8, 9)))).Status);
    }

    [Fact]
    public void A_cluster_without_a_leader_is_unknown_and_says_so()
    {
        var snapshot = Cluster.Healthy().With("a", m => m with { Listed = m.Listed! with { Role = "replica" } });

        Assert.All(WalAvailabilityJudge.Judge(snapshot), r => Assert.Equal((WalAvailabilityStatus.Unknown, "The cluster has no leader."), (r.Status, r.Reason)));
    }

    [Fact]
    public void SQL_that_was_not_read_is_unknown_and_never_healthy()
    {
        var snapshot = Cluster.Healthy().With("b", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.NotConfigured, "no credentials") });

        Assert.Equal((bool?)null, Of(snapshot).IsAvailable);
        Assert.NotEqual(WalAvailabilityStatus.Streaming, Of(snapshot).Status);
    }

    [Theory]
    [InlineData("0/9000100", false)]
    [InlineData("0/9000101", true)]
    public void Ahead_of_the_leader_on_its_timeline_is_diverged(string replay, bool isDiverged) =>
        Assert.Equal(isDiverged, Of(Cluster.Healthy().Stuck("b", replay)).Status == WalAvailabilityStatus.Diverged);

    [Theory]
    [InlineData("0/8000100", false)]
    [InlineData("0/8000101", true)]
    public void Beyond_the_fork_of_its_timeline_is_diverged(string replay, bool isDiverged)
    {
        var snapshot = Cluster.Healthy().Stuck("b", replay) with { History = Reading.Of<IReadOnlyList<TimelineSwitch>>([new TimelineSwitch(1, Lsn.Parse("0/8000100"), null, null, null)]) };
        snapshot = snapshot.With("a", m => m.State(s => s with { CurrentTimeline = 2 })).With("b", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { Timeline = 1 }) });

        Assert.Equal(isDiverged, Of(snapshot).Status == WalAvailabilityStatus.Diverged);
    }

    [Fact]
    public void A_name_with_a_quote_is_quoted_in_the_next_command()
    {
        var result = Of(Broken with { Cluster = "it's" });

        Assert.Contains("-Cluster 'it''s'", result.NextCommand, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/9000100", true)]
    [InlineData("0/9000128", null)]
    [InlineData(null, false)]
    public void A_slot_ahead_of_where_an_absent_member_was_last_seen_may_be_what_it_has_confirmed_since(string? restart, bool? isProtecting)
    {
        var snapshot = Cluster.Healthy()
            .With("a", m => m.Slots(restart is null ? [] : [Cluster.Slot("b", restart) with { IsActive = false }]).Senders())
            .With("b", m => m.Sql(p => p with { State = Cluster.Unread<ServerState>() }) with
            {
                Listed = null, IsAbsent = true, Patroni = Cluster.Unread<PatroniStatus>(), Remembered = new RememberedMember { Name = "b", LastListedAt = Cluster.Now, LastPosition = Cluster.Tip },
            });

        Assert.Equal(isProtecting, Of(snapshot).IsSlotProtecting);
    }

    private static WalAvailability Of(ClusterSnapshot snapshot) => WalAvailabilityJudge.Judge(snapshot).Single(r => r.Member == "b");
}
