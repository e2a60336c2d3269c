using PatroniOps.Fuzz.Mutation;
using PatroniOps.Logs;

namespace PatroniOps.Fuzz.Targets;

/// <summary>Lines of logs: folded there are as many messages as there are one by one, in the order of their lines.</summary>
/// <param name="seeds">Real lines.</param>
public abstract class LogTarget(IReadOnlyList<string> seeds) : IFuzzTarget
{
    private const int MostLines = 5;

    private static readonly LogReadOptions Folded = new() { UtcOffset = TimeSpan.FromHours(1) };
    private static readonly LogReadOptions OneByOne = Folded with { NoFold = true };

    private readonly TextMutator mutator = new(seeds,
        [
            "LOG:  ", "ERROR:  ", "FATAL:  ", "DETAIL:  ", "HINT:  ", "STATEMENT:  ", "FEHLER:  ", "INFO: ", "WARNING: ", ":  ", "\t", "\",\"", "\"\"", "2026-11-22 17:47:54.337 UTC", "2026-11-22 17:47:54,337", "+99", "-0530",
            "replication slot \"", "\" does not exist", "requested WAL segment 000000010000000000000004 has already been removed", "archive command failed with exit code 1", "psycopg2.errors.X: ", "{\"message\":", "58P01",
        ],
        MostLines);

    // A scan has one buffer, whatever it reads.
    public virtual long MostAllocated(int length) => (4 << 20) + (2048L * length);

    public virtual byte[] Make(FuzzRandom random) => mutator.Make(random);

    public virtual bool Read(byte[] input)
    {
        var folded = Events(new MemoryStream(input), Folded);
        var single = Events(new SlowStream(input), OneByOne);
        var lines = input.Count(b => b == '\n') + 1;
        FuzzException.Require(folded.Sum(e => e.Count) == single.Count, $"{folded.Sum(e => e.Count)} messages folded, {single.Count} one by one");
        FuzzException.Require(single.All(e => e.LineNumber >= 1 && e.LineNumber <= lines), "a line that is not there");
        FuzzException.Require(single.Zip(single.Skip(1)).All(p => p.First.LineNumber <= p.Second.LineNumber), "out of order");
        FuzzException.Require(single.All(e => e.Timeline is not 0), "timeline 0");
        FuzzException.Require(!folded.Concat(single).Any(e => e.Message.Contains('\u001b', StringComparison.Ordinal)), "what a terminal would act upon");
        foreach (var found in folded)
            _ = found.ToString();
        return single.Count > 0;
    }

    private static List<LogEvent> Events(Stream stream, LogReadOptions options) => [.. LogFile.Read(stream, "x.log", options)];
}
