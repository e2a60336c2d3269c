namespace PatroniOps.Patroni;

/// <summary>What failed, where, why, and what to do next, in one sentence or two. Holds no secret.</summary>
/// <param name="kind">The class of the failure.</param>
/// <param name="message">The whole text for a person.</param>
/// <param name="inner">The exception behind it, if any.</param>
public sealed class PatroniOpsException(FailureKind kind, string message, Exception? inner = null) : Exception(Printable(message), inner)
{
    /// <summary>The class of the failure.</summary>
    public FailureKind Kind { get; } = kind;

    // A server's own words may be in it, and a terminal would take what is no text for orders.
    private static string Printable(string text) => text.Any(IsUnsafe) ? new([.. text.Select(c => IsUnsafe(c) ? '?' : c)]) : text;

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not ('\t' or '\r' or '\n');
}
