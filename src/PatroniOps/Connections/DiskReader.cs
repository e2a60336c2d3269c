using System.Globalization;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Connections;

/// <summary>Asks a member's node how much room its pg_wal has.</summary>
internal static class DiskReader
{
    /// <returns>Never throws for what the node does.</returns>
    public static async Task<Reading<DiskSpace>> ReadAsync(NodeOptions options, MemberSnapshot member, TimeSpan limit, CancellationToken cancellationToken)
    {
        if ((member.Postgres.Settings.Value?.DataDirectory ?? member.Remembered?.DataDirectory) is not { } data)
            return Reading.Unknown<DiskSpace>(FailureKind.NotConfigured, $"{member.Name}: its data directory is not known: {member.Postgres.Settings.Reason ?? "the role may not see the setting"}");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        var node = Node.Of(options);
        try
        {
            var answer = await node.MustAsync(new NodeCommand("df", "-B1", "--output=avail,size", "--", PathOf.Join(data, "pg_wal")), time.Token).ConfigureAwait(false);
            return Parse(answer.Output) is { } space ? Reading.Of(space) : Reading.Unknown<DiskSpace>(FailureKind.InvalidAnswer, $"{node.Name}: df answered {answer.Said}");
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<DiskSpace>(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Reading.Unknown<DiskSpace>(FailureKind.Timeout, $"{node.Name}: no answer within {limit.TotalSeconds:0} s.");
        }
    }

    // "     Avail  1B-blocks\n 58720256 104857600"
    internal static DiskSpace? Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 2 && lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var free, var total]
            && long.TryParse(free, NumberStyles.None, CultureInfo.InvariantCulture, out var freeBytes) && long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var totalBytes)
            ? new DiskSpace(freeBytes, totalBytes)
            : null;
    }
}
