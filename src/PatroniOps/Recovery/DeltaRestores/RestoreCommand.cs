using PatroniOps.Nodes;

namespace PatroniOps.Recovery.DeltaRestores;

/// <summary>The member's restore_command, as its configuration on the node has it.</summary>
internal static class RestoreCommand
{
    /// <summary>The fact that it is kept as.</summary>
    public const string Fact = "restore_command";

    /// <summary>Null when there is none, or the configuration cannot be read.</summary>
    public static async Task<string?> ReadAsync(PatroniNode member, CancellationToken cancellationToken)
    {
        string[] arguments = member.Configuration.ConfigDirectory is { } directory
            ? ["-D", member.DataDirectory, $"--config-file={PathOf.Join(directory, "postgresql.conf")}", "-C", "restore_command"]
            : ["-D", member.DataDirectory, "-C", "restore_command"];
        var answer = await member.Node.RunAsync(member.Program("postgres", arguments), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess && answer.Output.Trim() is { Length: > 0 } command ? command : null;
    }
}
