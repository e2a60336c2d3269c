namespace PatroniOps.Lab.Scenarios;

/// <summary>The lab's archive as a plain directory, and who reads and writes it.</summary>
internal static class ArchiveFiles
{
    public static string Directory(LabCluster cluster) => cluster.Connection.Archive is { Kind: ArchiveKind.Directory, Path: { } path }
        ? path
        : throw new LabException("This needs a lab with an archive in a plain directory: start it with --archive directory.");

    /// <summary>Waits until the archive has the segment.</summary>
    public static Task WaitAsync(LabCluster cluster, string segment, CancellationToken cancellationToken) => Poll.UntilAsync(
        $"{segment} to be archived",
        cluster.Options.StartTimeout,
        _ => Task.FromResult(File.Exists(Path.Combine(Directory(cluster), segment)) ? null : "it is not yet"),
        cancellationToken);

    /// <summary>Sets archive_command past Patroni; null gives the control back.</summary>
    public static async Task SetCommandAsync(LabMember leader, string? command, CancellationToken cancellationToken)
    {
        await leader.ExecuteAsync(command is null ? "ALTER SYSTEM RESET archive_command" : $"ALTER SYSTEM SET archive_command = '{command}'", cancellationToken);
        await leader.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
    }

    /// <summary>Changes restore_command in the member's patroni.yml; the member must be down. Returns the line as it was.</summary>
    public static async Task<string> ReplaceRestoreCommandAsync(LabMember member, Func<string, string?> change, CancellationToken cancellationToken)
    {
        var file = member.Addresses.PatroniConfig;
        var lines = (await File.ReadAllLinesAsync(file, cancellationToken)).ToList();
        var at = lines.FindIndex(line => line.TrimStart().StartsWith("restore_command:", StringComparison.Ordinal));
        if (at < 0)
            throw new LabException($"{member.Name} has no restore_command.");
        var before = lines[at];
        lines[at] = change(before) ?? "";
        await SecretFile.WriteAsync(file, string.Join('\n', lines) + "\n", Processes.LabUser.ForServers(), cancellationToken);
        await File.WriteAllTextAsync(Kept(member), before, cancellationToken);
        return before;
    }

    /// <summary>Puts the changed line back.</summary>
    public static async Task RestoreRestoreCommandAsync(LabMember member, CancellationToken cancellationToken)
    {
        var before = await File.ReadAllTextAsync(Kept(member), cancellationToken);
        var file = member.Addresses.PatroniConfig;
        var lines = (await File.ReadAllLinesAsync(file, cancellationToken)).ToList();
        lines.RemoveAll(line => line.TrimStart().StartsWith("restore_command:", StringComparison.Ordinal) || line.Length == 0);
        var at = lines.FindIndex(line => line.TrimStart().StartsWith("archive_command:", StringComparison.Ordinal));
        lines.Insert(at + 1, before);
        await SecretFile.WriteAsync(file, string.Join('\n', lines) + "\n", Processes.LabUser.ForServers(), cancellationToken);
    }

    private static string Kept(LabMember member) => member.Addresses.PatroniConfig + ".before";
}
