namespace PatroniOps.Nodes;

/// <summary>
/// One ssh connection that others go through. A program at its far end waits for our input to end: so the connection ends with this process, however
/// that ends.
/// </summary>
internal sealed class SharedConnection : IDisposable
{
    /// <summary>What the far end runs.</summary>
    public const string FarEnd = "echo open; exec cat >/dev/null";

    private readonly SemaphoreSlim one = new(1);
    private NodeProcess? process;
    private string? socket;
    private bool isImpossible;

    public async Task<string?> SocketAsync(Func<string> path, Func<string, NodeProcess> open, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (isImpossible)
                return null;
            if (process is { HasEnded: false })
                return socket;
            process?.Dispose();
            (process, socket) = (null, path());
            var opening = open(socket);
            // A pipe that nobody reads would stop ssh where it is told to say much.
            _ = opening.ReadErrorAsync(CancellationToken.None);
            if (await ReadAsync(opening, cancellationToken).ConfigureAwait(false) == "open")
                process = opening;
            else
                opening.Dispose();
            // What forbids it (a forced command, another shell) stays; whoever cannot connect at all is told so by the command itself.
            isImpossible = process is null;
            return process is null ? null : socket;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose()
    {
        process?.Dispose();
        one.Dispose();
    }

    private static async Task<string?> ReadAsync(NodeProcess opening, CancellationToken cancellationToken)
    {
        try
        {
            return await opening.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }
}
