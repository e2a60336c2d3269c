using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary><c>patroniops Get-PatroniCluster</c> as one process, asking REST and SQL of every member.</summary>
internal sealed class ColdCommand(Product product, LabConnection lab)
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
            ["Get-PatroniCluster", "-Uri", lab.Members[0].Api.ToString(), "-PostgresCredential", "$PostgresCredential", "-Output", "csv"],
            environment);
        if (!output.Contains(lab.Members[0].Name, StringComparison.Ordinal))
            throw new InvalidOperationException($"patroniops does not name the leader: {output}");
    }
}
