namespace PatroniOps.Benchmarks;

/// <summary>Where what is measured lies.</summary>
/// <param name="Manifest">PatroniOps.psd1.</param>
/// <param name="Executable">patroniops.</param>
internal sealed record Product(string Manifest, string Executable)
{
    public static Product Find(string start)
    {
        var root = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(root.FullName, "PatroniOps.psd1")))
            root = root.Parent ?? throw new FileNotFoundException($"There is no PatroniOps.psd1 above {start}.");
        var executable = Path.Combine(root.FullName, "src", "PatroniOps.Host", "bin", "Release", "net10.0", "patroniops");
        return File.Exists(executable)
            ? new Product(Path.Combine(root.FullName, "PatroniOps.psd1"), executable)
            : throw new FileNotFoundException($"There is no {executable}; build with -c Release.");
    }
}
