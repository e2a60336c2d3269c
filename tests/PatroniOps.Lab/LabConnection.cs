using System.Text.Json;

namespace PatroniOps.Lab;

/// <summary>The lab's addresses and credentials, as demo, tests and benchmarks read them from lab.json.</summary>
/// <param name="LoopWait">Seconds.</param>
/// <param name="Ttl">Seconds.</param>
public sealed record LabConnection(
    string Scope,
    string Directory,
    int LoopWait,
    int Ttl,
    Uri Etcd,
    IReadOnlyList<LabConnectionMember> Members,
    LabCredentials Credentials,
    LabArchive Archive)
{
    /// <summary>Reads lab.json.</summary>
    /// <exception cref="LabException">There is none: no lab is running in that directory.</exception>
    public static async Task<LabConnection> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
            throw new LabException($"No lab is running in {Path.GetDirectoryName(path)} (there is no {Path.GetFileName(path)}); start one first.");
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        return JsonSerializer.Deserialize<LabConnection>(text, LabJson.Options)
            ?? throw new LabException($"{path} is empty.");
    }

    internal Task WriteAsync(string path, CancellationToken cancellationToken) =>
        SecretFile.WriteAsync(path, JsonSerializer.Serialize(this, LabJson.Options) + "\n", null, cancellationToken);
}
