namespace PatroniOps.Lab.Scenarios;

/// <summary>A database says that it was made under an older version of the library that sorts text, as after an upgrade of the operating system.</summary>
public sealed class CollationOutdated : IScenario
{
    public string Name => "collation-outdated";

    public string Description => "a database was made under another version of the collation library";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        // The lab's own databases sort by C, which has no version.
        await leader.ExecuteAsync("CREATE DATABASE sorted TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'", cancellationToken);
        await leader.ExecuteAsync("UPDATE pg_database SET datcollversion = '58.0' WHERE datname = 'sorted'", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, "The database sorted was made under version 58.0 of ICU's collations.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await cluster.Member(broken.Leader).ExecuteAsync("DROP DATABASE sorted WITH (FORCE)", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}
