using System.Security.Cryptography;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.BaseBackups;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.StandaloneBackups;

/// <summary>Takes a base backup of a cluster into a directory that belongs to no member, and verifies it: what is to be done first where only one good copy is left.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="request">From whom and where to.</param>
/// <param name="progress">Told how far it is.</param>
public sealed class StandaloneBackup(PatroniConnection connection, StandaloneBackupRequest request, Action<RebuildProgress> progress)
{
    // pg_basebackup's two connections, and its temporary slot.
    private const int SendersNeeded = 2;
    private const int SlotsNeeded = 1;

    private static readonly string[] Programs = ["pg_basebackup", "pg_verifybackup", "pg_controldata"];

    // What is not in it was made by somebody else, and is not ours to remove.
    private readonly List<string> made = [];
    private readonly Node node = Node.Of(request.Node);
    private readonly string destination = request.Destination.TrimEnd('/') is { Length: > 0 } path ? path : "/";

    private NodeFiles Files => new(node);

    private string PasswordPath => $"{destination}.pgpass";

    // Tablespaces lie beside the copy, by their object ids: their own places may be in use on this machine.
    private string TablespaceDirectory => $"{destination}.tablespaces";

    /// <summary>What will be done, for a person.</summary>
    public IReadOnlyList<string> Plan(ClusterSnapshot snapshot) =>
    [
        $"{Program("pg_basebackup", ["-D", destination, "-X", "stream", "--checkpoint=fast", .. CopyStep.Compression(request.Compression)])} on {node.Name} (from {Source(snapshot)?.Name ?? request.Source ?? "the leader"})",
        $"{Program("pg_verifybackup", "-q", destination)}; what is damaged is removed again.",
    ];

    /// <summary>Every condition, judged. Changes nothing.</summary>
    public async Task<IReadOnlyList<PreflightCheck>> CheckAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var source = Source(snapshot);
        var place = await DestinationChecks.FreeAsync(Files, node.Name, destination, cancellationToken).ConfigureAwait(false);
        var facts = await FactsAsync(cancellationToken).ConfigureAwait(false);
        List<PreflightCheck> checks =
        [
            LeaderChecks.LeaderRest(snapshot.Leader, snapshot),
            LeaderChecks.LeaderSql(snapshot.Leader, snapshot),
            SourceChecks.Sound(source, null, snapshot),
            SourceChecks.FreeSenders(source, SendersNeeded),
            SourceChecks.FreeSlots(source, SlotsNeeded),
            VersionGate.BackupManifest.Judge(source is null ? [] : [source]),
            NodeChecks.Programs(facts, source),
            place,
            NodeChecks.Disk(facts, await DatabaseSize.ReadAsync(connection, source, cancellationToken).ConfigureAwait(false)),
        ];
        if (request.Compression != CopyCompression.None)
            checks.Add(VersionGate.ServerCompression.Judge(source is null ? [] : [source]));
        return checks;
    }

    /// <summary>Copies and verifies. A copy that fails, or that is damaged, is removed.</summary>
    /// <exception cref="PatroniOpsException">Refused, or failed.</exception>
    public async Task<PatroniBaseBackup> RunAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        PreflightCheck.Require(await CheckAsync(snapshot, cancellationToken).ConfigureAwait(false), $"No backup of {connection.Cluster} is taken");
        var startedAt = connection.Time.GetUtcNow();
        var source = Source(snapshot)!;
        try
        {
            await CopyAsync(source, cancellationToken).ConfigureAwait(false);
            await VerifyAsync(ReplicationCheck.SystemOf(snapshot.Leader!), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var directory in made)
                await RemoveAsync(directory).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await RemoveAsync(PasswordPath).ConfigureAwait(false);
        }
        return new PatroniBaseBackup
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Source = source.Name,
            NodeName = node.Name,
            Path = destination,
            Bytes = await BytesAsync(cancellationToken).ConfigureAwait(false),
            SystemIdentifier = ReplicationCheck.SystemOf(snapshot.Leader!)!,
            StartedAt = startedAt,
            Duration = connection.Time.GetUtcNow() - startedAt,
        };
    }

    private async Task CopyAsync(MemberSnapshot source, CancellationToken cancellationToken)
    {
        var (host, port) = (source.Host!, source.Port!.Value);
        var label = $"patroniops-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var tablespaces = await SourceTablespaces.ReadAsync(connection, host, port, cancellationToken).ConfigureAwait(false);
        await MakeAsync(destination, cancellationToken).ConfigureAwait(false);
        if (tablespaces.Count > 0)
            await MakeAsync(TablespaceDirectory, cancellationToken).ConfigureAwait(false);
        await PasswordFile.WriteAsync(Files, PasswordPath, host, port, request.Replication, cancellationToken).ConfigureAwait(false);
        List<string> arguments =
        [
            "-D", destination, "-d", PasswordFile.Connection(PasswordPath, label, host, port, request.Replication.UserName),
            "-X", "stream", "--checkpoint=fast", "--no-password", "--label", label, .. CopyStep.Compression(request.Compression),
        ];
        if (request.MaximumRate is { } rate)
            arguments.AddRange(["--max-rate", $"{rate}k"]);
        foreach (var (oid, location) in tablespaces)
            arguments.AddRange(SourceTablespaces.Map(location, PathOf.Join(TablespaceDirectory, oid)));
        var result = await CopyWatch.WhileAsync(connection, source, progress, () => Leash.RunAsync(node, Program("pg_basebackup", arguments), cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pg_basebackup from {source.Name} failed ({result.ExitCode}): {Redaction.Text(result.Said)}");
    }

    private async Task VerifyAsync(string? system, CancellationToken cancellationToken)
    {
        progress(new RebuildProgress("verifying the backup"));
        var result = await Leash.RunAsync(node, Program("pg_verifybackup", "-q", destination), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pg_verifybackup found the backup damaged: {result.Said}");
        var control = await node.MustAsync(Program("pg_controldata", "-D", destination) with { Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" } }, cancellationToken).ConfigureAwait(false);
        if (ControlFile.Parse(control.Output).SystemIdentifier is var found && (system is null || found != system))
            throw new PatroniOpsException(FailureKind.Refused, $"the backup is of system {found ?? "unknown"}, not of {system ?? "a known one"}.");
    }

    private async Task<long> BytesAsync(CancellationToken cancellationToken)
    {
        var bytes = await Files.UsedBytesAsync(destination, cancellationToken).ConfigureAwait(false);
        return made.Contains(TablespaceDirectory) ? bytes + await Files.UsedBytesAsync(TablespaceDirectory, cancellationToken).ConfigureAwait(false) : bytes;
    }

    // Fails when it is there already.
    private async Task MakeAsync(string directory, CancellationToken cancellationToken)
    {
        await node.MustAsync(new NodeCommand("mkdir", "-m", "700", "--", directory), cancellationToken).ConfigureAwait(false);
        made.Add(directory);
    }

    private async Task<NodeFacts> FactsAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        string? version = null;
        foreach (var program in Programs)
        {
            var said = await node.RunAsync(Program(program, "--version"), cancellationToken).ConfigureAwait(false);
            if (said.IsSuccess)
                version ??= NodeFactsReader.Major(said.Output);
            else
                missing.Add(program);
        }
        return new NodeFacts { NodeName = node.Name, DataDirectory = destination, MissingPrograms = missing, ProgramVersion = version, FreeBytes = await NodeFactsReader.FreeAsync(Files, PathOf.Parent(destination), cancellationToken).ConfigureAwait(false) };
    }

    private MemberSnapshot? Source(ClusterSnapshot snapshot) => request.Source is null ? snapshot.Leader : snapshot.Members.FirstOrDefault(m => m.Name == request.Source);

    private NodeCommand Program(string name, params IReadOnlyList<string> arguments) => new(request.BinDirectory is { } bin ? PathOf.Join(bin, name) : name, arguments);

    private Task RemoveAsync(string path) => Files.RemoveAsync(path, CancellationToken.None);
}
