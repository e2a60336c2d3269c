using System.Text.Json;
using PatroniOps.Archives;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The approved gaps: what does not say whose loss it is, which and why, approves nothing.</summary>
public sealed class GapApprovalsTarget : IFuzzTarget
{
    private readonly ScratchFolder folder = new();
    private readonly LinesMutator mutator = new([], [JsonSerializer.Serialize(
        new WalArchiveGapApproval("42", "000000010000000000000004", "000000010000000000000006", "known", "me", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)), GapApprovalJson.Default.WalArchiveGapApproval)]);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        File.WriteAllBytes(folder.File("archive-gaps.jsonl"), input);
        try
        {
            var approvals = new WalArchiveGapApprovals(folder.Path).Load();
            foreach (var approval in approvals)
            {
                FuzzException.Require(approval is { SystemIdentifier: not null, First: not null, Last: not null, Reason: not null, ApprovedBy: not null }, "an approval of nothing");
                _ = approval.ToString();
            }
            return approvals.Count > 0;
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
        {
            return false;
        }
    }
}
