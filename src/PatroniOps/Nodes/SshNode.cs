using System.Globalization;
using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>Another machine over the system's ssh: the user's configuration, agent, jump hosts and known hosts hold. It never asks anything.</summary>
internal sealed class SshNode(NodeOptions options) : Node
{
    // ssh's own code for an error of its own.
    private const int TransportFailed = 255;

    // ConnectTimeout ends with silence, not with a server that says a byte now and then.
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(60);

    private string? socket;

    public override string Name => options.HostName!;

    private protected override async Task ConnectAsync(CancellationToken cancellationToken)
    {
        socket = null;
        if (SshSharing.Current is not { } shared)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LoginLimit);
        try
        {
            socket = await shared.SocketAsync(options, Open, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PatroniOpsException(FailureKind.Timeout, $"{Name}: ssh failed: it has not logged in within {LoginLimit.TotalSeconds:0} s.");
        }
    }

    private NodeProcess Open(string path) => NodeProcess.Start(Name, [.. Arguments("ControlMaster=yes", "ControlPersist=no", $"ControlPath={path}"), SharedConnection.FarEnd]);

    // From the root directory: the login's home may be closed to the user whom the command becomes.
    protected override IReadOnlyList<string> Wrap(IReadOnlyList<string> command) => [.. socket is null ? Arguments() : Arguments("ControlMaster=no", $"ControlPath={socket}"), $"cd / && {ShellQuote.Line(command)}"];

    protected override NodeResult Explain(NodeResult result, NodeCommand command) => result.ExitCode != TransportFailed
        ? result
        : throw new PatroniOpsException(Kind(result.Error), $"{Name}: ssh failed: {result.Said}");

    // Batch mode: no prompt for a password or for an unknown host key, which therefore is refused.
    private IReadOnlyList<string> Arguments(params IReadOnlyList<string> sharing)
    {
        List<string> arguments = ["ssh", "-T", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o",
            string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={Math.Max(1, (int)options.ConnectTimeout.TotalSeconds)}"),
            "-o", "ServerAliveInterval=10", "-o", "ServerAliveCountMax=3"];
        foreach (var option in sharing)
            arguments.AddRange(["-o", option]);
        if (options.SshConfigPath is { } config)
            arguments.AddRange(["-F", config]);
        if (options.KeyFilePath is { } key)
            arguments.AddRange(["-i", key]);
        if (options.Port is { } port)
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (options.UserName is { } user)
            arguments.AddRange(["-l", user]);
        return [.. arguments, "--", options.HostName!];
    }

    private static FailureKind Kind(string error) =>
        error.Contains("Permission denied", StringComparison.Ordinal) ? FailureKind.Authentication
        : error.Contains("Host key verification failed", StringComparison.Ordinal) ? FailureKind.Tls
        : error.Contains("timed out", StringComparison.Ordinal) ? FailureKind.Timeout
        : FailureKind.Unreachable;
}
