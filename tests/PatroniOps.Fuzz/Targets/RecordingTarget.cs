using System.IO.Compression;
using System.Text;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A recording of snapshots, gzip of JSON lines: it gives those that are whole, and then says that it is not.</summary>
public sealed class RecordingTarget : IFuzzTarget
{
    private readonly ScratchFolder folder = new();
    private readonly JsonMutator snapshots;
    private readonly byte[] whole;

    public RecordingTarget()
    {
        // The shortest: what is tried here is the file around them.
        var incidents = Seeds.Incidents().OrderBy(i => i.Length).Take(2).ToList();
        snapshots = new JsonMutator(incidents);
        whole = [.. Packed(Encoding.UTF8.GetBytes($"{incidents[0]}\n")), .. Packed(Encoding.UTF8.GetBytes($"{incidents[1]}\n"))];
    }

    public long MostAllocated(int length) => (8 << 20) + (4096L * length);

    public byte[] Make(FuzzRandom random) => random.Below(6) switch
    {
        0 => [.. whole, .. Packed([.. snapshots.Make(random), (byte)'\n'])],
        1 => whole[..random.Below(whole.Length)],
        _ => ByteMutator.Change(whole, random),
    };

    public bool Read(byte[] input)
    {
        var file = folder.File($"x{SnapshotRecorder.Extension}");
        File.WriteAllBytes(file, input);
        var count = 0;
        try
        {
            var snapshots = SnapshotFile.LoadAllAsync(file, CancellationToken.None).GetAsyncEnumerator();
            while (snapshots.MoveNextAsync().AsTask().GetAwaiter().GetResult())
                count++;
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
        {
        }
        FuzzException.Require(count <= 4, $"{count} snapshots of two");
        return count > 0;
    }

    private static byte[] Packed(byte[] line)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(line);
        return packed.ToArray();
    }
}
