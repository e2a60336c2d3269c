using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Verdicts;

/// <summary>Whatever a snapshot holds, there is a verdict; and whoever sees less never sees a healthier cluster.</summary>
public sealed class VerdictPropertyTests
{
    private static readonly Gen<long> Numbers = Gen.OneOf(Gen.Long, Any(-1L, 0L, 1L, int.MaxValue, long.MaxValue, long.MinValue, uint.MaxValue));

    private static readonly Gen<string> Texts = Any(
        "", "0/0", "0/A000100", "FFFFFFFF/FFFFFFFF", "streaming", "running", "creating replica", "lost", "unreserved", "leader", "replica", "a", "b", "x", "4.1.4", "2.0",
        "true", "off", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2026-11-22T12:00:00+00:00", "-00:00:01", "10675199.02:48:05.4775807");

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Any_mixture_of_values_in_a_snapshot_gives_a_verdict()
    {
        var sources = new[] { SampleSnapshot.Healthy(), SampleSnapshot.WalRemoved() }.Select(s => SnapshotFile.ToJson(Observer.Observe(s, new Observations()))).ToArray();
        var judged = 0;
        Gen.Select(Gen.Int[0, sources.Length - 1], Gen.Select(Gen.Int[0, 100_000], Numbers, Texts).Array[1, 6]).Sample((source, mutations) =>
        {
            var node = JsonNode.Parse(sources[source])!;
            foreach (var (index, number, text) in mutations)
                Mutate(node, index, number, text);
            if (TryRead(node) is { } snapshot)
            {
                JudgeAll(snapshot);
                Interlocked.Increment(ref judged);
            }
        }, iter: 3_000, threads: 2);
        Assert.True(judged > 700, $"only {judged} mutated snapshots were still snapshots");
    }

    [Fact]
    public void Removing_readings_never_makes_a_broken_cluster_healthy()
    {
        var broken = Broken().ToArray();
        Assert.All(broken, b => Assert.NotEqual(Verdict.Healthy, ClusterDiagnosis.Judge(b).Verdict));
        Gen.Select(Gen.Int[0, broken.Length - 1], Gen.Int[0, 2], Gen.Int[1, (1 << 12) - 1]).Sample((index, member, mask) =>
            ClusterDiagnosis.Judge(Blind(broken[index], member, mask)).Verdict != Verdict.Healthy, iter: 3_000, threads: 2);
    }

    [Fact]
    public void Removing_any_reading_from_a_healthy_cluster_leaves_it_unknown_or_worse()
    {
        Assert.Equal(Verdict.Healthy, ClusterDiagnosis.Judge(SampleSnapshot.Healthy()).Verdict);
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, (1 << 12) - 1]).Sample((member, mask) =>
            ClusterDiagnosis.Judge(Blind(SampleSnapshot.Healthy(), member, mask)).Verdict != Verdict.Healthy, iter: 5_000, threads: 2);
    }

    [Fact]
    public void A_snapshot_that_was_written_and_read_again_is_judged_the_same()
    {
        foreach (var snapshot in Broken().Append(SampleSnapshot.Healthy()).Select(s => Observer.Observe(s, new Observations())))
        {
            var again = SnapshotFile.FromJson(SnapshotFile.ToJson(snapshot), "test");
            Assert.Equal(
                ClusterDiagnosis.Judge(snapshot).Findings.Select(f => f.ToString()),
                ClusterDiagnosis.Judge(again).Findings.Select(f => f.ToString()));
        }
    }

    private static IEnumerable<ClusterSnapshot> Broken()
    {
        yield return SampleSnapshot.WalRemoved();
        yield return SampleSnapshot.Healthy().With("b", m => m with { Postgres = m.Postgres with { State = Reading.Of(m.Postgres.State.Value! with { IsReplayPaused = true }) } });
        yield return SampleSnapshot.Healthy().With("c", m => m with
        {
            Postgres = m.Postgres with { State = Reading.Of(m.Postgres.State.Value! with { ReceiveLsn = Lsn.Parse("0/B000000"), ReplayLsn = Lsn.Parse("0/B000000") }) },
        });
        yield return SampleSnapshot.Healthy().With("a", m => m with
        {
            Postgres = m.Postgres with { Slots = Reading.Of<IReadOnlyList<SlotRow>>([SampleSnapshot.Slot("b", true, "0/A000100", "unreserved"), SampleSnapshot.Slot("c", true, "0/A000100")]) },
        });
        yield return SampleSnapshot.Healthy().With("b", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "b:5432: not reachable") });
        yield return SampleSnapshot.Healthy().With("b", m => m with { Listed = null, IsAbsent = true, Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "down") });
    }

    // Each bit takes one reading away, for a reason that a missing grant or a dead line would give.
    private static ClusterSnapshot Blind(ClusterSnapshot snapshot, int member, int mask)
    {
        Reading<T> Cut<T>(Reading<T> reading, int bit) where T : class =>
            (mask & (1 << bit)) == 0 ? reading : Reading.Unknown<T>(FailureKind.PermissionDenied, "permission denied");

        return snapshot.With(snapshot.Members[member].Name, m => m with
        {
            Patroni = Cut(m.Patroni, 11),
            Postgres = m.Postgres with
            {
                State = Cut(m.Postgres.State, 0),
                Control = Cut(m.Postgres.Control, 1),
                Senders = Cut(m.Postgres.Senders, 2),
                Receivers = Cut(m.Postgres.Receivers, 3),
                Slots = Cut(m.Postgres.Slots, 4),
                Wal = Cut(m.Postgres.Wal, 5),
                Archiver = Cut(m.Postgres.Archiver, 6),
                Settings = Cut(m.Postgres.Settings, 7),
                Backends = Cut(m.Postgres.Backends, 8),
                ArchiveQueue = Cut(m.Postgres.ArchiveQueue, 9),
                Collations = Cut(m.Postgres.Collations, 10),
            },
        });
    }

    private static void JudgeAll(ClusterSnapshot snapshot)
    {
        _ = ClusterDiagnosis.Judge(snapshot);
        _ = WalAvailabilityJudge.Judge(snapshot).ToList();
        _ = SlotComparison.Compare(snapshot).ToList();
        _ = PatroniReplication.FromSnapshot(snapshot).ToList();
        _ = PatroniCluster.FromSnapshot(snapshot);
        _ = Observer.Observe(snapshot, snapshot.Observed);
    }

    private static ClusterSnapshot? TryRead(JsonNode node)
    {
        try
        {
            return SnapshotFile.FromJson(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()), "mutated");
        }
        catch (PatroniOpsException)
        {
            // Refused as no snapshot: as good an answer as a verdict.
            return null;
        }
    }

    // Replaces or removes the value at a place that the index picks among all places of the document, mostly by one of its own kind.
    private static void Mutate(JsonNode root, int index, long number, string text)
    {
        var places = Places(root).ToList();
        var (parent, key) = places[index % places.Count];
        var old = parent is JsonArray items ? items[(int)key] : parent[(string)key];
        JsonNode? value = (index % 11, old?.GetValueKind()) switch
        {
            (0, _) => JsonValue.Create(number),
            (1, _) => null,
            (_, JsonValueKind.String) => JsonValue.Create(text),
            (_, JsonValueKind.Number) => JsonValue.Create(number),
            (_, JsonValueKind.True or JsonValueKind.False) => JsonValue.Create(number % 2 == 0),
            (_, JsonValueKind.Array) => new JsonArray(),
            _ => null,
        };
        if (parent is JsonObject members && value is null)
            members.Remove((string)key);
        else if (parent is JsonObject values)
            values[(string)key] = value;
        else if (parent is JsonArray list)
            list[(int)key] = value;
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(m => (m.Value is null ? [] : Places(m.Value)).Prepend((node, (object)m.Key))),
        JsonArray items => items.SelectMany((item, index) => (item is null ? [] : Places(item)).Prepend((node, (object)index))),
        _ => [],
    };
}
