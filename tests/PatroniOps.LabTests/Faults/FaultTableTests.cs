using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;

namespace PatroniOps.LabTests.Faults;

/// <summary>
/// Every fault before one endpoint of a cluster, beside a cluster without any: the look ends in time, says what happened where, hides nobody else, and
/// leaves nothing behind.
/// </summary>
[Trait("Category", "Long")]
public sealed class FaultTableTests
{
    private const string Look = "$clusters | Get-PatroniMember";
    private const string LookByAddress = "$seeds | ForEach-Object { [pscustomobject]@{ Uri = $_ } } | Get-PatroniMember -PostgresCredential $observer";

    // What a connection of the tests allows each member, three times over, and what a busy machine takes.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What a bad Patroni is told to be: the fault, the error's id, and its words for a member and for a seed.</summary>
    public static TheoryData<string, string, string, string> Http => new()
    {
        { "cut", "Unreachable", "reset by peer", "reset by peer" },
        { "cut-midway", "Unreachable", "reset by peer", "reset by peer" },
        { "half-open", "TimedOut", "no answer within 3 s", "no answer within 5 s" },
        { "half-open-midway", "TimedOut", "no answer within 3 s", "no answer within 5 s" },
        { "drip", "TimedOut", "no answer within 3 s", "no answer within 5 s" },
        { "500", "Refused", "answered 500 Internal Server Error", "answered 500 Internal Server Error" },
        { "503", "Refused", "answered 503 Service Unavailable", "answered 503 Service Unavailable" },
        { "429", "Refused", "answered 429 Too Many Requests", "answered 429 Too Many Requests" },
        { "garbage", "InvalidAnswer", "without a valid HTTP answer", "without a valid HTTP answer" },
        { "page", "InvalidAnswer", "not JSON as Patroni writes it", "not JSON as Patroni writes it" },
        { "deep-json", "InvalidAnswer", "not JSON as Patroni writes it", "not JSON as Patroni writes it" },
        { "other-json", "InvalidAnswer", "JSON, but not Patroni's", "no cluster's list of members" },
        { "many-members", "InvalidAnswer", "JSON, but not Patroni's", "no cluster's list of members" },
        { "endless-body", "InvalidAnswer", "larger than 8 MiB", "larger than 8 MiB" },
        { "huge-body", "InvalidAnswer", "larger than 8 MiB", "larger than 8 MiB" },
        { "endless-header", "InvalidAnswer", "its head than 64 KiB", "its head than 64 KiB" },
    };

    /// <summary>What a bad PostgreSQL is told to be: the fault, the error's id, and its words.</summary>
    public static TheoryData<string, string, string> Postgres => new()
    {
        { "cut", "Unreachable", "reset by peer" },
        { "cut-midway", "Unreachable", "reset by peer" },
        { "half-open", "TimedOut", "no answer within 3 s" },
        { "half-open-midway", "TimedOut", "no answer within 3 s" },
        { "drip", "TimedOut", "no answer within 3 s" },
        { "clear-text-password", "AuthenticationFailed", "in clear text" },
        { "scram-rounds", "TimedOut", "no answer within 3 s" },
        { "garbage", "InvalidAnswer", "not PostgreSQL's" },
        { "other-service", "InvalidAnswer", "not PostgreSQL's" },
        { "huge-message", "TimedOut", "no answer within 3 s" },
        { "huge-row", "InvalidAnswer", "at most 64 MiB are read" },
        { "negative-length", "InvalidAnswer", "not PostgreSQL's" },
        { "endless-rows", "TimedOut", "no answer within 3 s" },
        { "other-row", "InvalidAnswer", "not PostgreSQL's" },
        { "no-row", "InvalidAnswer", "not PostgreSQL's" },
    };

    [Fact]
    public void Every_fault_is_in_the_table()
    {
        Assert.Equal(FaultCatalogue.Http.Keys.Except(["delay"]).Order(), Http.Select(row => (string)row[0]).Order());
        Assert.Equal(FaultCatalogue.Postgres.Keys.Except(["delay"]).Order(), Postgres.Select(row => (string)row[0]).Order());
    }

    [Theory]
    [MemberData(nameof(Http))]
    public async Task A_member_whose_Patroni_is_bad(string fault, string id, string words, string ofSeed)
    {
        Assert.NotEmpty(ofSeed);
        await using var fleet = new FaultyFleet();
        using var session = fleet.Connect();
        fleet.Rest[2].Fault = FaultCatalogue.Http[fault];
        var answer = await LookAsync(fleet, session, Look);

        Assert.Equal(6, answer.Objects.Count);
        IsTold(answer, "fleet-001-c", $"127.0.0.1:{fleet.Rest[2].Port}", id, words);
    }

    [Theory]
    [MemberData(nameof(Http))]
    public async Task A_seed_that_is_bad(string fault, string id, string ofMember, string words)
    {
        Assert.NotEmpty(ofMember);
        await using var fleet = new FaultyFleet();
        using var session = fleet.Open();
        fleet.Rest[0].Fault = FaultCatalogue.Http[fault];
        var answer = await LookAsync(fleet, session, LookByAddress);

        Assert.Equal(["fleet-002-a", "fleet-002-b", "fleet-002-c"], answer.All<PatroniMember>().Select(m => m.Member));
        IsTold(answer, fleet.Rest[0].Uri.ToString(), $"127.0.0.1:{fleet.Rest[0].Port}", id, words);
    }

    [Theory]
    [MemberData(nameof(Postgres))]
    public async Task A_member_whose_PostgreSQL_is_bad(string fault, string id, string words)
    {
        await using var fleet = new FaultyFleet();
        using var session = fleet.Connect();
        fleet.Sql[2].Fault = FaultCatalogue.Postgres[fault];
        var answer = await LookAsync(fleet, session, Look);

        Assert.Equal(6, answer.Objects.Count);
        Assert.Equal("fleet-001-c", Assert.Single(answer.All<PatroniMember>(), m => m.Replication == ReplicationState.Unknown).Member);
        IsTold(answer, "fleet-001-c", $"127.0.0.1:{fleet.Sql[2].Port}", id, words);
        Assert.DoesNotContain("any\0", fleet.Sql[2].Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_late_but_in_time_is_no_failure()
    {
        await using var fleet = new FaultyFleet();
        using var session = fleet.Connect("-Timeout 30");
        fleet.Rest[2].Fault = fleet.Sql[2].Fault = LineFaults.Delay;
        var answer = session.Invoke(Look);

        Assert.Empty(answer.Errors);
        Assert.Equal(6, answer.Objects.Count);
    }

    private static async Task<Answer> LookAsync(FaultyFleet fleet, ModuleSession session, string script)
    {
        var before = Footprint.Files();
        var started = TimeProvider.System.GetTimestamp();
        var answer = session.Invoke(script);
        var took = TimeProvider.System.GetElapsedTime(started);
        session.Run<object>("Get-PatroniConnection | Disconnect-PatroniCluster");

        Assert.True(took < Limit, $"It took {took.TotalSeconds:0.0} s.");
        await fleet.NothingIsLeftOpenAsync();
        Assert.Equal(before, Footprint.Files());
        return answer;
    }

    private static void IsTold(Answer answer, string target, string address, string id, string words)
    {
        Assert.Equal([id], answer.ErrorIdsOf(target));
        var (_, text) = answer.OnlyError();
        Assert.Contains(address, text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }
}
