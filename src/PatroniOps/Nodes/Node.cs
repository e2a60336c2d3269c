using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>A database node: this machine, or another over the system's ssh. The same programs run on either.</summary>
public abstract class Node
{
    private string? login;

    /// <summary>Its name for a person.</summary>
    public abstract string Name { get; }

    /// <summary>The node that the options name.</summary>
    public static Node Of(NodeOptions options) => options.HostName is null ? new LocalNode() : new SshNode(options);

    /// <summary>Runs a program to its end. A program that fails is a result, not an exception.</summary>
    /// <exception cref="PatroniOpsException">The node cannot be reached, or the program cannot be started.</exception>
    public async Task<NodeResult> RunAsync(NodeCommand command, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(command, cancellationToken).ConfigureAwait(false);
        var result = await process.EndAsync(command.Input, cancellationToken).ConfigureAwait(false);
        return Explain(result, command);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <exception cref="PatroniOpsException">It failed: the text says what it said.</exception>
    public async Task<NodeResult> MustAsync(NodeCommand command, CancellationToken cancellationToken)
    {
        var result = await RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? result : throw new PatroniOpsException(FailureKind.Refused, $"{Name}: {command.Program} failed ({result.ExitCode}): {result.Said}");
    }

    /// <summary>Runs a program whose output is read as it comes. The output ends with an error when the program does.</summary>
    /// <param name="command">The program. It only reads: one that is not read to its end is ended.</param>
    /// <param name="failure">What is wrong with how it ended; null: nothing.</param>
    /// <param name="cancellationToken">Ends the program, also while its output is read.</param>
    /// <exception cref="PatroniOpsException">The node cannot be reached, or the program cannot be started.</exception>
    internal async Task<NodeOutput> ReadAsync(NodeCommand command, Func<NodeResult, Exception?> failure, CancellationToken cancellationToken) =>
        new(await StartAsync(command, cancellationToken).ConfigureAwait(false), result => failure(Explain(result, command)), cancellationToken);

    /// <summary>Starts a program and leaves it running; it is for the caller to end it.</summary>
    internal async Task<NodeProcess> StartAsync(NodeCommand command, CancellationToken cancellationToken)
    {
        var become = await BecomeAsync(command.RunAs, cancellationToken).ConfigureAwait(false);
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return NodeProcess.Start(Name, Wrap([.. become, .. WithEnvironment(command)]));
    }

    /// <summary>The user that logs in.</summary>
    public async Task<string> LoginAsync(CancellationToken cancellationToken) =>
        login ??= (await MustAsync(new NodeCommand("id", "-un"), cancellationToken).ConfigureAwait(false)).Output.Trim();

    /// <summary>Makes the connection that commands share, where there is one to share.</summary>
    private protected virtual Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The local command line that runs this one on the node.</summary>
    protected abstract IReadOnlyList<string> Wrap(IReadOnlyList<string> command);

    /// <summary>Turns a failure of the transport into an exception.</summary>
    protected abstract NodeResult Explain(NodeResult result, NodeCommand command);

    // Root becomes anybody without asking; others need a rule of sudo that asks for no password.
    private async Task<IReadOnlyList<string>> BecomeAsync(string? user, CancellationToken cancellationToken)
    {
        if (user is null)
            return [];
        var me = await LoginAsync(cancellationToken).ConfigureAwait(false);
        return me == user ? [] : me == "root" ? ["runuser", "-u", user, "--"] : ["sudo", "-n", "-u", user, "--"];
    }

    private static IReadOnlyList<string> WithEnvironment(NodeCommand command) => command.Environment.Count == 0
        ? [command.Program, .. command.Arguments]
        : ["env", .. command.Environment.Select(e => $"{e.Key}={e.Value}"), command.Program, .. command.Arguments];
}
