using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary><c>patroniops Get-PatroniCluster</c> as one process.</summary>
/// <param name="withSql">Whether the servers' PostgreSQL is asked too, or only Patroni as patronictl does.</param>
internal sealed class ColdCommand(Product product, LabConnection lab, bool withSql)
{
    private readonly Dictionary<string, string> environment = new()
    {
        ["PATRONIOPS_PG_USERNAME"] = lab.Credentials.Observer.Username,
        ["PATRONIOPS_PG_PASSWORD"] = lab.Credentials.Observer.Password,
    };

    public void Run()
    {
        var output = Child.Run(
            product.Executable,
            ["Get-PatroniCluster", "-Uri", lab.Members[0].Api.ToString(), .. withSql ? ["-PostgresCredential", "$PostgresCredential"] : Array.Empty<string>(), "-Output", "csv"],
            environment);
        if (!output.Contains(lab.Members[0].Name, StringComparison.Ordinal))
            throw new InvalidOperationException($"patroniops does not name the leader: {output}");
    }
}
