using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatroniOps.Snapshots;

namespace PatroniOps.Connections;

/// <summary>Profiles as files, one a cluster, below the state folder; replaced atomically. A profile that cannot be read or written is no obstacle.</summary>
public sealed class ProfileStore(string folder)
{
    private readonly string folder = Path.Combine(folder, "clusters");

    /// <summary>The remembered profile; null when there is none that can be read.</summary>
    public ClusterProfile? Load(string cluster, string? systemIdentifier)
    {
        try
        {
            using var stream = File.OpenRead(FileOf(cluster, systemIdentifier));
            return JsonSerializer.Deserialize(stream, ProfileJson.Default.ClusterProfile) is { } profile && SnapshotValidation.FirstNull(profile) is null
                && profile.Members.DistinctBy(m => m.Name).Count() == profile.Members.Count
                ? profile
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the profile; false when the folder cannot be written.</summary>
    public bool Save(ClusterProfile profile)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = FileOf(profile.Cluster, profile.SystemIdentifier);
            var temporary = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():N}";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(profile, ProfileJson.Default.ClusterProfile));
            File.Move(temporary, file, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Forgets the cluster and its absent members.</summary>
    public void Forget(string cluster, string? systemIdentifier)
    {
        try
        {
            File.Delete(FileOf(cluster, systemIdentifier));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever remembered.
        }
    }

    // A scope is data, not a path: anything unusual in it is replaced, and a hash keeps the names apart.
    private string FileOf(string cluster, string? systemIdentifier)
    {
        var key = $"{cluster}\n{systemIdentifier}";
        var readable = new string([.. cluster.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        return Path.Combine(folder, $"{readable}-{hash}.json");
    }
}
