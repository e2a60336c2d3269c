using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class DiskFullRuleTests
{
    private const long Segment = 16 << 20;

    [Theory]
    [InlineData("a", 0, true)]
    [InlineData("b", Segment - 1, true)]
    [InlineData("b", Segment, false)]
    public void A_disk_without_room_for_a_segment_is_full_on_any_member(string member, long free, bool isFull)
    {
        var found = Judge(Cluster.Healthy().With(member, m => m with { Disk = Reading.Of(new DiskSpace(free, 1L << 30)) }));
        Assert.Equal(isFull ? [(member, FindingSeverity.Critical)] : [], found.Select(f => (f.Member!, f.Severity)));
    }

    [Fact]
    public void A_disk_that_was_not_read_is_not_called_full() =>
        Assert.Empty(Judge(Cluster.Healthy().With("a", m => m with { Disk = Reading.Unknown<DiskSpace>(FailureKind.Timeout, "no answer") })));

    [Fact]
    public void Where_the_data_of_a_server_that_is_down_lies_is_remembered()
    {
        var up = Cluster.Healthy().With("b", m => m.Settings(("data_directory", "/data")));
        var down = up.With("b", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") });
        var learned = new ClusterProfile { Cluster = "demo" }.Learn(up).Learn(down);

        Assert.Equal("/data", learned.Members.Single(m => m.Name == "b").DataDirectory);
    }

    private static IEnumerable<Finding> Judge(ClusterSnapshot snapshot) => ClusterDiagnosis.Judge(snapshot).Findings.Where(f => f.Id == "DiskFull");
}
