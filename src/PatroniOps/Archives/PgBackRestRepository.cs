using System.Text.Json;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>What a repository holds, by its own word: the newest backup and the archived segments.</summary>
/// <param name="Label">The newest backup's label; null when there is none.</param>
/// <param name="Start">The first segment that the backup needs; null when not told.</param>
/// <param name="Ranges">The archived segments by their names.</param>
public sealed record PgBackRestRepository(string? Label, string? Start, IReadOnlyList<WalRange> Ranges)
{
    /// <summary>What a restore of the newest backup reads from the repository, at most; null when not told.</summary>
    public long? Bytes { get; init; }

    /// <summary>Asks pgBackRest on a node. Neither call writes.</summary>
    /// <exception cref="PatroniOpsException">It cannot be asked.</exception>
    public static async Task<PgBackRestRepository> ReadAsync(Node node, string runAs, PgBackRestCommand command, long segmentSize, CancellationToken cancellationToken)
    {
        if (command.Stanza is not { } stanza)
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.Name}: restore_command does not name a stanza.");
        var info = await node.MustAsync(command.Call("info", "--output=json") with { RunAs = runAs }, cancellationToken).ConfigureAwait(false);
        var list = await node.MustAsync(
            new NodeCommand(command.Program, [.. command.Options.Where(o => !o.StartsWith("--stanza", StringComparison.Ordinal) && o != stanza), "repo-ls", "--recurse", "--output=json", $"archive/{stanza}"]) { RunAs = runAs },
            cancellationToken).ConfigureAwait(false);
        return Parse(info.Output, list.Output, segmentSize, node.Name);
    }

    /// <exception cref="PatroniOpsException">One of the texts is not what pgBackRest writes.</exception>
    internal static PgBackRestRepository Parse(string info, string list, long segmentSize, string source)
    {
        try
        {
            var (stanzas, files) = (Json.Parse(info), Json.Parse(list));
            if (stanzas.ValueKind != JsonValueKind.Array || files.ValueKind != JsonValueKind.Object)
                throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: pgBackRest's answer is not what it writes.");
            var newest = stanzas.EnumerateArray().Take(1).SelectMany(stanza => Json.Items(stanza, "backup")).LastOrDefault();
            return new PgBackRestRepository(
                Json.Text(newest, "label"),
                Json.Text(Json.Property(newest, "archive") ?? default, "start"),
                WalRange.FromSegments(Segments(files, segmentSize)))
            {
                Bytes = BytesOf(newest),
            };
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: pgBackRest's answer is not JSON: {e.Message}", e);
        }
    }

    // {"info": {"size": of the cluster, "repository": {"size": of the files that make the backup up}}}
    private static long? BytesOf(JsonElement backup)
    {
        var info = Json.Property(backup, "info") ?? default;
        return Json.Integer(Json.Property(info, "repository") ?? default, "size") ?? Json.Integer(info, "size");
    }

    // "15-1/0000000100000000/000000010000000000000001-<sha1>.zst": {"type": "file", ...}
    private static IEnumerable<WalSegment> Segments(JsonElement files, long segmentSize)
    {
        foreach (var file in files.EnumerateObject())
        {
            var name = PathOf.Name(file.Name);
            if (ArchivedName.Sha1(name) is not null && ArchivedName.Parse(name).Kind == ArchivedFileKind.Segment
                && WalSegment.TryParse(name.AsSpan(0, ArchivedName.SegmentLength), segmentSize, out var segment))
                yield return segment;
        }
    }
}
