using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

/// <summary>
/// A member that is tagged not to stream (Patroni 3.3 and later), made from recordings of a real 4.1.4: its slots, its sender and its receiver taken
/// away, a restore_command given, and its state as that release calls it.
/// </summary>
public sealed class NoStreamTests
{
    private const string Member = "bar-psqldb04";

    [Fact]
    public void A_member_that_is_not_to_stream_raises_nothing()
    {
        var verdict = ClusterDiagnosis.Judge(NoStream("true"));

        Assert.Equal([], verdict.Findings.Where(f => f.Id != "NotReadable").Select(f => f.ToString()));
    }

    [Fact]
    public void The_same_member_without_the_tag_lacks_its_slot_and_its_stream()
    {
        var findings = ClusterDiagnosis.Judge(NoStream("false")).Findings.Where(f => f.Member == Member).Select(f => f.Id).ToList();

        Assert.Contains("SlotMissing", findings);
        Assert.Contains("ReplicaNotStreaming", findings);
    }

    [Fact]
    public void No_node_is_to_have_a_slot_for_it() =>
        Assert.DoesNotContain(SlotComparison.Compare(NoStream("true")), s => s.SlotName == SlotName.FromMember(Member));

    private static ClusterSnapshot NoStream(string tag)
    {
        var snapshot = EvidenceSnapshot.Load("4.1.4/01-healthy");
        var members = snapshot.Members.Select(m => m.Name == Member ? Tagged(m, tag) : m).Select(m => m.Sql(p => p with
        {
            Slots = Reading.Of<IReadOnlyList<SlotRow>>([.. p.Slots.Value!.Where(s => s.Name != SlotName.FromMember(Member))]),
            Senders = Reading.Of<IReadOnlyList<SenderRow>>([.. p.Senders.Value!.Where(s => s.ApplicationName != Member)]),
        }));
        // An hour later: nothing is young any more.
        return snapshot with { Members = [.. members.Select(m => m.State(s => s with { PostmasterStartTime = snapshot.TakenAt - TimeSpan.FromHours(1) }))] };
    }

    private static MemberSnapshot Tagged(MemberSnapshot member, string tag)
    {
        var tags = MemberTags.Parse(JsonText.Parse($$"""{"nostream": {{tag}}}"""));
        return (member with
        {
            Listed = member.Listed! with { Tags = tags, State = "in archive recovery" },
            Patroni = Reading.Of(member.Patroni.Value! with { Tags = tags, ReplicationState = "in archive recovery" }),
        }).Settings(("restore_command", "cp /archive/%f %p")).Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]) });
    }
}
