namespace PatroniOps.Nodes;

/// <summary>This machine.</summary>
internal sealed class LocalNode : Node
{
    public override string Name => Environment.MachineName;

    protected override IReadOnlyList<string> Wrap(IReadOnlyList<string> command) => command;

    protected override NodeResult Explain(NodeResult result, NodeCommand command) => result;
}
