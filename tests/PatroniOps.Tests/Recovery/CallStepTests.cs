using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Reinitializations;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Recovery;

/// <summary>Whether Patroni took the call to reinitialize is read from what it says of the member.</summary>
public sealed class CallStepTests
{
    private static readonly DateTimeOffset Before = new(2026, 11, 20, 8, 0, 0, 123, TimeSpan.Zero);

    /// <summary>Whether PostgreSQL ran before; Patroni's state now; seconds from that start to the present one; whether the call was taken.</summary>
    public static TheoryData<bool, string, double?, bool?> Answers => new()
    {
        { true, "running", 0, false },
        // Patroni before 2.1 writes milliseconds.
        { true, "running", 0.0004, false },
        { true, "running", 60, true },
        { true, "creating replica", null, true },
        { false, "creating replica", null, true },
        { true, "stopped", null, null },
        { true, "starting", null, null },
        { false, "stopped", null, false },
        { false, "running", 60, true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void The_node_tells_whether_the_call_was_taken(bool ranBefore, string state, double? startedAfter, bool? wasTaken)
    {
        var status = new PatroniStatus { State = state, PostmasterStartTime = startedAfter is { } seconds ? Before.AddSeconds(seconds) : null };

        Assert.Equal(wasTaken, CallStep.WasTaken(Job(ranBefore ? Before : null), Reading.Of(status)));
    }

    [Fact]
    public void A_node_that_does_not_answer_tells_nothing() =>
        Assert.Null(CallStep.WasTaken(Job(null), Reading.Unknown<PatroniStatus>(FailureKind.Unreachable, "not reachable")));

    private static RebuildJob Job(DateTimeOffset? before) => new()
    {
        Id = "0a1b2c3d", Cluster = "demo", Member = "b", Method = ReplicaRebuildMethod.Reinitialize, SystemIdentifier = "42", DataDirectory = "", Source = "a", PostmasterStart = before,
        Uri = [new Uri("http://a:8008/")], Node = new NodeOptions(), Service = new ServiceOptions(),
    };
}
