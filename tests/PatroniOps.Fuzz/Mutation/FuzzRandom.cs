namespace PatroniOps.Fuzz.Mutation;

/// <summary>Numbers that are the same for the same seed, on every machine and version of .NET.</summary>
/// <param name="seed">Any number.</param>
/// <remarks>Source: G. Steele and others, Fast Splittable Pseudorandom Number Generators, 2014 (SplitMix64).</remarks>
public sealed class FuzzRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>For one input of one target: neighbours have nothing in common.</summary>
    public static FuzzRandom For(ulong seed, string target, long index)
    {
        var mixed = new FuzzRandom(seed);
        foreach (var c in target)
            mixed = new FuzzRandom(mixed.Next() ^ c);
        return new FuzzRandom(mixed.Next() ^ (ulong)index);
    }

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to one less than the end, which is at least 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
