using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>What is wrong with a segment.</summary>
/// <param name="At">The position of the page or record that is not as it must be.</param>
/// <param name="Text">What is wrong with it.</param>
/// <param name="IsOfOthers">It is no damage: another database cluster or version wrote it.</param>
public sealed record WalProblem(Lsn At, string Text, bool IsOfOthers = false)
{
    public override string ToString() => $"{Text} at {At}";
}
