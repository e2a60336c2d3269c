using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PatroniOps.Patroni;

/// <summary>
/// Gives up where whoever takes the events would call itself until the stack is full: at collections nested deeper than anybody writes them, and at an alias
/// of something that is not there yet, because it comes later or the alias is a part of it.
/// </summary>
/// <param name="inner">Gives the events.</param>
internal sealed class ShallowParser(IParser inner) : IParser
{
    private const int MostDepth = 100;

    // The collections that are open, by their anchors, and the anchors of what is whole.
    private readonly Stack<AnchorName> open = new();
    private readonly HashSet<AnchorName> whole = [];

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        if (!inner.MoveNext())
            return false;
        switch (inner.Current)
        {
            case AnchorAlias alias when !whole.Contains(alias.Value):
                throw Failure($"nothing before it is called {alias.Value}");
            case Scalar scalar:
                Add(scalar.Anchor);
                break;
            case NodeEvent collection:
                open.Push(collection.Anchor);
                break;
            case MappingEnd or SequenceEnd:
                Add(open.Pop());
                break;
        }
        return open.Count <= MostDepth ? true : throw Failure("it is nested too deeply");
    }

    /// <summary>What is wrong at the place that was reached.</summary>
    public YamlException Failure(string why) => new(inner.Current?.Start ?? Mark.Empty, inner.Current?.End ?? Mark.Empty, why);

    private void Add(AnchorName anchor)
    {
        if (!anchor.IsEmpty)
            whole.Add(anchor);
    }
}
