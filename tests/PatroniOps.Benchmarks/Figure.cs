using System.Globalization;

namespace PatroniOps.Benchmarks;

/// <summary>One figure beside that of whoever does the same today, from the same run; as it is shown to people.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">The figure, with its unit.</param>
/// <param name="Peer">What it is compared with; null: nothing does the same.</param>
/// <param name="Theirs">The peer's figure.</param>
/// <param name="Ratio">Ours divided by theirs; null without a peer.</param>
/// <param name="Target">What is wanted; null: nothing is.</param>
/// <param name="IsMet">Whether it is so; null without a target.</param>
internal sealed record Figure(string What, string Ours, string? Peer = null, string? Theirs = null, double? Ratio = null, string? Target = null, bool? IsMet = null)
{
    public static Figure Of(Comparison c) => new(c.OursName, Markdown.Times(c.Ours), c.TheirsName, Markdown.Times(c.Theirs), c.Ratio,
        c.Target is { } most ? string.Create(CultureInfo.InvariantCulture, $"at most {most:0.00}") : null, c.Target is { } limit ? c.Ratio <= limit : null);
}
