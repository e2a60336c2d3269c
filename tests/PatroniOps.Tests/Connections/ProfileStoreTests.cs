using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Connections;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private ProfileStore Store => new(Path.Combine(folder.Path, "state"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_profile_round_trips()
    {
        var member = new RememberedMember
        {
            Name = "b", ApiUrl = new Uri("http://b:8008/"), Host = "b", Port = 5432, Tags = new MemberTags(new Dictionary<string, string> { ["replicatefrom"] = "c" }),
            LastListedAt = Cluster.Now, LastPosition = Lsn.Parse("1/2"), LastTimeline = 3,
        };
        var profile = new ClusterProfile { Cluster = "demo", SystemIdentifier = "42", Members = [member], LeaderPosition = new EarlierPosition(Cluster.Now, Cluster.Tip), WrittenAt = Cluster.Now };

        Assert.True(Store.Save(profile));
        var read = Store.Load("demo", "42")!;

        Assert.Equal(profile.LeaderPosition, read.LeaderPosition);
        Assert.Equal("c", Assert.Single(read.Members).Tags.ReplicateFrom);
        Assert.Equal(member with { Tags = MemberTags.None }, read.Members[0] with { Tags = MemberTags.None });
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/absolute")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\\b:c*?")]
    [InlineData("数据库")]
    public void No_cluster_name_leaves_the_folder(string cluster)
    {
        Assert.True(Store.Save(new ClusterProfile { Cluster = cluster }));

        Assert.Equal(cluster, Store.Load(cluster, null)!.Cluster);
        Assert.Equal(Path.Combine(folder.Path, "state", "clusters"), Path.GetDirectoryName(Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public void A_very_long_name_is_no_obstacle() => Assert.True(Store.Save(new ClusterProfile { Cluster = new string('x', 5000) }));

    [Fact]
    public void Clusters_of_one_name_are_kept_apart_by_their_system_identifier()
    {
        Store.Save(new ClusterProfile { Cluster = "demo", SystemIdentifier = "1", Members = [new RememberedMember { Name = "x" }] });
        Store.Save(new ClusterProfile { Cluster = "demo", SystemIdentifier = "2" });
        Store.Save(new ClusterProfile { Cluster = "a/b" });
        Store.Save(new ClusterProfile { Cluster = "a_b", Members = [new RememberedMember { Name = "y" }] });

        Assert.Single(Store.Load("demo", "1")!.Members);
        Assert.Empty(Store.Load("demo", "2")!.Members);
        Assert.Empty(Store.Load("a/b", null)!.Members);
        Assert.Null(Store.Load("demo", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"cluster": "demo", "members": [{"name": "b", "lastPosition": "nonsense"}]}""")]
    [InlineData("""{"cluster": "demo", "members": [{"name": "b"}, {"name": "b"}]}""")]
    [InlineData("""{"cluster": "demo", "observed": {"members": [null]}}""")]
    public void A_corrupt_file_counts_as_none(string text)
    {
        Store.Save(new ClusterProfile { Cluster = "demo" });
        File.WriteAllText(Directory.GetFiles(Path.Combine(folder.Path, "state", "clusters")).Single(), text);

        Assert.Null(Store.Load("demo", null));
    }

    [Fact]
    public void What_is_forgotten_is_gone_and_forgetting_twice_is_no_error()
    {
        Store.Save(new ClusterProfile { Cluster = "demo" });
        Store.Forget("demo", null);
        Store.Forget("demo", null);

        Assert.Null(Store.Load("demo", null));
    }

    [Fact]
    public void Forgetting_before_anything_was_remembered_is_no_error() => Store.Forget("demo", null);

    [Fact]
    public void A_folder_that_cannot_be_made_is_no_obstacle() => Assert.False(new ProfileStore(folder.Write("file", "x")).Save(new ClusterProfile { Cluster = "demo" }));

    [Fact]
    public void Listed_members_are_renewed_and_absent_ones_kept()
    {
        var gone = new RememberedMember { Name = "gone", LastListedAt = Cluster.Now - TimeSpan.FromDays(1), LastPosition = Lsn.Parse("0/1") };
        var learned = new ClusterProfile { Cluster = "demo", Members = [gone, new RememberedMember { Name = "b", LastPosition = Lsn.Parse("0/2") }] }.Learn(Cluster.Healthy());

        Assert.Equal(["a", "b", "c", "gone"], learned.Members.Select(m => m.Name));
        Assert.Equal(gone, learned.Members[3]);
        Assert.Equal((Cluster.Now, Cluster.Tip, 1u), (learned.Members[1].LastListedAt, learned.Members[1].LastPosition, learned.Members[1].LastTimeline));
        Assert.Equal(new EarlierPosition(Cluster.Now, Cluster.Tip), learned.LeaderPosition);
        Assert.Equal("42", learned.SystemIdentifier);
    }

    [Fact]
    public void A_position_that_was_not_read_does_not_erase_the_remembered_one()
    {
        var snapshot = Cluster.Healthy().With("b", m => m with { Patroni = Cluster.Unread<PatroniStatus>(), Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "x") });

        Assert.Equal(Lsn.Parse("0/2"), new ClusterProfile { Cluster = "demo", Members = [new RememberedMember { Name = "b", LastPosition = Lsn.Parse("0/2") }] }.Learn(snapshot).Members.Single(m => m.Name == "b").LastPosition);
    }
}
