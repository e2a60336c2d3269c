using System.Text.Json;
using System.Text.Json.Serialization;
using PatroniOps.Patroni;

namespace PatroniOps.Snapshots;

/// <summary>Snapshots as versioned JSON. Defaults stand in the init accessors: the generated reader passes null for what a file lacks.</summary>
public static class SnapshotFile
{
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

    public static byte[] ToJson(ClusterSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, SnapshotJson.Default.ClusterSnapshot);

    /// <exception cref="PatroniOpsException">It is no snapshot, or is of a newer format.</exception>
    public static ClusterSnapshot FromJson(ReadOnlySpan<byte> json, string source)
    {
        try
        {
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
