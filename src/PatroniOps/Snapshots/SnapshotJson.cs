using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PatroniOps.Patroni;

namespace PatroniOps.Snapshots;

/// <summary>Snapshots as versioned JSON. Defaults stand in the init accessors: the generated reader passes null for what a file lacks.</summary>
public static class SnapshotFile
{
    private static readonly SnapshotJson Compact = new(new JsonSerializerOptions(SnapshotJson.Default.Options) { WriteIndented = false });

    /// <summary>Writes the snapshot; the file is replaced only when it is whole.</summary>
    public static async Task SaveAsync(ClusterSnapshot snapshot, string path, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await File.WriteAllBytesAsync(temporary, ToJson(snapshot), cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <exception cref="PatroniOpsException">The file cannot be read, is no snapshot, or is of a newer format.</exception>
    public static async Task<ClusterSnapshot> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return FromJson(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>The snapshots of a file, in their order: one, or those of a recording.</summary>
    /// <exception cref="PatroniOpsException">As <see cref="LoadAsync"/>; a recording that ends within a snapshot has given those before it.</exception>
    public static async IAsyncEnumerable<ClusterSnapshot> LoadAllAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!path.EndsWith(SnapshotRecorder.Extension, StringComparison.Ordinal))
        {
            yield return await LoadAsync(path, cancellationToken).ConfigureAwait(false);
            yield break;
        }
        using var lines = new RecordingReader(path);
        while (await lines.NextAsync(cancellationToken).ConfigureAwait(false) is { } line)
            yield return FromJson(Encoding.UTF8.GetBytes(line), path);
    }

    /// <summary>The snapshot on one line.</summary>
    public static byte[] ToLine(ClusterSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, Compact.ClusterSnapshot);

    public static byte[] ToJson(ClusterSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, SnapshotJson.Default.ClusterSnapshot);

    /// <exception cref="PatroniOpsException">It is no snapshot, or is of a newer format.</exception>
    public static ClusterSnapshot FromJson(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            Json.RequireTexts(json, ofValuesToo: true);
            var snapshot = JsonSerializer.Deserialize(json, SnapshotJson.Default.ClusterSnapshot)
                ?? throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: not a snapshot.");
            if (snapshot.Format > ClusterSnapshot.CurrentFormat)
                throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: format {snapshot.Format} is newer than this module understands ({ClusterSnapshot.CurrentFormat}).");
            return SnapshotValidation.FirstNull(snapshot) is { } place
                ? throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: not a snapshot: {place} is missing.")
                : snapshot;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: not a snapshot: {e.Message.TrimEnd('.')}.", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClusterSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
