namespace PatroniOps.Nodes;

/// <summary>How a database node is reached. Holds no secret: keys stay with ssh and its agent.</summary>
public sealed record NodeOptions
{
    /// <summary>The node's name for ssh, as in the user's ssh configuration; null: this machine is the node.</summary>
    public string? HostName { get; init; }

    /// <summary>The login on the node; null: as ssh is configured.</summary>
    public string? UserName { get; init; }

    /// <summary>A private key for ssh; null: the user's keys and agent.</summary>
    public string? KeyFilePath { get; init; }

    /// <summary>ssh's port; null: as ssh is configured.</summary>
    public int? Port { get; init; }

    /// <summary>An ssh configuration to use in place of the user's.</summary>
    public string? SshConfigPath { get; init; }

    /// <summary>Limit for ssh to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public override string ToString() => HostName is null ? "this machine" : UserName is null ? HostName : $"{UserName}@{HostName}";
}
