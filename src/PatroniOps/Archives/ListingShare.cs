namespace PatroniOps.Archives;

/// <summary>One of several parts of a listing, by file name: most of the time goes into asking for each file's size, which several can do at once.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many parts there are.</param>
internal readonly record struct ListingShare(int Index, int Count)
{
    /// <summary>Everything.</summary>
    public static readonly ListingShare All = new(0, 1);

    /// <summary>The file is of this part, and of no other.</summary>
    public bool Holds(ReadOnlySpan<char> fileName) => Count == 1 || (uint)string.GetHashCode(fileName) % (uint)Count == Index;
}
