using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Recovery.Steps;

/// <summary>The last lines that a server on a leash has written.</summary>
internal sealed class ServerLog
{
    private const int Kept = 4;

    private readonly Queue<string> lines = new();

    public ServerLog(NodeProcess server) => _ = CollectAsync(server);

    public string Last
    {
        get
        {
            lock (lines)
                return lines.Count == 0 ? "it has written no log" : Redaction.Text(string.Join(" / ", lines));
        }
    }

    private async Task CollectAsync(NodeProcess server)
    {
        while (await server.ReadErrorLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (lines)
            {
                lines.Enqueue(line);
                if (lines.Count > Kept)
                    lines.Dequeue();
            }
        }
    }
}
