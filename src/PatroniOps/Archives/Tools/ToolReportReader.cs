using PatroniOps.Backups;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Archives.Tools;

/// <summary>Asks the tool that owns a repository what it says of it. A tool that is not there, or does not answer, is unknown with the reason.</summary>
/// <param name="access">The way to the repository; the tool runs on its node.</param>
public sealed class ToolReportReader(ArchiveAccess access)
{
    /// <summary>About an archive; null when its layout has no such tool.</summary>
    public Task<ToolReport?> ReadAsync(WalArchive archive, CancellationToken cancellationToken) => (archive.Kind, archive.Folder) switch
    {
        // REPOSITORY/archive/STANZA/ID
        (ArchiveKind.PgBackRest, { } folder) => PgBackRestAsync(Above(folder, 3), PathOf.Name(PathOf.Parent(folder)), PathOf.Name(folder), cancellationToken),
        // HOME/SERVER/wals
        (ArchiveKind.Barman, { } folder) => BarmanAsync(PathOf.Name(PathOf.Parent(folder)), cancellationToken),
        _ => Task.FromResult<ToolReport?>(null),
    };

    /// <summary>About the backups of a stanza or server; null when no such tool made them.</summary>
    public Task<ToolReport?> ReadAsync(BackupKind kind, string repository, string? stanza, CancellationToken cancellationToken) => (kind, stanza) switch
    {
        (BackupKind.PgBackRest, { } name) => PgBackRestAsync(repository, name, null, cancellationToken),
        (BackupKind.Barman, { } name) => BarmanAsync(name, cancellationToken),
        _ => Task.FromResult<ToolReport?>(null),
    };

    private async Task<ToolReport?> PgBackRestAsync(string repository, string stanza, string? id, CancellationToken cancellationToken)
    {
        var program = access.PgBackRestConfigPath is { } configuration ? PgBackRestProgram.Configured(configuration, access.ToolRunAs) : PgBackRestProgram.Of(repository, access.ToolRunAs);
        return await AskedAsync(PgBackRestReport.Tool, async () =>
        {
            var answer = await access.Node.RunAsync(program.Call("info", "--output=json", $"--stanza={stanza}"), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccess ? PgBackRestReport.Parse(answer.Output, stanza, id) : new ToolReport { Tool = PgBackRestReport.Tool, Unknown = PgBackRestProgram.Complaint(answer) };
        }).ConfigureAwait(false);
    }

    // A check that fails is an answer, though the program ends with an error.
    private Task<ToolReport?> BarmanAsync(string server, CancellationToken cancellationToken) => AskedAsync(BarmanReport.Tool, async () =>
    {
        var check = await access.Node.RunAsync(Barman("check", server), cancellationToken).ConfigureAwait(false);
        if (check.Output.Length == 0)
            return new ToolReport { Tool = BarmanReport.Tool, Unknown = Redaction.Text(check.Said) };
        var backups = await access.Node.RunAsync(Barman("list-backups", server), cancellationToken).ConfigureAwait(false);
        return BarmanReport.Parse(check.Output, backups.Output, server);
    });

    private NodeCommand Barman(string command, string server) =>
        new(BarmanReport.Tool, [.. access.BarmanConfigPath is { } configuration ? (string[])["--config", configuration] : [], "-f", "json", command, server]) { RunAs = access.ToolRunAs };

    private static async Task<ToolReport?> AskedAsync(string tool, Func<Task<ToolReport>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            return new ToolReport { Tool = tool, Unknown = e.Message };
        }
    }

    private static string Above(string folder, int levels) => levels == 0 ? folder : Above(PathOf.Parent(folder), levels - 1);
}
