using PatroniOps.Diagnosis;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A snapshot's file: written again it is the same, and it can be judged whatever it says.</summary>
public sealed class SnapshotTarget : IFuzzTarget
{
    private readonly JsonMutator mutator = new(Seeds.Incidents().OrderBy(i => i.Length).Take(12));

    public long MostAllocated(int length) => (2 << 20) + (512L * length);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        ClusterSnapshot snapshot;
        try
        {
            snapshot = SnapshotFile.FromJson(input, "snapshot");
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
        {
            return false;
        }
        // Both are costly, and see the same in one of four.
        if (input.Length % 4 != 0)
            return true;
        var line = SnapshotFile.ToLine(snapshot);
        FuzzException.Require(line.AsSpan().SequenceEqual(SnapshotFile.ToLine(SnapshotFile.FromJson(line, "again"))), "written again it is another");
        var verdict = ClusterDiagnosis.Judge(snapshot);
        FuzzException.Require(verdict.Members.Count == snapshot.Members.Count, "a member without a verdict");
        return true;
    }
}
