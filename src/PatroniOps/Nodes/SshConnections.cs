using System.Collections.Concurrent;
using System.Globalization;

namespace PatroniOps.Nodes;

/// <summary>The shared connections, one for each way to reach a node, and the directory of their sockets.</summary>
internal sealed class SshConnections : IDisposable
{
    // A socket's path is at most 107 bytes, and ssh adds 17 while it makes it.
    private const int LongestDirectory = 80;

    private readonly SocketDirectory folder = new();
    private readonly ConcurrentDictionary<NodeOptions, SharedConnection> shared = new();
    private int count;

    /// <summary>The socket of the node's connection, which is opened when there is none; null: the node allows no sharing.</summary>
    /// <param name="options">How the node is reached.</param>
    /// <param name="open">Starts the connection's own process, given the socket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> SocketAsync(NodeOptions options, Func<string, NodeProcess> open, CancellationToken cancellationToken) => folder.FullName.Length > LongestDirectory
        ? null
        : await shared.GetOrAdd(options, _ => new SharedConnection()).SocketAsync(NextPath, open, cancellationToken).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (var connection in shared.Values)
            connection.Dispose();
        folder.Dispose();
    }

    // A path is used once: a connection that has broken may have left its socket.
    private string NextPath() => Path.Combine(folder.FullName, Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));
}
