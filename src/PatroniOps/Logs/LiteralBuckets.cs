using System.Numerics;

namespace PatroniOps.Logs;

/// <summary>Shares literals among buckets so that a bucket's tables let as little as possible through.</summary>
internal static class LiteralBuckets
{
    // How often bytes of a log begin with each nibble: 2 is space and punctuation, 3 digits, 4 and 5 capitals, 6 and 7 letters.
    private static readonly double[] HighNibbleShares = [0.01, 0.01, 0.17, 0.15, 0.04, 0.04, 0.4, 0.18, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01];

    /// <summary>Every literal begins alone; the two buckets whose union lets least more through become one until few enough are left.</summary>
    public static Literal[][] Share(IEnumerable<Literal> literals, int count)
    {
        var buckets = literals.GroupBy(l => l.Window).Select(g => new Bucket([.. g], Nibbles(g.First()))).ToList();
        while (buckets.Count > count)
        {
            var (left, right) = Closest(buckets);
            buckets[left] = buckets[left].With(buckets[right]);
            buckets.RemoveAt(right);
        }
        return [.. buckets.Select(b => b.Literals), .. Enumerable.Repeat(Array.Empty<Literal>(), count - buckets.Count)];
    }

    private static (int Left, int Right) Closest(List<Bucket> buckets)
    {
        (int, int) best = (0, 1);
        var least = double.MaxValue;
        for (var left = 0; left < buckets.Count; left++)
            for (var right = left + 1; right < buckets.Count; right++)
            {
                var growth = Passes(buckets[left].Nibbles | buckets[right].Nibbles) - Passes(buckets[left].Nibbles) - Passes(buckets[right].Nibbles);
                if (growth < least)
                    (least, best) = (growth, (left, right));
            }
        return best;
    }

    // Sixteen bits for the low nibbles and sixteen for the high ones, of each of the four bytes.
    private static UInt128 Nibbles(Literal literal)
    {
        UInt128 nibbles = 0;
        for (var i = 0; i < Literal.WindowLength; i++)
        {
            var value = literal.Bytes[literal.Offset + i];
            nibbles |= (UInt128.One << ((i * 32) + (value & 15))) | (UInt128.One << ((i * 32) + 16 + (value >> 4)));
        }
        return nibbles;
    }

    // How many of the four-byte windows of a log get through.
    private static double Passes(UInt128 nibbles)
    {
        var product = 1.0;
        for (var i = 0; i < Literal.WindowLength; i++)
        {
            var bits = (uint)(nibbles >> (i * 32));
            product *= BitOperations.PopCount(bits & 0xFFFF) * Share(bits >> 16);
        }
        return product;
    }

    private static double Share(uint highNibbles)
    {
        var share = 0.0;
        for (; highNibbles != 0; highNibbles &= highNibbles - 1)
            share += HighNibbleShares[BitOperations.TrailingZeroCount(highNibbles)];
        return share;
    }

    private sealed record Bucket(Literal[] Literals, UInt128 Nibbles)
    {
        public Bucket With(Bucket other) => new([.. Literals, .. other.Literals], Nibbles | other.Nibbles);
    }
}
