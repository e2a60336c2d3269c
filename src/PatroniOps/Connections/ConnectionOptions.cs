using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Connections;

/// <summary>What a connection is made from.</summary>
public sealed record ConnectionOptions
{
    /// <summary>REST addresses to begin with; one that answers is enough.</summary>
    public required IReadOnlyList<Uri> Seeds { get; init; }

    public PatroniRestOptions Rest { get; init; } = new();

    public PostgresOptions Postgres { get; init; } = new();

    /// <summary>WAL archives that can be reached as local paths.</summary>
    public IReadOnlyList<string> ArchivePaths { get; init; } = [];

    /// <summary>The members' nodes, by member name; SQL does not tell how full a disk is.</summary>
    public IReadOnlyDictionary<string, NodeOptions> Nodes { get; init; } = new Dictionary<string, NodeOptions>();

    /// <summary>The limit for one member: each of REST and SQL, which run side by side.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
