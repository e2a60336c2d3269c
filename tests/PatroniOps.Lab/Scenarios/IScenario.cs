namespace PatroniOps.Lab.Scenarios;

/// <summary>One known way to break a healthy lab. A class that implements this is found by itself.</summary>
public interface IScenario
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    /// <summary>One line.</summary>
    string Description { get; }

    /// <summary>Breaks the lab and returns when the broken state can be seen.</summary>
    /// <exception cref="LabException">It could not be broken that way.</exception>
    Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default);

    /// <summary>Makes the lab healthy again; by default the broken member is reinitialized.</summary>
    /// <exception cref="LabException">It did not become healthy.</exception>
    Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.RebuildAsync(cluster, cluster.Member(broken.Member), cancellationToken);
}
