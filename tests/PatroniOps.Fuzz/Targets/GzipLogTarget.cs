using System.IO.Compression;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Logs;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A gzip log, damaged or cut off: whatever is not the whole is told.</summary>
public sealed class GzipLogTarget : IFuzzTarget
{
    private readonly byte[] whole;
    private readonly int count;

    public GzipLogTarget()
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Seeds.Text("postgresql.log")));
        whole = file.ToArray();
        count = Events(whole).Count;
    }

    public long MostAllocated(int length) => (4 << 20) + (2048L * length);

    public byte[] Make(FuzzRandom random) => random.Below(6) switch
    {
        0 => whole[..random.Below(whole.Length)],
        1 => [.. whole, .. ByteMutator.Change(whole, random)],
        2 => [.. whole, .. whole],
        _ => ByteMutator.Change(whole, random),
    };

    public bool Read(byte[] input)
    {
        try
        {
            var found = Events(input);
            FuzzException.Require(input.Length >= whole.Length || input.Length == 0 || !whole.AsSpan().StartsWith(input), "a file that was cut off is taken for whole");
            FuzzException.Require(!input.SequenceEqual(whole) || found.Count == count, "the whole has other events");
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static List<LogEvent> Events(byte[] file)
    {
        using var stream = new WholeGzipStream(new MemoryStream(file));
        return [.. LogFile.Read(stream, "x.log.gz", new LogReadOptions { NoFold = true })];
    }
}
