using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Commands;

/// <summary>
/// Connect-PatroniCluster: opens a session with a cluster and makes it the current one. Each input record is one cluster, and each file is one.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "PatroniCluster", DefaultParameterSetName = ByUri)]
[OutputType(typeof(PatroniConnection))]
public sealed class ConnectPatroniClusterCommand : AsyncCmdlet
{
    private const string ByUri = "Uri";
    private const string ByFile = "File";

    private ConnectionTable table = null!;

    /// <summary>Addresses of Patroni's REST API in one cluster; one that answers is enough.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByUri)]
    [ValidateNotNullOrEmpty]
    public Uri[] Uri { get; set; } = [];

    /// <summary>A patroni.yml or patronictl.yaml for each cluster: address, REST credentials, TLS files, or the members from etcd.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFile)]
    [ValidateNotNullOrEmpty]
    public string[] ConfigurationPath { get; set; } = [];

    /// <summary>User and password for REST calls that change something (restapi.authentication).</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>User and password of the observing PostgreSQL role, which needs pg_monitor and nothing more.</summary>
    [Parameter]
    [Credential]
    public PSCredential? PostgresCredential { get; set; }

    /// <summary>The observing role without a password: PGPASSWORD, the pgpass file or a client certificate speak for it.</summary>
    [Parameter]
    public string? PostgresUserName { get; set; }

    /// <summary>The database to log in to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "postgres";

    /// <summary>A client certificate with its private key, for REST and SQL.</summary>
    [Parameter]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>A PEM file with the certificate authorities to trust instead of the system's.</summary>
    [Parameter]
    public string? CertificateAuthorityPath { get; set; }

    /// <summary>Takes any server certificate. Without it every certificate is verified.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Refuses PostgreSQL connections without TLS.</summary>
    [Parameter]
    public SwitchParameter RequireTls { get; set; }

    /// <summary>WAL archives on local paths: plain directories or pgBackRest repositories.</summary>
    [Parameter]
    public string[] ArchivePath { get; set; } = [];

    /// <summary>The members' nodes, which tell how full the disks are: a hashtable from member to the node's name for ssh; '.' is this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Node { get; set; } = [];

    /// <summary>The limit for each member; 5 seconds by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override void BeginProcessing() => table = ConnectionTable.OfThisRunspace();

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByUri)
            await ConnectAsync(string.Join(", ", Uri.Select(Seed.Show)), _ => Task.FromResult<(IReadOnlyList<Uri>, PatroniConfigFile?)>(([.. Uri.Select(Seed.Normalise)], null)), cancellationToken).ConfigureAwait(false);
        else
            foreach (var path in ConfigurationPath)
                await ConnectAsync(path, token => FromFileAsync(path, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task ConnectAsync(string target, Func<CancellationToken, Task<(IReadOnlyList<Uri> Seeds, PatroniConfigFile? File)>> find, CancellationToken cancellationToken)
    {
        try
        {
            var (seeds, file) = await find(cancellationToken).ConfigureAwait(false);
            var connection = await PatroniConnection.OpenAsync(Options(seeds, file), new ProfileStore(StateFolder.Path), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            table.Add(connection);
            Emit(connection);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, target));
        }
    }

    // The member's own address, and what etcd knows: the member whose file this is may be the one that is down.
    private async Task<(IReadOnlyList<Uri>, PatroniConfigFile?)> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = PatroniConfigFile.Read(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));
        var seeds = new List<Uri>();
        if (file.RestAddress is { } own)
            seeds.Add(own);
        if (file.EtcdHosts.Count > 0 && file.Scope is not null)
        {
            try
            {
                seeds.AddRange(await EtcdMembers.ReadAsync(file, cancellationToken).ConfigureAwait(false));
            }
            catch (PatroniOpsException e) when (seeds.Count > 0)
            {
                EmitWarning($"{path}: the members were not read from etcd: {e.Message}");
            }
        }
        if (seeds.Count == 0)
            throw new PatroniOpsException(FailureKind.NotConfigured, file.OtherDcs is { } dcs
                ? $"{path}: it names only {dcs}, which is not read from here. Give a member's address with -Uri."
                : $"{path}: it names neither a REST address nor etcd hosts with a scope.");
        return ([.. seeds.Distinct()], file);
    }

    private ConnectionOptions Options(IReadOnlyList<Uri> seeds, PatroniConfigFile? file)
    {
        var authorityPath = CertificateAuthorityPath is { } given ? SessionState.Path.GetUnresolvedProviderPathFromPSPath(given) : file?.CertificateAuthorityPath;
        var authorities = CertificateFiles.Authorities(authorityPath);
        var client = ClientCertificate ?? CertificateFiles.Client(file);
        var skip = SkipCertificateCheck || file?.IsInsecure == true;
        return new ConnectionOptions
        {
            Seeds = seeds,
            Timeout = Timeout,
            ArchivePaths = [.. ArchivePath.Select(SessionState.Path.GetUnresolvedProviderPathFromPSPath)],
            Nodes = Node.Cast<DictionaryEntry>().ToDictionary(e => $"{e.Key}", e => new NodeOptions { HostName = $"{e.Value}" is "." ? null : $"{e.Value}" }, StringComparer.OrdinalIgnoreCase),
            Rest = new PatroniRestOptions
            {
                Credential = Credential?.GetNetworkCredential() ?? file?.RestCredential,
                ClientCertificate = client,
                CertificateAuthorities = authorities,
                SkipCertificateCheck = skip,
            },
            Postgres = new PostgresOptions
            {
                Credential = PostgresCredential?.GetNetworkCredential(),
                UserName = PostgresUserName,
                Database = Database,
                ClientCertificate = ClientCertificate,
                CertificateAuthorities = authorities,
                CertificateAuthorityPath = authorityPath,
                SkipCertificateCheck = SkipCertificateCheck,
                RequireTls = RequireTls,
            },
        };
    }
}
