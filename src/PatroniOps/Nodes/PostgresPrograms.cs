using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>PostgreSQL's programs of one major version on a node, and the user that runs them.</summary>
/// <param name="Node">Where.</param>
/// <param name="RunAs">The user; null: whoever logs in. PostgreSQL does not run as root.</param>
/// <param name="BinDirectory">Where they lie; null: on the path.</param>
internal sealed record PostgresPrograms(Node Node, string? RunAs, string? BinDirectory)
{
    /// <summary>A call of one of them.</summary>
    public NodeCommand Call(string name, params IReadOnlyList<string> arguments) => new(BinDirectory is null ? name : PathOf.Join(BinDirectory, name), arguments) { RunAs = RunAs };

    /// <summary>Looks where packages put them, and on the path.</summary>
    /// <param name="node">Where.</param>
    /// <param name="runAs">The user.</param>
    /// <param name="major">PostgreSQL's major version, such as <c>15</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="PatroniOpsException">The version is not installed there.</exception>
    public static async Task<PostgresPrograms> FindAsync(Node node, string? runAs, string major, CancellationToken cancellationToken)
    {
        foreach (var directory in (string?[])[$"/usr/lib/postgresql/{major}/bin", $"/usr/pgsql-{major}/bin", $"/usr/local/pgsql-{major}/bin", null])
        {
            var programs = new PostgresPrograms(node, runAs, directory);
            // The shell tells a program that is not there by its exit code.
            var call = programs.Call("postgres", "--version");
            var answer = await node.RunAsync(new NodeCommand("sh", "-c", "exec \"$@\"", "sh", call.Program, "--version") { RunAs = runAs }, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess && answer.Output.Contains($"(PostgreSQL) {major}.", StringComparison.Ordinal))
                return programs;
        }
        throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.Name}: PostgreSQL {major} is not installed where packages put it, nor on the path: give -BinDirectory.");
    }
}
