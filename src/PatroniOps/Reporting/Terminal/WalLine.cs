using PatroniOps.Postgres;

namespace PatroniOps.Reporting.Terminal;

/// <summary>WAL coverage in so many characters: what a place holds, what is missing, where the member stands.</summary>
internal static class WalLine
{
    public static string Of(WalCoverage coverage, WalCoverageRow row, int width)
    {
        if (row.Ranges is null)
            return "unknown: " + (row.Unknown ?? "not read");
        var cells = new char[width];
        Array.Fill(cells, '·');
        foreach (var range in row.Ranges)
            Fill(cells, coverage, range, '█');
        foreach (var missing in row.Kind == "archive" ? row.Holes() : row.Missing)
            Fill(cells, coverage, missing, '✕');
        if (row.Position is { } position)
            cells[Cell(coverage, position.Value / (ulong)coverage.SegmentSize, width)] = '▲';
        return Runs(new string(cells));
    }

    // One colour a run: a sequence for each character would be most of what is sent.
    private static string Runs(string cells) => string.Concat(cells.Aggregate(new List<string>(), (runs, cell) =>
    {
        if (runs.Count > 0 && (runs[^1][0] == '✕') == (cell == '✕'))
            runs[^1] += cell;
        else
            runs.Add(cell.ToString());
        return runs;
    }).Select(run => run[0] == '✕' ? Paint.Red(run) : run));

    private static void Fill(char[] cells, WalCoverage coverage, WalRange range, char with)
    {
        if (range.Last < coverage.First || range.First > coverage.Last)
            return;
        for (var i = Cell(coverage, range.First, cells.Length); i <= Cell(coverage, range.Last, cells.Length); i++)
            cells[i] = with;
    }

    private static int Cell(WalCoverage coverage, ulong number, int width) =>
        (int)Math.Clamp((number - (double)coverage.First) / (coverage.Last - coverage.First + 1) * width, 0, width - 1);
}
