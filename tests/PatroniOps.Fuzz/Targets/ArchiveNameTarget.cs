using System.Text;
using PatroniOps.Archives;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The name of one file of an archive: what it is called is what it says, at every size of segments.</summary>
public sealed class ArchiveNameTarget : IFuzzTarget
{
    private const string Sum = "0123456789abcdef0123456789abcdef01234567";

    private readonly TextMutator mutator = new(
        [
            "0000000A00000001000000FE", $"000000010000000000000004-{Sum}.lz4", $"000000010000000000000004.partial-{Sum}.zst", "000000010000000000000004.00000028.backup.gz", "000000010000000000000004.partial", "00000002.history",
            "0000000100000000000003FF.lzma", "000000010000000000000FFF.br", $"FFFFFFFFFFFFFFFF00000003-{Sum}", "archive.info.copy", "xlog.db", "base_000000010000000000000002_backup_stop_sentinel.json",
        ],
        [Sum, ".history", ".partial", ".00000028", ".backup", ".gz", ".lz4", ".zst", "-", ".", "0000000A00000001000000FE", "00000001"]);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        var name = Encoding.UTF8.GetString(input);
        var said = ArchivedName.Parse(name);
        FuzzException.Require(said.Kind == ArchivedFileKind.Foreign == (said == default), $"{said} says and does not say what it is");
        FuzzException.Require(ArchivedName.Sha1(name) is null or { Length: ArchivedName.Sha1Length }, "a sum of another length");
        if (said.Kind is not (ArchivedFileKind.Foreign or ArchivedFileKind.History))
            FuzzException.Require(name.StartsWith($"{said.Timeline:X8}{said.Place:X16}", StringComparison.Ordinal), $"{said} is not what it is called");
        for (var size = 1L << 20; size <= 1 << 30; size <<= 2)
            Segment(name, said, size);
        return said.Kind != ArchivedFileKind.Foreign;
    }

    private static void Segment(string name, ArchivedName said, long size)
    {
        if (new ArchivedFile(name, said, size, default).Segment(size) is not { } segment)
            return;
        FuzzException.Require(name.StartsWith(segment.Name, StringComparison.Ordinal) && segment.Timeline == said.Timeline, $"{segment} is not what it is called");
        FuzzException.Require(segment.End - segment.Start == size && WalSegment.Holding(segment.Start, segment.Timeline, size) == segment && WalSegment.Holding(segment.Start + (size - 1), segment.Timeline, size) == segment, $"{segment} does not hold its own bytes");
    }
}
