namespace PatroniOps.Patroni;

/// <summary>What failed, where, why, and what to do next, in one sentence or two. Holds no secret.</summary>
/// <param name="kind">The class of the failure.</param>
/// <param name="message">The whole text for a person.</param>
/// <param name="inner">The exception behind it, if any.</param>
public sealed class PatroniOpsException(FailureKind kind, string message, Exception? inner = null) : Exception(PrintableText.Of(message), inner)
{
    /// <summary>The class of the failure.</summary>
    public FailureKind Kind { get; } = kind;
}
