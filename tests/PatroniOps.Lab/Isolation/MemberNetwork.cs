using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Isolation;

/// <summary>
/// A network namespace for each member, joined by a bridge to the one that this program runs in, which must be its own: all of it goes with that.
/// </summary>
/// <remarks>The same address lives on from one connection to the next: a member that is cut off answers nobody, refuses nobody, and hears nobody.</remarks>
public static class MemberNetwork
{
    internal const string Subnet = "10.77.0.0/24";

    /// <summary>Where etcd and the clients are.</summary>
    internal const string HubAddress = "10.77.0.1";

    private const string Bridge = "patroniops0";
    private const string NamedNamespaces = "/run/netns";

    /// <summary>The address of a member by its place among the members.</summary>
    internal static string AddressOf(int index) => $"10.77.0.{10 + index}";

    /// <summary>What runs a program in a member's network namespace, keeping the process id.</summary>
    internal static IEnumerable<string> Enter(string network) => ["nsenter", $"--net={NamedNamespaces}/{network}", "--"];

    /// <summary>Takes the member off the network, as a pulled cable does.</summary>
    public static Task CutAsync(LabMember member, CancellationToken cancellationToken = default) => SetAsync(member, "down", cancellationToken);

    /// <summary>Puts the cable back.</summary>
    public static Task JoinAsync(LabMember member, CancellationToken cancellationToken = default) => SetAsync(member, "up", cancellationToken);

    /// <summary>Makes the bridge and the members' namespaces.</summary>
    /// <exception cref="LabException">This program shares its network with others, or is not root.</exception>
    internal static async Task CreateAsync(IEnumerable<LabConnectionMember> members, CancellationToken cancellationToken)
    {
        OwnNamespaces.Demand();
        // Names of network namespaces are files below /run; there they would outlive their namespaces.
        Directory.CreateDirectory(NamedNamespaces);
        await RootCommand.RunAsync(["mount", "-t", "tmpfs", "tmpfs", NamedNamespaces], cancellationToken);
        await IpAsync("link set lo up", cancellationToken);
        await IpAsync($"link add {Bridge} type bridge", cancellationToken);
        await IpAsync($"address add {HubAddress}/24 dev {Bridge}", cancellationToken);
        await IpAsync($"link set {Bridge} up", cancellationToken);
        foreach (var member in members)
            await AddAsync(member.Network!, member.Host, cancellationToken);
    }

    private static async Task AddAsync(string network, string address, CancellationToken cancellationToken)
    {
        await IpAsync($"netns add {network}", cancellationToken);
        await IpAsync($"link add {CableOf(address)} type veth peer name eth0 netns {network}", cancellationToken);
        await IpAsync($"link set {CableOf(address)} master {Bridge} up", cancellationToken);
        await IpAsync($"-n {network} address add {address}/24 dev eth0", cancellationToken);
        await IpAsync($"-n {network} link set eth0 up", cancellationToken);
        await IpAsync($"-n {network} link set lo up", cancellationToken);
    }

    private static Task SetAsync(LabMember member, string state, CancellationToken cancellationToken)
    {
        if (member.Addresses.Network is null)
            throw new LabException($"{member.Name} has no network namespace of its own.");
        return IpAsync($"link set {CableOf(member.Host)} {state}", cancellationToken);
    }

    private static string CableOf(string address) => $"cable{address.Split('.')[3]}";

    private static Task IpAsync(string arguments, CancellationToken cancellationToken) => RootCommand.RunAsync(["ip", .. arguments.Split(' ')], cancellationToken);
}
