using System.Globalization;

namespace PatroniOps.Nodes;

/// <summary>What pg_controldata says of a data directory on its node.</summary>
/// <param name="Values">Its lines: name and value.</param>
internal sealed record ControlFile(IReadOnlyDictionary<string, string> Values)
{
    // What a standby must have at least as high as the server that it was copied from.
    private static readonly string[] Limits = ["max_connections", "max_worker_processes", "max_wal_senders", "max_prepared_xacts", "max_locks_per_xact"];

    public string? SystemIdentifier => Values.GetValueOrDefault("Database system identifier");

    /// <summary>Such as <c>in production</c> or <c>shut down in recovery</c>.</summary>
    public string? State => Values.GetValueOrDefault("Database cluster state");

    /// <summary>Data checksums or wal_log_hints are on.</summary>
    public bool HasRewindInformation => Values.GetValueOrDefault("Data page checksum version") is not (null or "0") || Values.GetValueOrDefault("wal_log_hints setting") == "on";

    /// <summary>The settings that a standby started on this data needs at least.</summary>
    public IEnumerable<(string Name, int Value)> Minimums =>
        from limit in Limits
        let text = Values.GetValueOrDefault($"{limit} setting")
        where int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select (Name(limit), int.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Data checksums are on; null when it does not tell.</summary>
    public bool? HasChecksums => Values.TryGetValue("Data page checksum version", out var version) ? version != "0" : null;

    /// <summary>Null when there is no control file that can be read.</summary>
    public static Task<ControlFile?> ReadAsync(PatroniNode member, string dataDirectory, CancellationToken cancellationToken) =>
        ReadAsync(member.Node, member.Program("pg_controldata", "-D", dataDirectory), cancellationToken);

    /// <param name="node">Where.</param>
    /// <param name="program">The call of pg_controldata.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ControlFile?> ReadAsync(Node node, NodeCommand program, CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(program with { Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" } }, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? Parse(result.Output) : null;
    }

    internal static ControlFile Parse(string text) => new(text.Split('\n')
        .Select(line => line.Split(':', 2))
        .Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0].Trim(), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First()[1].Trim(), StringComparer.Ordinal));

    private static string Name(string limit) => limit switch
    {
        "max_prepared_xacts" => "max_prepared_transactions",
        "max_locks_per_xact" => "max_locks_per_transaction",
        _ => limit,
    };
}
