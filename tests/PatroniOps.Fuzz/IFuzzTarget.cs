using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz;

/// <summary>One parser of the engine, what it is given, and what it may do with it.</summary>
public interface IFuzzTarget
{
    /// <summary>Bytes that reading one input may allocate.</summary>
    /// <param name="length">The input's.</param>
    long MostAllocated(int length) => (256 << 10) + (512L * length);

    /// <summary>The next input: made from a real one, the same for the same numbers.</summary>
    byte[] Make(FuzzRandom random);

    /// <summary>Reads it.</summary>
    /// <returns>True when it was understood; false when it was refused in the way that is documented.</returns>
    /// <exception cref="FuzzException">What came out contradicts the input.</exception>
    /// <remarks>Any other exception is a defect.</remarks>
    bool Read(byte[] input);
}
