namespace PatroniOps.Benchmarks;

/// <summary>One set of figures that is measured in one go.</summary>
internal interface IBenchmark
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures; takes minutes, and wants the machine for itself.</summary>
    Task<BenchmarkResult> RunAsync(Product product);
}
