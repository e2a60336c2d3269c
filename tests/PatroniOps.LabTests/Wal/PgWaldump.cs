using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PatroniOps.Postgres;

namespace PatroniOps.LabTests.Wal;

/// <summary>What pg_waldump of PostgreSQL 15 says of a directory of segments.</summary>
/// <param name="Error">Its words; null when it read to the end.</param>
/// <param name="At">The position in them; null when they name none.</param>
internal sealed partial record PgWaldump(string? Error, Lsn? At)
{
    public static PgWaldump Run(string directory, string first, string last, long segmentSize)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/lib/postgresql/15/bin/pg_waldump", ["--quiet", "-p", directory, first, last]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait();
        return process.ExitCode == 0 ? new(null, null) : new(error.Trim(), Position(error, segmentSize));
    }

    private static Lsn? Position(string error, long segmentSize)
    {
        if (Offset().Match(error) is { Success: true } file && WalSegment.TryParse(file.Groups[1].ValueSpan, segmentSize, out var segment))
            return segment.Start + long.Parse(file.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        // "error in WAL record at A: ... at B": A is the last good one.
        var told = error[(error.IndexOf("WAL record at", StringComparison.Ordinal) + 1)..];
        return Positions().Matches(told) is { Count: > 1 } all ? Lsn.Parse(all[^1].Value) : null;
    }

    [GeneratedRegex("([0-9A-F]{24})\"?, offset ([0-9]+)")]
    private static partial Regex Offset();

    [GeneratedRegex("[0-9A-F]+/[0-9A-F]+")]
    private static partial Regex Positions();
}
