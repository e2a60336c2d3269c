using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>Patroni's service on a node. Stopping and starting what is stopped or started already succeeds.</summary>
/// <param name="node">Where.</param>
/// <param name="options">How.</param>
public sealed class PatroniService(Node node, ServiceOptions options)
{
    // systemd's and the LSB's code for a service that does not run.
    private const int NotRunning = 3;

    /// <summary>Whether it runs; null when that cannot be told.</summary>
    public async Task<bool?> IsRunningAsync(CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(Status(), cancellationToken).ConfigureAwait(false);
        return options.Kind == ServiceKind.Supervisor
            ? IsRunning(result.Output)
            : result.ExitCode switch { 0 => true, NotRunning => false, _ => null };
    }

    // "patroni    RUNNING   pid 4711, uptime 0:00:05". One that waits for its next attempt (BACKOFF) or is about to end (STOPPING) is neither.
    internal static bool? IsRunning(string status) => status.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) switch
    {
        "RUNNING" or "STARTING" => true,
        "STOPPED" or "EXITED" or "FATAL" => false,
        _ => null,
    };

    /// <summary>Stops it, and with it PostgreSQL unless the cluster is paused.</summary>
    /// <exception cref="PatroniOpsException">It still runs.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await IsRunningAsync(cancellationToken).ConfigureAwait(false) == false)
            return;
        await node.MustAsync(Stop(), cancellationToken).ConfigureAwait(false);
        if (await IsRunningAsync(cancellationToken).ConfigureAwait(false) != false)
            throw new PatroniOpsException(FailureKind.Refused, $"{node.Name}: {Stop()} ended with success, but Patroni is not known to have stopped.");
    }

    /// <exception cref="PatroniOpsException">It could not be started.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await IsRunningAsync(cancellationToken).ConfigureAwait(false) != true)
            await node.MustAsync(Start(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The command that stops it, for a plan.</summary>
    public NodeCommand Stop() => Command("stop", options.StopCommand);

    /// <summary>The command that starts it, for a plan.</summary>
    public NodeCommand Start() => Command("start", options.StartCommand);

    private NodeCommand Status() => Command(options.Kind == ServiceKind.Systemd ? "is-active" : "status", options.StatusCommand);

    private NodeCommand Command(string verb, IReadOnlyList<string> own) => options.Kind switch
    {
        ServiceKind.Systemd => new NodeCommand("systemctl", verb, options.Name) { RunAs = "root" },
        ServiceKind.Supervisor => new NodeCommand("supervisorctl", verb, options.Name) { RunAs = "root" },
        _ when own.Count == 0 => throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.Name}: there is no command to {verb} Patroni: give all three, stop, start and status."),
        _ => new NodeCommand(own[0], [.. own.Skip(1)]),
    };
}
