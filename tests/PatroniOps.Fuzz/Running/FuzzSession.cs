using System.Diagnostics;

namespace PatroniOps.Fuzz.Running;

/// <summary>Gives one target its inputs, one after the other, and judges what it does.</summary>
/// <param name="name">The target's name.</param>
/// <param name="target">The target.</param>
/// <param name="seed">Chooses the inputs.</param>
public sealed class FuzzSession(string name, IFuzzTarget target, ulong seed)
{
    /// <summary>The longest that one input may take, on a machine that does other things as well.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // Inputs that the runtime's own first work is not counted for.
    private const int WarmUp = 20;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Runs so many inputs; a failure is told once for each place that it comes from.</summary>
    /// <param name="count">How many.</param>
    /// <param name="begun">Hears of each input before it is read.</param>
    /// <param name="failed">Hears of the failures.</param>
    public FuzzResult Run(long count, Action<long, byte[]> begun, Action<FuzzFailure> failed)
    {
        var clock = Stopwatch.StartNew();
        var (understood, slowest, most) = (0L, TimeSpan.Zero, 0L);
        for (var index = 0L; index < count; index++)
        {
            var input = target.Make(FuzzRandom(index));
            begun(index, input);
            var (isUnderstood, took, allocated, reason) = Read(input, index < WarmUp);
            understood += isUnderstood ? 1 : 0;
            slowest = took > slowest ? took : slowest;
            most = Math.Max(most, allocated);
            if (reason is not null && known.Add(Signature(reason)))
                failed(new FuzzFailure(name, index, input, reason));
        }
        return new FuzzResult { Target = name, Inputs = count, Understood = understood, Took = clock.Elapsed, Slowest = slowest, MostAllocated = most, Failures = known.Count };
    }

    /// <summary>Reads one input again.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public string? Repeat(byte[] input)
    {
        _ = Read(input, isWarmUp: true);
        return Read(input, isWarmUp: false).Reason;
    }

    private Mutation.FuzzRandom FuzzRandom(long index) => Mutation.FuzzRandom.For(seed, name, index);

    private (bool IsUnderstood, TimeSpan Took, long Allocated, string? Reason) Read(byte[] input, bool isWarmUp)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var since = Stopwatch.GetTimestamp();
        try
        {
            var isUnderstood = target.Read(input);
            var took = Stopwatch.GetElapsedTime(since);
            var allocated = isWarmUp ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            return (isUnderstood, took, allocated,
                allocated > target.MostAllocated(input.Length) ? $"allocated {allocated} bytes for {input.Length}"
                : took > Limit ? $"took {took}"
                : null);
        }
#pragma warning disable CA1031 // Whatever it throws is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (false, Stopwatch.GetElapsedTime(since), 0, e.ToString());
        }
    }

    // The exception, and the first of the engine's own places on its way.
    private static string Signature(string reason)
    {
        var lines = reason.Split('\n');
        var kind = new string([.. lines[0].TakeWhile(c => c != ':' && !char.IsAsciiDigit(c))]);
        return $"{kind}{lines.FirstOrDefault(l => l.Contains("   at PatroniOps.", StringComparison.Ordinal) && !l.Contains("PatroniOps.Fuzz.FuzzException", StringComparison.Ordinal))}";
    }
}
