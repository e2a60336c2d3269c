using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Steps;

/// <summary>A member's restore_command, as its configuration on the node has it.</summary>
internal static class RestoreCommandSetting
{
    /// <summary>The fact that it is kept as.</summary>
    public const string Fact = "restore_command";

    /// <param name="member">The member; its server need not run.</param>
    /// <param name="configuration">The postgresql.conf to read; null: the one that its Patroni uses.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when there is none, or the configuration cannot be read.</returns>
    public static async Task<string?> ReadAsync(PatroniNode member, string? configuration, CancellationToken cancellationToken)
    {
        configuration ??= PathOf.Join(member.Configuration.ConfigDirectory ?? member.DataDirectory, "postgresql.conf");
        var answer = await member.Node.RunAsync(
            member.Program("postgres", "-D", member.DataDirectory, $"--config-file={configuration}", "-C", "restore_command"), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess && answer.Output.Trim() is { Length: > 0 } command ? command : null;
    }
}
