using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.Preflight;

/// <summary>Reads a node before a rebuild; changes nothing.</summary>
internal static class NodeFactsReader
{
    /// <param name="member">The node.</param>
    /// <param name="programs">PostgreSQL's programs that the method needs.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<NodeFacts> ReadAsync(PatroniNode member, IReadOnlyList<string> programs, CancellationToken cancellationToken)
    {
        var data = member.DataDirectory;
        var files = member.Files;
        var missing = new List<string>();
        string? version = null;
        foreach (var program in programs)
        {
            var said = await member.Node.RunAsync(member.Program(program, "--version"), cancellationToken).ConfigureAwait(false);
            if (said.IsSuccess)
                version ??= Major(said.Output);
            else
                missing.Add(program);
        }
        var control = await ControlFile.ReadAsync(member, data, cancellationToken).ConfigureAwait(false);
        return new NodeFacts
        {
            NodeName = member.Node.Name,
            DataDirectory = data,
            ResolvedDirectory = await files.ResolveAsync(data, cancellationToken).ConfigureAwait(false),
            DataVersion = (await files.ReadTextAsync(PathOf.Join(data, "PG_VERSION"), cancellationToken).ConfigureAwait(false))?.Trim(),
            IsMountPoint = await files.IsMountPointAsync(data, cancellationToken).ConfigureAwait(false),
            IsParentWritable = (await member.Node.RunAsync(new NodeCommand("test", "-w", PathOf.Parent(data)) { RunAs = member.Owner }, cancellationToken).ConfigureAwait(false)).IsSuccess,
            SystemIdentifier = control?.SystemIdentifier,
            HasRewindInformation = control?.HasRewindInformation,
            ProgramVersion = version,
            FreeBytes = await FreeAsync(files, PathOf.Parent(data), cancellationToken).ConfigureAwait(false),
            IsPatroniRunning = await member.Service.IsRunningAsync(cancellationToken).ConfigureAwait(false),
            FixedLinks = await FixedAsync(files, data, cancellationToken).ConfigureAwait(false),
            MissingPrograms = missing,
        };
    }

    // "pg_basebackup (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
    internal static string? Major(string text)
    {
        var at = text.IndexOf("(PostgreSQL) ", StringComparison.Ordinal);
        var number = at < 0 ? "" : new string([.. text[(at + "(PostgreSQL) ".Length)..].TakeWhile(char.IsAsciiDigit)]);
        return number.Length == 0 ? null : number;
    }

    internal static async Task<long?> FreeAsync(NodeFiles files, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await files.FreeBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<string>> FixedAsync(NodeFiles files, string data, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var linked in await LinkedDirectory.FindAsync(files, data, cancellationToken).ConfigureAwait(false))
            if (await files.IsMountPointAsync(linked.Target, cancellationToken).ConfigureAwait(false))
                found.Add(linked.Target);
        return found;
    }
}
