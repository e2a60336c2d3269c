using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Tags;

namespace PatroniOps.LabTests;

/// <summary>Set-PatroniMemberTag on the patroni.yml of a running Patroni.</summary>
public sealed class MemberTagTests(MemberTagTests.Fixture fixture) : IClassFixture<MemberTagTests.Fixture>
{
    public sealed class Fixture() : LabFixture("tags", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_member_that_must_not_lead_is_refused_as_candidate_until_the_tag_is_taken_back()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var member = Lab.Members.First(m => m != leader);
        var file = member.Addresses.PatroniConfig;
        var before = await File.ReadAllBytesAsync(file);
        var mode = Mode(file);
        var call = $"Set-PatroniMemberTag {member.Name} {LabNode.Parameters(Lab, member)}";

        session.Run<object>($"{call} -NoFailover -WhatIf");
        Assert.Equal(before, await File.ReadAllBytesAsync(file));

        var set = session.One<PatroniMemberTag>($"{call} -NoFailover -NoLoadBalance");
        Assert.Equal((member.Name, true, true, true), (set.Member, set.IsApplied, set.Tags!.NoFailover, set.Tags.NoLoadBalance));
        Assert.Equal(before, await File.ReadAllBytesAsync(set.BackupPath!));
        Assert.Equal((mode, mode), (Mode(file), Mode(set.BackupPath!)));
        Assert.True((bool?)(await member.Rest.GetAsync("/patroni"))["tags"]!["nofailover"]);
        Assert.Equal(503, await member.Rest.StatusAsync("/replica"));

        // Patroni itself refuses it, not only the module.
        var body = new System.Text.Json.Nodes.JsonObject { ["leader"] = leader.Name, ["candidate"] = member.Name };
        var refused = await Assert.ThrowsAsync<LabException>(() => leader.Rest.SendAsync(HttpMethod.Post, "/switchover", body, default));
        Assert.Contains("412", refused.Message, StringComparison.Ordinal);
        Assert.Same(leader, await Lab.TheLeaderAsync());

        var back = session.One<PatroniMemberTag>($"{call} -NoFailover -NoLoadBalance -Remove");
        Assert.Equal((true, false, false), (back.IsApplied, back.Tags!.NoFailover, back.Tags.NoLoadBalance));
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
        Assert.Null((await member.Rest.GetAsync("/patroni"))["tags"]);

        // What is so already is not written again.
        Assert.Null(session.One<PatroniMemberTag>($"{call} -NoFailover:$false").BackupPath);
    }

    [Fact]
    public async Task The_node_of_another_member_is_refused()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var (one, two) = (Lab.Members.First(m => m != leader), leader);
        var before = await File.ReadAllBytesAsync(two.Addresses.PatroniConfig);
        var (id, text) = session.Invoke($"Set-PatroniMemberTag {one.Name} -NoFailover {LabNode.Parameters(Lab, two)}").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains($"is not the node of {one.Name}", text, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(two.Addresses.PatroniConfig));
        Assert.Equal("NotConfigured", session.Invoke($"Set-PatroniMemberTag {one.Name} {LabNode.Parameters(Lab, one)}").OnlyError().Id);
    }

    // Patroni's nodes are Linux.
    private static string Mode(string file) => OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(file).ToString();
}
