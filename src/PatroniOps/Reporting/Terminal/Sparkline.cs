namespace PatroniOps.Reporting.Terminal;

/// <summary>Values as a line of blocks; what is not known is a gap.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    public static string Of(IReadOnlyList<long?> values)
    {
        var most = values.Max() ?? 0;
        return string.Concat(values.Select(v => v is not { } value ? ' ' : most <= 0 ? Blocks[0] : Blocks[(int)Math.Min(7, Math.Max(0, value) * 8 / (double)most)]));
    }
}
