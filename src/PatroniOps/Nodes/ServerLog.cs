using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>The last lines that a server on a leash has written.</summary>
internal sealed class ServerLog
{
    private const int Kept = 200;
    private const int Shown = 4;

    private readonly Queue<string> lines = new();

    public ServerLog(NodeProcess server) => _ = CollectAsync(server);

    /// <summary>The last few, on one line, without secrets.</summary>
    public string Last => Text(Lines().TakeLast(Shown));

    /// <summary>The last lines that hold one of the words; null when none does.</summary>
    public string? Find(params string[] words) =>
        Lines().Where(l => words.Any(w => l.Contains(w, StringComparison.Ordinal))).TakeLast(Shown).ToList() is { Count: > 0 } found ? Text(found) : null;

    private List<string> Lines()
    {
        lock (lines)
            return [.. lines];
    }

    private static string Text(IEnumerable<string> lines) => string.Join(" / ", lines) is { Length: > 0 } text ? Redaction.Text(text) : "it has written no log";

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
