using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>A lab member's node as the cmdlets' parameters name it: this machine, with the lab's own command as service manager.</summary>
internal static class LabNode
{
    private static readonly string LabCommand = Path.Combine(AppContext.BaseDirectory, "patroniops-lab");

    /// <summary>The parameters for a script.</summary>
    public static string Parameters(LabCluster lab, LabMember member) =>
        $"-PatroniConfigPath '{member.Addresses.PatroniConfig}' -StopCommand {Command(lab, member, "stop")} -StartCommand {Command(lab, member, "start")} -StatusCommand {Command(lab, member, "status")}";

    /// <summary>Program and arguments.</summary>
    public static string[] Arguments(LabCluster lab, LabMember member, string verb) => [LabCommand, "member", verb, member.Name, "--directory", lab.Paths.Directory];

    private static string Command(LabCluster lab, LabMember member, string verb) => string.Join(",", Arguments(lab, member, verb).Select(a => $"'{a}'"));
}
