using PatroniOps.Fuzz;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Tests.Fuzz;

/// <summary>Reads one in four inputs beyond its end, and makes far too much of another.</summary>
internal sealed class WeakTarget : IFuzzTarget
{
    public byte[] Make(FuzzRandom random) => [(byte)random.Below(4)];

    public bool Read(byte[] input) => input[0] switch
    {
        0 => input[input.Length] == 0,
        1 => new byte[1 << 20].Length > 0,
        _ => true,
    };
}
