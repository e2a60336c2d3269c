using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Archives;

public sealed class WalArchiveGapApprovalsTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"systemIdentifier": "42", "first": "000000010000000000000004", "reason": "known", "approvedBy": "me"}""")]
    public void A_line_that_does_not_say_what_is_approved_is_a_damage(string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write("archive-gaps.jsonl", $"{line}\n");

        Assert.Equal(FailureKind.InvalidAnswer, Assert.Throws<PatroniOpsException>(new WalArchiveGapApprovals(folder.Path).Load).Kind);
    }
}
