using System.Text;
using PatroniOps.Archives;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>
/// An archive of any layout, by the paths of its files and pgBackRest's archive.info: listed with and without sizes to the same runs, which are sorted and
/// apart, and whose segments are found again.
/// </summary>
public sealed class ArchiveLayoutTarget : IFuzzTarget
{
    private const string Sum = "-0123456789abcdef0123456789abcdef01234567";
    private const string System = "7711069602406774379";
    private const string Behind = "\n=== archive.info\n";

    private readonly TextMutator paths = new(
        [
            "000000010000000000000001\n000000010000000000000002.gz\n000000010000000000000003.partial\n00000002.history\n000000020000000000000003\n000000010000000000000002.00000028.backup",
            $"archive/demo/archive.info\narchive/demo/15-1/00000002.history\narchive/demo/15-1/0000000100000000/000000010000000000000001{Sum}.lz4\narchive/demo/15-1/0000000100000000/000000010000000000000002{Sum}.lz4\narchive/demo/14-2/0000000100000000/000000010000000000000002{Sum}\narchive/other/archive.info",
            $"archive.info\n15-1/0000000100000000/000000010000000000000001{Sum}.zst\n15-1/0000000100000000/000000010000000000000003{Sum}.zst",
            "demo/wals/xlog.db\ndemo/wals/0000000100000000/000000010000000000000001\ndemo/wals/0000000100000000/000000010000000000000002\ndemo/wals/00000002.history\nother/wals/xlog.db",
            "0000000100000000/000000010000000000000001\n0000000100000001/000000010000000100000000\nxlog.db",
            "wal_005/000000010000000000000001.lz4\nwal_005/000000010000000000000002.lz4\nwal_005/00000002.history.lz4\nbasebackups_005/base_000000010000000000000002_backup_stop_sentinel.json",
        ],
        ["archive.info", "archive/", "wals/", "wal_005/", "xlog.db", "0000000100000000/", "15-1/", "/", "..", "000000010000000000000002", "00000001000000FF000000FF", "FFFFFFFFFFFFFFFF000000FF", Sum]);

    private readonly TextMutator info = new([Seeds.Text("archive.info")], ["={", "db-version", "Salted__", "{}", "[]", "null", "{\"db-id\":", System]);

    public byte[] Make(FuzzRandom random) => [.. paths.Make(random), .. Encoding.UTF8.GetBytes(Behind), .. info.Make(random)];

    public bool Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input).Split(Behind, 2);
        var content = Encoding.UTF8.GetBytes(text[^1]);
        var files = text[0].Split('\n').Where(p => p.Length > 0 && !p.StartsWith('/') && !p.EndsWith('/') && !p.Contains("//", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .ToDictionary(p => p, p => p.EndsWith("archive.info", StringComparison.Ordinal) ? content : [1], StringComparer.Ordinal);
        var store = new MemoryStore("memory", files, bytes => new MemoryStream(bytes));
        // What is opened with a system identifier is chosen by archive.info, and without one it is not read.
        return Read(store, input.Length % 2 == 0 ? null : System);
    }

    private static bool Read(MemoryStore store, string? system)
    {
        try
        {
            var count = 0L;
            foreach (var archive in WalArchive.Open(store, null, system).Split())
                count += Read(archive);
            return count > 0;
        }
        catch (PatroniOpsException)
        {
            return false;
        }
    }

    private static long Read(WalArchive archive)
    {
        var catalogue = WalCatalogue.Read(archive, WalSegment.DefaultSize, CancellationToken.None);
        var names = WalCatalogue.ReadNames(archive, WalSegment.DefaultSize, CancellationToken.None);
        FuzzException.Require(catalogue.Ranges.Zip(catalogue.Ranges.Skip(1)).All(p => p.First.Timeline < p.Second.Timeline || (p.First.Timeline == p.Second.Timeline && p.First.Last + 1 < p.Second.First)), "runs that touch, or are not sorted");
        FuzzException.Require(catalogue.ForeignCount == names.ForeignCount && catalogue.StoredBytes >= catalogue.Count, "with names alone there are other files");
        FuzzException.Require(archive.Kind == ArchiveKind.Directory || catalogue.Ranges.SequenceEqual(names.Ranges), "with names alone there are other segments");
        foreach (var range in names.Ranges)
            FuzzException.Require(range.First <= range.Last && catalogue.Count <= names.Count && names.Has(new WalSegment(range.Timeline, range.Last, WalSegment.DefaultSize)), $"{range} is not there");
        foreach (var range in catalogue.Ranges)
            _ = archive.Find(new WalSegment(range.Timeline, range.First, WalSegment.DefaultSize));
        return catalogue.Count;
    }
}
