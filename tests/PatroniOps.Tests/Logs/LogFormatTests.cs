using System.IO.Compression;
using System.Text;
using CsCheck;
using PatroniOps.Logs;
using PatroniOps.Tests.Support;
using static PatroniOps.Logs.LogEventKind;

namespace PatroniOps.Tests.Logs;

public sealed class LogFormatTests
{
    private const string Removed = "2026-11-22 17:47:54.337 UTC [1] ERROR:  requested WAL segment 000000010000000000000004 has already been removed\n";
    private const string CsvHead = "2026-11-22 17:47:54.337 UTC,\"r\",,7,\"h:5\",6922.7,2,\"START_REPLICATION\",2026-11-22 17:47:54 UTC,3/0,0,";

    private static readonly string[] Pieces = ["", Removed, CsvHead + "ERROR,58P01,\"", "{\"error_severity\":\"FEHLER\",\"state_code\":\"58P01\"", "\t", "FEHLER:  ", "\n", "\"", "[:\"58P01\""];

    [Fact]
    public void A_csv_record_runs_over_lines()
    {
        var found = LogText.Events($"{CsvHead}ERROR,42601,\"syntax error\",,,,,,\"SELECT\n{Removed}1\n\",,,\"x\"\n{CsvHead}FATAL,08P01,\"could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000004 has already been removed\n\",,,,,,,,,\"x\",\"walreceiver\"\n");
        var one = Assert.Single(found);
        Assert.Equal((WalSegmentRemoved, LogFormat.PostgresCsv, "08P01", 5L), (one.Kind, one.Format, one.SqlState, one.LineNumber));
    }

    [Fact]
    public void Quoted_names_are_found_in_csv_and_json()
    {
        Assert.Equal("b", LogText.Only($"{CsvHead}ERROR,42704,\"replication slot \"\"b\"\" does not exist\",,,,,,,,,\"x\"\n").SlotName);
        var json = LogText.Only("""{"timestamp":"2026-11-22 17:47:54.337 UTC","error_severity":"ERROR","state_code":"42704","message":"replication slot \"b\" does not exist","detail":"d"}""");
        Assert.Equal(("b", "d", "42704", LogFormat.PostgresJson), (json.SlotName, json.Detail, json.SqlState, json.Format));
        var patroni = LogText.Only("""{"asctime": "2026-11-22 17:47:54,337", "levelname": "INFO", "message": "Dropped replication slot 'b'"}""");
        Assert.Equal((SlotDropped, "b", LogFormat.PatroniJson), (patroni.Kind, patroni.SlotName, patroni.Format));
    }

    [Fact]
    public void Repeats_fold_with_count_and_both_times()
    {
        var lines = Enumerable.Range(0, 40).Select(i => $"2026-11-22 17:47:{i:00}.000 UTC [1] FATAL:  could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000004 has already been removed\n2026-11-22 17:47:{i:00}.001 UTC [2] LOG:  waiting for WAL to become available at 0/{i + 0x4000000:X}\n");
        var found = LogText.Events(string.Concat(lines));

        Assert.Equal([(WalSegmentRemoved, 40L), (WaitingForWal, 40L)], found.Select(e => (e.Kind, e.Count)));
        Assert.Equal((0, 39), (found[0].Time!.Value.Second, found[0].LastTime!.Value.Second));
        Assert.Equal(("0/4000000", "0/4000027"), (found[1].Lsn.ToString(), found[1].LastLsn.ToString()));
        Assert.Equal(80, LogText.Events(string.Concat(lines), new LogReadOptions { NoFold = true }).Count);
    }

    [Fact]
    public void Folded_counts_add_up_whatever_the_order() =>
        Gen.Int[0, 700].Array[0, 2000].Sample(slots =>
        {
            var text = string.Concat(slots.Select(s => $"2026-11-22 17:47:54.337 UTC [1] ERROR:  replication slot \"s{s}\" does not exist\n"));
            return LogText.Events(text).Sum(e => e.Count) == slots.Length;
        }, iter: 50);

    [Fact]
    public void No_bytes_make_it_fail() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.Byte.Array[0, 300])
            .Sample((before, middle, after) => { _ = LogText.Events([.. before, .. Encoding.UTF8.GetBytes(middle), .. after]); }, iter: 3000);

    [Fact]
    public void Messages_are_found_wherever_blocks_end() =>
        Gen.Select(Gen.Int[0, 700_000], Gen.Int[0, 700_000]).Sample((first, second) =>
        {
            var found = LogText.Events(Filler(first) + Removed + Filler(second) + Removed, new LogReadOptions { NoFold = true });
            return found.Count == 2 && found[0].LineNumber == (first / 50) + 1 && found[1].LineNumber == (first / 50) + (second / 50) + 2;
        }, iter: 60);

    [Fact]
    public void A_line_of_any_length_does_no_harm()
    {
        var text = new string('x', 5_000_000) + Removed + Removed + Removed.TrimEnd() + new string('y', 2_000_000) + "\n" + Removed;
        Assert.Equal([2L, 3L, 4L], LogText.Events(text, new LogReadOptions { NoFold = true }).Select(e => e.LineNumber));
    }

    [Fact]
    public void The_scanner_finds_what_a_plain_search_finds() =>
        Gen.Select(Gen.Char["abc "].Array[0, 400], Gen.Char["abc "].Array[4, 7].Array[1, 20]).Sample((text, literals) =>
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            var words = literals.Select(l => new string(l)).ToArray();
            var at = new LiteralScanner(words).IndexOf(bytes);
            var plain = new string(text);
            return at < 0 == words.All(w => !plain.Contains(w, StringComparison.Ordinal))
                && (at < 0 || words.Any(w => Enumerable.Range(Math.Max(0, at - w.Length + 1), w.Length).Any(s => s <= at && string.CompareOrdinal(plain, s, w, 0, w.Length) == 0)));
        }, iter: 2000);

    [Fact]
    public void Gzip_is_read_and_its_end_is_missed()
    {
        using var folder = new TemporaryFolder();
        var whole = Compress(string.Concat(Enumerable.Repeat(Removed, 1000)));
        var path = Path.Combine(folder.Path, "named-as-it-likes");

        File.WriteAllBytes(path, [.. whole, .. whole]);
        Assert.Equal(2000, Assert.Single(LogFile.Read(path, new LogReadOptions())).Count);
        foreach (var cut in new[] { 1, 7, 9, whole.Length / 2 })
        {
            File.WriteAllBytes(path, whole[..^cut]);
            var found = new List<LogEvent>();
            Assert.Throws<InvalidDataException>(() => found.AddRange(LogFile.Read(path, new LogReadOptions())));
        }
    }

    private static string Filler(int length) => string.Concat(Enumerable.Repeat(new string('-', 49) + "\n", length / 50));

    private static byte[] Compress(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }
}
