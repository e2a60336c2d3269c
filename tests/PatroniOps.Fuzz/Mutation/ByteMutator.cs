namespace PatroniOps.Fuzz.Mutation;

/// <summary>Changes bytes without knowing what they mean.</summary>
public static class ByteMutator
{
    private static readonly byte[] Borders = [0, 1, 0x7F, 0x80, 0xC0, 0xED, 0xF4, 0xFE, 0xFF, (byte)'\n', (byte)'\r', (byte)'"', (byte)'\\', (byte)'{', (byte)'[', (byte)':', (byte)' ', (byte)'/'];

    /// <summary>A few changes: bits, bytes, pieces cut out, doubled, moved, and the end cut off.</summary>
    public static byte[] Change(byte[] input, FuzzRandom random)
    {
        for (var times = 1 + random.Below(4); times > 0; times--)
            input = Once(input, random);
        return input;
    }

    private static byte[] Once(byte[] input, FuzzRandom random)
    {
        if (input.Length == 0)
            return [(byte)random.Next()];
        var at = random.Below(input.Length);
        var length = Math.Min(1 + random.Below(random.OneIn(4) ? 4096 : 16), input.Length - at);
        switch (random.Below(8))
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input.AsSpan(0, at), .. input.AsSpan(at + length)];
            case 2:
                return [.. input.AsSpan(0, at + length), .. input.AsSpan(at)];
            case 3:
                return [.. input.AsSpan(0, at), random.Pick(Borders), .. input.AsSpan(at)];
            case 4:
                return [.. input.AsSpan(0, at), .. input.AsSpan(random.Below(input.Length))];
            default:
                return Overwritten(input, at, length, random);
        }
    }

    private static byte[] Overwritten(byte[] input, int at, int length, FuzzRandom random)
    {
        var changed = (byte[])input.Clone();
        switch (random.Below(4))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                changed[at] = random.Pick(Borders);
                break;
            case 2:
                changed.AsSpan(at, length).Fill(random.Pick(Borders));
                break;
            default:
                for (var i = at; i < at + length; i++)
                    changed[i] = (byte)random.Next();
                break;
        }
        return changed;
    }
}
