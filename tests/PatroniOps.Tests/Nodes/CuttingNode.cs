using PatroniOps.Nodes;

namespace PatroniOps.Tests.Nodes;

/// <summary>This machine, where every program gets only the first bytes of its input.</summary>
internal sealed class CuttingNode(int bytes) : Node
{
    public override string Name => "cutting";

    protected override IReadOnlyList<string> Wrap(IReadOnlyList<string> command) => ["sh", "-c", """n=$1; shift; head -c "$n" | "$@" """, "sh", $"{bytes}", .. command];

    protected override NodeResult Explain(NodeResult result, NodeCommand command) => result;
}
