using PatroniOps.Diagnosis;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

/// <summary>
/// The verdict on what a real Patroni 4.1.4 answered. The recordings lack settings, archive status and collations: where nothing is wrong the verdict
/// is therefore Unknown, and NotReadable says why; it is left out here.
/// </summary>
public sealed class RecordedVerdictTests
{
    [Theory]
    [InlineData("4.1.4/01-healthy", "Unknown")]
    [InlineData("4.1.4/02a-just-stopped", "Critical MemberDown:04")]
    [InlineData("4.1.4/03-broken", "PseudoHealthy ReplicaNotStreaming:04 SlotDoesNotProtect:04 WalMissing:04")]
    [InlineData("4.1.4/03c-5s-after", "PseudoHealthy ReplicaNotStreaming:04 SlotDoesNotProtect:04 WalMissing:04")]
    [InlineData("4.1.4/03c-archive-complete", "Unknown")]
    [InlineData("4.1.4/04-slot-recreated", "PseudoHealthy ReplicaNotStreaming:04 SlotDoesNotProtect:04 WalMissing:04")]
    [InlineData("4.1.4/05-diverged", "PseudoHealthy ElectionRisk:02 TimelineDiverged:02")]
    [InlineData("4.1.4/06-pause", "Unknown ClusterPaused")]
    [InlineData("4.1.4/07-permanent-slots", "Unknown SlotOrphan:02")]
    [InlineData("4.1.4/10-pending-restart", "Unknown PendingRestart:02 PendingRestart:03 PendingRestart:04")]
    public void Patroni_4_is_judged_as_what_it_was(string capture, string expected)
    {
        var verdict = ClusterDiagnosis.Judge(EvidenceSnapshot.Load(capture));

        var said = string.Join(' ', verdict.Findings.Where(f => f.Id != "NotReadable").Select(f => f.Id + (f.Member is { } m ? $":{m[^2..]}" : "")).Order(StringComparer.Ordinal).Prepend($"{verdict.Verdict}"));

        Assert.True(said == expected, said);
    }
}
