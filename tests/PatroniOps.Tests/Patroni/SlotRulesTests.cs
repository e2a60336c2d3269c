using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Patroni;

/// <summary>Expected slots as texts: name, ! when it should be active, its reason where that is not simply the member.</summary>
public sealed class SlotRulesTests
{
    private static readonly string[] AllVersions = ["2.1.7", "3.0.2", "3.2.0", "3.3.0", "4.0.0", "4.1.4"];

    [Theory]
    [InlineData("2.1.7", "b! c!", "")]
    [InlineData("3.0.2", "b! c!", "")]
    [InlineData("3.2.0", "b! c!", "")]
    [InlineData("3.3.0", "b! c!", "")]
    [InlineData("4.0.0", "b! c!", "a c")]
    [InlineData("4.1.4", "b! c!", "a c")]
    [InlineData(null, "b! c!", "")]
    public void Replicas_hold_the_other_members_slots_from_4_0_on(string? version, string leader, string replica)
    {
        Assert.Equal(leader, Expected("a", version));
        Assert.Equal(replica, Expected("b", version));
    }

    [Theory]
    [InlineData("4.1.4", """{"member_slots_ttl": 0}""", 150000)]
    [InlineData("4.1.4", "{}", 100000)]
    [InlineData("4.1.4", "{}", null)]
    public void Without_a_ttl_or_before_Postgres_11_the_old_rule_holds_in_4_x(string version, string config, int? postgres)
    {
        Assert.Equal("b! c!", Expected("a", version, config, postgres: postgres));
        Assert.Equal("", Expected("b", version, config, postgres: postgres));
    }

    [Fact]
    public void A_cascading_member_has_its_slot_on_its_upstream()
    {
        var tags = ("c", """{"replicatefrom": "b"}""");

        Assert.Equal("b!", Expected("a", "3.0.2", tags: tags));
        Assert.Equal("c!:ReplicateFrom", Expected("b", "3.0.2", tags: tags));
        Assert.Equal("b! c", Expected("a", "4.1.4", tags: tags));
        Assert.Equal("a c!:ReplicateFrom", Expected("b", "4.1.4", tags: tags));
        Assert.Equal("a b", Expected("c", "4.1.4", tags: tags));
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("a")]
    [InlineData("c")]
    [InlineData("")]
    public void Naming_the_leader_nobody_or_itself_streams_from_the_leader(string source)
    {
        var tags = ("c", $$"""{"replicatefrom": "{{source}}"}""");
        foreach (var version in AllVersions)
        {
            Assert.Contains("c!", Expected("a", version, tags: tags), StringComparison.Ordinal);
            Assert.DoesNotContain("c!", Expected("b", version, tags: tags), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cascading_member_whose_upstream_is_absent_streams_from_the_leader()
    {
        var topology = Topology("{}", 150000, ("c", """{"replicatefrom": "b"}"""));
        topology = topology with { Members = [.. topology.Members.Select(m => m.Name == "b" ? m with { IsAbsent = true } : m)] };

        Assert.Contains("c!", Show(SlotRules.Expected("a", topology, new Version(3, 0, 2))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_leader_keeps_no_slot_as_if_it_streamed_even_where_its_tag_says_so() =>
        Assert.Equal("", Expected("b", "3.0.2", tags: ("a", """{"replicatefrom": "b"}""")));

    [Theory]
    [InlineData("2.1.7", "b! c!")]
    [InlineData("3.2.0", "b! c!")]
    [InlineData("3.3.0", "b!")]
    [InlineData("4.1.4", "b!")]
    [InlineData(null, "b!")]
    public void A_nostream_member_has_no_slot_from_3_3_on(string? version, string leader) =>
        Assert.Equal(leader, Expected("a", version, tags: ("c", """{"nostream": true}""")));

    [Theory]
    [InlineData("""{"nofailover": true}""", "")]
    [InlineData("""{"failover_priority": 0}""", "")]
    [InlineData("""{"failover_priority": "1"}""", "a c")]
    [InlineData("""{"nofailover": false}""", "a c")]
    public void A_node_that_never_leads_keeps_no_slots_of_other_members(string tags, string slots) => Assert.Equal(slots, Expected("b", "4.1.4", tags: ("b", tags)));

    [Fact]
    public void Yet_it_keeps_those_that_cascade_from_it()
    {
        var topology = Topology("{}", 150000, ("b", """{"nofailover": true}"""), ("c", """{"replicatefrom": "b"}"""));

        Assert.Equal("c!:ReplicateFrom", Show(SlotRules.Expected("b", topology, new Version(4, 1, 4))));
    }

    [Fact]
    public void Without_use_slots_there_are_none()
    {
        foreach (var version in AllVersions)
            Assert.Equal("", Expected("a", version, """{"postgresql": {"use_slots": false}, "slots": {"x": {"type": "physical"}}}"""));
    }

    [Fact]
    public void A_node_that_is_no_member_should_have_none() => Assert.Empty(SlotRules.Expected("z", Topology("{}", 150000), new Version(4, 1, 4)));

    [Theory]
    [InlineData("2.1.7", 150000, "b! c! x:Permanent", "")]
    [InlineData("3.0.2", 150000, "b! c! x:Permanent", "")]
    [InlineData("3.2.0", 150000, "b! c! x:Permanent", "x:Permanent")]
    [InlineData("3.2.0", 100000, "b! c! x:Permanent", "")]
    [InlineData("4.1.4", 150000, "b! c! x:Permanent", "a c x:Permanent")]
    public void A_permanent_physical_slot_is_on_all_nodes_from_3_2_on(string version, int postgres, string leader, string replica)
    {
        const string config = """{"slots": {"x": {"type": "physical"}}}""";

        Assert.Equal(leader, Expected("a", version, config, postgres: postgres));
        Assert.Equal(replica, Expected("b", version, config, postgres: postgres));
    }

    [Theory]
    [InlineData("2.1.7", 150000, "x:Permanent")]
    [InlineData("3.0.2", 100000, "")]
    [InlineData("3.0.2", 150000, "x:Permanent")]
    public void A_permanent_logical_slot_is_copied_to_replicas_from_Postgres_11_on(string version, int postgres, string replica)
    {
        const string config = """{"slots": {"x": {"type": "logical", "database": "d", "plugin": "p"}}}""";

        Assert.Contains("x:Permanent", Expected("a", version, config, postgres: postgres), StringComparison.Ordinal);
        Assert.Equal(replica, Expected("b", version, config, postgres: postgres));
        Assert.True(SlotRules.Expected("a", Topology(config, postgres), Version.Parse(version)).Single(s => s.Name == "x").IsLogical);
    }

    [Theory]
    [InlineData("3.0.2", "x:Permanent")]
    [InlineData("3.2.0", "")]
    public void A_nofailover_node_has_no_permanent_slots_from_3_2_on(string version, string slots) =>
        Assert.Equal(slots, Expected("b", version, """{"slots": {"x": {"database": "d", "plugin": "p"}}}""", tags: ("b", """{"nofailover": true}""")));

    [Theory]
    [InlineData("4.0.0", "primary", true)]
    [InlineData("4.0.0", "standby", true)]
    [InlineData("4.1.4", "primary", true)]
    [InlineData("4.1.4", "standby", false)]
    [InlineData(null, "standby", true)]
    public void A_cluster_type_filters_from_4_1_on(string? version, string type, bool isWanted) =>
        Assert.Equal(isWanted, Expected("a", version, $$"""{"slots": {"x": {"type": "physical", "cluster_type": "{{type}}"} } }""").Contains('x', StringComparison.Ordinal));

    [Fact]
    public void A_standby_cluster_takes_the_slots_for_standby_clusters() =>
        Assert.Contains("x", Expected("a", "4.1.4", """{"standby_cluster": {"host": "h"}, "slots": {"x": {"cluster_type": "standby"}}}"""), StringComparison.Ordinal);

    [Fact]
    public void A_permanent_slot_with_this_nodes_name_is_skipped_here_and_kept_elsewhere()
    {
        const string config = """{"slots": {"a": {"type": "physical"}}}""";

        Assert.Equal("b! c!", Expected("a", "3.2.0", config));
        Assert.Equal("a:Permanent", Expected("b", "3.2.0", config));
    }

    [Fact]
    public void A_permanent_slot_with_an_absent_members_name_serves_that_member()
    {
        var topology = Topology("""{"slots": {"c": {"type": "physical"}}}""", 150000);
        topology = topology with { Members = [.. topology.Members.Select(m => m.Name == "c" ? m with { IsAbsent = true } : m)] };

        var slot = SlotRules.Expected("a", topology, new Version(3, 0, 2)).Single(s => s.Name == "c");

        Assert.Equal((SlotReason.Permanent, "c", false), (slot.Reason, slot.ForMember, slot.ShouldBeActive));
    }

    [Theory]
    [InlineData("with-dash")]
    [InlineData("Upper")]
    [InlineData("")]
    public void A_permanent_slot_with_a_name_that_Postgres_refuses_is_skipped(string name) =>
        Assert.Equal("b! c!", Expected("a", "3.2.0", $$"""{"slots": {"{{name}}": {"type": "physical"} } }"""));

    [Theory]
    [InlineData("3.0.2", "b!")]
    [InlineData("3.3.0", "b!")]
    [InlineData("4.1.4", "b! c:Retained")]
    public void The_slot_of_an_absent_member_is_kept_from_4_0_on(string version, string slots)
    {
        var topology = Topology("{}", 150000);
        topology = topology with { Members = [.. topology.Members.Select(m => m.Name == "c" ? m with { IsAbsent = true } : m)] };

        Assert.Equal(slots, Show(SlotRules.Expected("a", topology, Version.Parse(version))));
    }

    [Fact]
    public void Two_members_whose_names_collide_share_one_slot()
    {
        var topology = new SlotTopology([Member("a", true), Member("db-1"), Member("db.1")], new DynamicConfiguration(JsonText.Parse("{}")), 150000);

        Assert.Equal("db_1!", Show(SlotRules.Expected("a", topology, new Version(3, 0, 2))));
    }

    private static string Expected(string node, string? version, string config = "{}", int? postgres = 150000, params (string, string)[] tags) =>
        Show(SlotRules.Expected(node, Topology(config, postgres, tags), version is null ? null : Version.Parse(version)));

    private static string Expected(string node, string? version, (string, string) tags) => Expected(node, version, "{}", 150000, tags);

    private static SlotTopology Topology(string config, int? postgres, params (string Name, string Tags)[] tags) => new(
        [.. new[] { "a", "b", "c" }.Select(n => Member(n, n == "a", tags.FirstOrDefault(t => t.Name == n).Tags))], new DynamicConfiguration(JsonText.Parse(config)), postgres);

    private static SlotTopologyMember Member(string name, bool isLeader = false, string? tags = null) => new(name, isLeader, tags is null ? MemberTags.None : MemberTags.Parse(JsonText.Parse(tags)));

    private static string Show(IEnumerable<ExpectedSlot> slots) =>
        string.Join(' ', slots.Select(s => s.Name + (s.ShouldBeActive ? "!" : "") + (s.Reason == SlotReason.Member ? "" : $":{s.Reason}")));
}
