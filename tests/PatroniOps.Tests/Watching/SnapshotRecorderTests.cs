using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Watching;

public sealed class SnapshotRecorderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_recorded_is_read_back_in_its_order()
    {
        await RecordAsync(new SnapshotRecorder(folder.Path, 1 << 20), 0, 5);
        await RecordAsync(new SnapshotRecorder(folder.Path, 1 << 20), 5, 3);

        Assert.Equal(2, SnapshotRecorder.Recordings(folder.Path).Count);
        Assert.Equal(Enumerable.Range(0, 8).Select(At), await TimesAsync());
    }

    [Fact]
    public async Task The_oldest_go_when_the_limit_is_reached()
    {
        const long Limit = 1 << 15;
        var recorder = new SnapshotRecorder(folder.Path, Limit);
        for (var i = 0; i < 100; i++)
        {
            await RecordAsync(recorder, i, 1);
            Assert.True(Bytes() <= Limit, $"{Bytes()} bytes after {i}");
        }
        var times = await TimesAsync();
        Assert.True(Bytes() > Limit / 2);
        Assert.Equal(At(99), times[^1]);
        Assert.True(times.Count < 100);
        Assert.Equal(Enumerable.Range(100 - times.Count, times.Count).Select(At), times);

        // What was recorded before this process counts as well.
        await RecordAsync(new SnapshotRecorder(folder.Path, Limit / 4), 100, 1);
        Assert.True(Bytes() <= Limit / 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task A_recording_that_was_cut_off_gives_what_is_whole_and_says_so(int missing)
    {
        await RecordAsync(new SnapshotRecorder(folder.Path, 1 << 20), 0, 3);
        var file = Assert.Single(SnapshotRecorder.Recordings(folder.Path));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^missing]);

        var read = new List<DateTimeOffset>();
        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var snapshot in SnapshotFile.LoadAllAsync(file, default))
                read.Add(snapshot.TakenAt);
        });
        // The last bytes of a member are a checksum: the snapshot before them is there, and is it known to be whole.
        Assert.True(read.Count >= 2);
        Assert.True(read.Count == 3 || failure is PatroniOpsException { Kind: FailureKind.InvalidAnswer }, failure?.ToString());
    }

    [Fact]
    public async Task What_cannot_be_written_is_an_error_and_what_comes_later_is_recorded()
    {
        var file = folder.Write("in-the-way", "x");
        var recorder = new SnapshotRecorder(file, 1 << 20);
        var failure = await Assert.ThrowsAsync<PatroniOpsException>(() => recorder.AppendAsync(Cluster.Healthy()));
        Assert.Contains("could not be recorded", failure.Message, StringComparison.Ordinal);

        File.Delete(file);
        await recorder.AppendAsync(Cluster.Healthy());
        Assert.Single(SnapshotRecorder.Recordings(file));
    }

    [Fact]
    public void Clusters_of_one_name_have_folders_of_their_own()
    {
        var other = Cluster.Healthy().With("a", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { SystemIdentifier = "43" }) });
        var identities = new ClusterIdentities();
        Assert.NotEqual(SnapshotRecorder.FolderOf("/r", identities.Of(Cluster.Healthy())), SnapshotRecorder.FolderOf("/r", identities.Of(other)));
        Assert.Equal("/r/_____etc", SnapshotRecorder.FolderOf("/r", ("../\n/etc", null)));
    }

    [Fact]
    public void A_look_at_which_nobody_told_the_identifier_belongs_to_what_its_connection_looked_at_before()
    {
        var identities = new ClusterIdentities();
        var (mine, others) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(("demo", "42"), identities.Of(Cluster.Healthy() with { ConnectionId = mine }));
        Assert.Equal(("demo", "42"), identities.Of(Silent(mine)));
        Assert.Equal(("demo", null), identities.Of(Silent(others)));
        // What no connection took may be of any cluster.
        identities.Of(Cluster.Healthy() with { ConnectionId = Guid.Empty });
        Assert.Equal(("demo", null), identities.Of(Silent(Guid.Empty)));
    }

    private static ClusterSnapshot Silent(Guid connection) => new()
    {
        ConnectionId = connection, Cluster = "demo", TakenAt = Cluster.Now, Members = [], View = Cluster.Unread<ClusterView>(), Configuration = Cluster.Unread<DynamicConfiguration>(),
        History = Cluster.Unread<IReadOnlyList<TimelineSwitch>>(),
    };

    private static DateTimeOffset At(int number) => Cluster.Now.AddSeconds(15 * number);

    private static async Task RecordAsync(SnapshotRecorder recorder, int first, int count)
    {
        for (var i = first; i < first + count; i++)
            await recorder.AppendAsync(Cluster.Healthy() with { TakenAt = At(i) });
    }

    private long Bytes() => SnapshotRecorder.Recordings(folder.Path).Sum(f => new FileInfo(f).Length);

    private async Task<List<DateTimeOffset>> TimesAsync()
    {
        var times = new List<DateTimeOffset>();
        foreach (var file in SnapshotRecorder.Recordings(folder.Path))
            await foreach (var snapshot in SnapshotFile.LoadAllAsync(file, default))
                times.Add(snapshot.TakenAt);
        return times;
    }
}
