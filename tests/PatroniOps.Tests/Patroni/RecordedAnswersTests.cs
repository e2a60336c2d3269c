using CsCheck;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Patroni;

public sealed class RecordedAnswersTests
{
    public static TheoryData<string> Captures => [.. EvidenceFile.Names()];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_recorded_member_is_understood(string name)
    {
        var file = new EvidenceFile(name);
        var bodies = file.Bodies.Where(b => b.File.Contains("patroni", StringComparison.Ordinal) && !EvidenceFile.IsError(b.Body)).ToList();
        Assert.NotEmpty(bodies);
        foreach (var (_, body) in bodies)
        {
            var status = PatroniStatus.Parse(body)!;
            Assert.Equal(file.IsOfPatroni3 ? "3.0.2" : "4.1.4", status.PatroniVersion);
            Assert.Equal(file.IsOfPatroni3 ? "demo" : "demo41", status.Scope);
            Assert.NotNull(status.Role);
            if (status.State != "running" || status.Role == "uninitialized")
                continue;
            Assert.Equal(150018, status.ServerVersion);
            Assert.NotNull(status.SystemIdentifier);
            Assert.NotNull(status.PostmasterStartTime);
            Assert.True(status.IsLeader ? status.Location is not null : status.ReplayedLocation is not null);
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_recorded_cluster_is_understood(string name)
    {
        var file = new EvidenceFile(name);
        var view = ClusterView.Parse(file.Body("cluster.json")!.Value)!;

        Assert.InRange(view.Members.Count, 2, 3);
        Assert.Single(view.Members, m => m.IsLeader);
        Assert.All(view.Members, m => Assert.True(m.ApiUrl is not null && m.Host == "127.0.0.1" && m.Port > 0 && m.State is not null));
        Assert.Equal(file.IsOfPatroni3 ? null : "demo41", view.Scope);
        Assert.All(view.Members.Where(m => m.IsLeader), m => Assert.Null(m.Lag));
        Assert.NotNull(new DynamicConfiguration(file.Body("config.json")!.Value).Parameters["max_wal_senders"]);
        Assert.Equal(file.Body("history.json")!.Value.GetArrayLength(), TimelineHistory.ParseRest(file.Body("history.json")!.Value).Count);
    }

    [Fact]
    public void Unknown_lag_is_unknown_and_not_zero() =>
        Assert.Null(ClusterView.Parse(new EvidenceFile("3.0.2/A1-1-stopped").Body("cluster.json")!.Value)!.Members.Single(m => m.State == "stopped").Lag);

    [Fact]
    public void Pause_and_pending_restart_are_seen()
    {
        var paused = ClusterView.Parse(new EvidenceFile("4.1.4/06-pause").Body("cluster.json")!.Value)!;
        var pending = PatroniStatus.Parse(new EvidenceFile("4.1.4/10-pending-restart").Body("patroni.bar-psqldb02.json")!.Value)!;

        Assert.True(paused.IsPaused);
        Assert.True(pending.HasPendingRestart);
        Assert.Equal(["archive_mode: off -> on", "max_connections: 100 -> 120"], pending.PendingRestartReasons.Select(r => r.ToString()));
    }

    [Fact]
    public void A_member_that_is_being_created_shows_no_positions()
    {
        var status = PatroniStatus.Parse(new EvidenceFile("4.1.4/09b-reinitializing").Bodies.First(b => b.File.StartsWith("patroni.", StringComparison.Ordinal) && b.Body.GetRawText().Contains("creating replica", StringComparison.Ordinal)).Body)!;

        Assert.Equal(("creating replica", "uninitialized"), (status.State, status.Role));
        Assert.Null(status.SystemIdentifier);
        Assert.Null(status.ReceivedLocation);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"running\"")]
    [InlineData("""{"state": 5}""")]
    public void Somebody_elses_JSON_is_no_member(string json) => Assert.Null(PatroniStatus.Parse(JsonText.Parse(json)));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"members": {}}""")]
    public void Somebody_elses_JSON_is_no_cluster(string json) => Assert.Null(ClusterView.Parse(JsonText.Parse(json)));

    [Fact]
    public void No_JSON_makes_it_throw() => HostileJson.Object.Sample(json =>
    {
        PatroniStatus.Parse(JsonText.Parse(json));
        PatroniStatus.Parse(JsonText.Parse("{\"state\":\"running\"," + (json.Length > 2 ? json[1..] : "\"x\":1}")));
        ClusterView.Parse(JsonText.Parse(json));
        ClusterView.Parse(JsonText.Parse($$"""{"members": [{"name": "a", "x": {{json}}}, {{json}}], "scheduled_switchover": {{json}}, "pause": {{json}} }"""));
    }, iter: 3000);

    [Fact]
    public void No_name_and_value_makes_it_throw() => HostileJson.Value.Sample(json =>
    {
        ClusterView.Parse(JsonText.Parse($$"""{"members": [{"name": "a", "api_url": {{json}}, "port": {{json}}, "lag": {{json}}, "timeline": {{json}}, "tags": {{json}}, "pending_restart_reason": {{json}} }]}"""));
        PatroniStatus.Parse(JsonText.Parse($$"""{"state": "x", "dcs_last_seen": {{json}}, "server_version": {{json}}, "xlog": {"location": {{json}}, "received_location": {{json}} }, "postmaster_start_time": {{json}}, "replication": [{{json}}], "tags": {{json}} }"""));
    });
}
