namespace PatroniOps.Benchmarks;

/// <summary>What came of a benchmark.</summary>
/// <param name="Figures">The lines of the table of all figures.</param>
/// <param name="Notes">How they were taken, and what else was seen, as Markdown; a paragraph or a table each.</param>
internal sealed record BenchmarkResult(IReadOnlyList<Figure> Figures, IReadOnlyList<string> Notes);
