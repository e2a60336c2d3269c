namespace PatroniOps.LabTests.Wal;

/// <summary>Damages the middle one of three segments in a random way.</summary>
internal static class WalDamage
{
    private const int PageSize = 8192;

    public static string Apply(string[] files, Random random)
    {
        var content = File.ReadAllBytes(files[1]);
        var text = random.Next(10) switch
        {
            0 => Truncate(ref content, random),
            1 => ZeroPages(content, random),
            2 => Swap(ref content, files),
            _ => Flip(content, random),
        };
        File.WriteAllBytes(files[1], content);
        return text;
    }

    private static string Flip(byte[] content, Random random)
    {
        var (at, bit) = (random.Next(content.Length), random.Next(8));
        content[at] ^= (byte)(1 << bit);
        return $"bit {bit} of byte {at} flipped";
    }

    private static string Truncate(ref byte[] content, Random random)
    {
        content = content[..random.Next(PageSize, content.Length)];
        return $"truncated to {content.Length}";
    }

    private static string ZeroPages(byte[] content, Random random)
    {
        var (first, count) = (random.Next(1, (content.Length / PageSize) - 4), random.Next(1, 4));
        content.AsSpan(first * PageSize, count * PageSize).Clear();
        return $"{count} pages from {first} zeroed";
    }

    private static string Swap(ref byte[] content, string[] files)
    {
        var other = File.ReadAllBytes(files[2]);
        File.WriteAllBytes(files[2], content);
        content = other;
        return "swapped with the next";
    }
}
