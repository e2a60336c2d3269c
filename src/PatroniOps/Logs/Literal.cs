using System.Runtime.InteropServices;

namespace PatroniOps.Logs;

/// <summary>Bytes to find, and the four of them to look for first.</summary>
/// <param name="Bytes">The whole literal.</param>
/// <param name="Offset">Where its rarest four bytes begin.</param>
/// <param name="Window">These four, as the processor reads them.</param>
internal sealed record Literal(byte[] Bytes, int Offset, uint Window)
{
    public const int WindowLength = 4;

    // Letters by how often English text, and so a log, has them.
    private const string Frequent = "etaoinsr lhdcumfpgwybvk";

    public static Literal Of(byte[] bytes)
    {
        if (bytes.Length < WindowLength)
            throw new ArgumentException("A literal has at least four bytes.", nameof(bytes));
        var offset = Enumerable.Range(0, bytes.Length - WindowLength + 1).MaxBy(o => Enumerable.Range(o, WindowLength).Sum(i => Rarity(bytes[i])));
        return new Literal(bytes, offset, MemoryMarshal.Read<uint>(bytes.AsSpan(offset)));
    }

    private static int Rarity(byte value) => Frequent.IndexOf((char)value) is >= 0 and var rank ? rank : char.IsAsciiDigit((char)value) ? 10 : 30;
}
