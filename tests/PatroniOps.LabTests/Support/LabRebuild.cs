using System.Net;
using PatroniOps.Connections;
using PatroniOps.Lab;
using PatroniOps.Nodes;
using PatroniOps.Postgres;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.LabTests.Support;

/// <summary>A rebuild of a lab member by the engine itself, for tests that must act between its steps.</summary>
internal static class LabRebuild
{
    public static JournalStore Journals { get; } = new(StateFolder.Path);

    /// <summary>Runs one to its end.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="member">The member to rebuild.</param>
    /// <param name="change">Makes the request.</param>
    /// <param name="moment">Hears of every step.</param>
    /// <param name="journals">Where the running machine keeps journals; null: where the module's do.</param>
    /// <param name="cancellationToken">Stops it at a safe step.</param>
    public static async Task<ReplicaRebuildResult> RunAsync(
        LabCluster lab, LabMember member, Func<RebuildRequest, RebuildRequest> change, Action<StepMoment> moment, JournalStore? journals = null, CancellationToken cancellationToken = default)
    {
        var observer = lab.Connection.Credentials.Observer;
        var options = new ConnectionOptions
        {
            Seeds = [.. lab.Members.Select(m => m.ApiUri)],
            Postgres = new PostgresOptions { Credential = new NetworkCredential(observer.Username, observer.Password) },
        };
        using var connection = await PatroniConnection.OpenAsync(options, new ProfileStore(StateFolder.Path), TimeProvider.System, CancellationToken.None);
        var rebuilder = new ReplicaRebuilder(connection, journals ?? Journals, _ => { }, moment);
        var request = new RebuildRequest
        {
            Member = member.Name,
            PatroniConfigPath = member.Addresses.PatroniConfig,
            Service = new ServiceOptions
            {
                Kind = ServiceKind.Commands, StopCommand = LabNode.Arguments(lab, member, "stop"), StartCommand = LabNode.Arguments(lab, member, "start"), StatusCommand = LabNode.Arguments(lab, member, "status"),
            },
            SoakTime = TimeSpan.FromSeconds(1),
        };
        var draft = await rebuilder.DraftAsync(change(request), CancellationToken.None);
        return await rebuilder.RunAsync(draft, null, cancellationToken);
    }

    /// <summary>What lies at and beside a member's data directory, by name.</summary>
    public static IEnumerable<string> Beside(LabMember member) =>
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(member.DataDirectory)!, "data*").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);
}
