namespace PatroniOps.Lab.Faults;

/// <summary>The faults by their names.</summary>
public static class FaultCatalogue
{
    /// <summary>What may stand before a Patroni.</summary>
    public static IReadOnlyDictionary<string, Fault> Http { get; } = ByName([.. LineFaults.All, .. HttpFaults.All]);

    /// <summary>What may stand before a PostgreSQL.</summary>
    public static IReadOnlyDictionary<string, Fault> Postgres { get; } = ByName([.. LineFaults.All, .. PostgresFaults.All]);

    private static Dictionary<string, Fault> ByName(IEnumerable<Fault> faults) => faults.ToDictionary(fault => fault.Name);
}
