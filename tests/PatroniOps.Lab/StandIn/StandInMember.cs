using System.Globalization;

namespace PatroniOps.Lab.StandIn;

/// <summary>A member and where it listens.</summary>
/// <param name="Name">Such as <c>fleet-001-a</c>.</param>
/// <param name="IsLeader">It is the primary.</param>
/// <param name="IsStuck">It does not stream: the WAL that it needs has been removed.</param>
/// <param name="RestPort">Patroni's port.</param>
/// <param name="PostgresPort">PostgreSQL's port.</param>
public sealed record StandInMember(string Name, bool IsLeader, bool IsStuck, int RestPort, int PostgresPort)
{
    public Uri ApiUri => new(string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{RestPort}/"));

    internal static string Host => "127.0.0.1";

    /// <summary>The name of its slot, as Patroni derives it.</summary>
    internal string SlotName => Name.Replace('-', '_');

    /// <summary>The process that sends to it, or receives on it.</summary>
    internal int Pid => 6000 + Name[^1];
}
