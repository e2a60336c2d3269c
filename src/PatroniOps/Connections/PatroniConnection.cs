using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Connections;

/// <summary>A session with one cluster: its addresses, its clients, and what is remembered of its members. Shows no secret.</summary>
public sealed class PatroniConnection : IDisposable
{
    private static readonly TimeSpan ProfileInterval = TimeSpan.FromSeconds(10);

    private readonly ProfileStore profiles;
    private readonly TimeProvider time;
    private readonly object gate = new();
    private ClusterProfile? profile;

    private PatroniConnection(ConnectionOptions options, ProfileStore profiles, TimeProvider time)
    {
        Options = options;
        this.profiles = profiles;
        this.time = time;
        Rest = new PatroniRestClient(options.Rest with { Timeout = options.Timeout }, time);
        Postgres = new PostgresClient(options.Postgres with { Timeout = options.Timeout });
        ConnectedAt = time.GetUtcNow();
    }

    /// <summary>Names this connection in every object that it gives.</summary>
    public Guid ConnectionId { get; } = Guid.NewGuid();

    /// <summary>The cluster's name: Patroni's scope.</summary>
    public string Cluster { get; private set; } = "";

    /// <summary>PostgreSQL's system identifier, as text.</summary>
    public string? SystemIdentifier { get; private set; }

    /// <summary>The addresses that it was made from.</summary>
    public IReadOnlyList<Uri> Uri => Options.Seeds;

    /// <summary>The members that are known, absent ones included.</summary>
    public IReadOnlyList<string> KnownMembers => [.. profile?.Members.Select(m => m.Name) ?? []];

    /// <summary>The user of the observing SQL connections; null when SQL is not asked.</summary>
    public string? PostgresUserName => Options.Postgres.EffectiveUserName;

    /// <summary>The user for REST calls that change something.</summary>
    public string? RestUserName => Options.Rest.Credential?.UserName;

    public IReadOnlyList<string> ArchivePath => Options.ArchivePaths;

    /// <summary>The limit for one member.</summary>
    public TimeSpan Timeout => Options.Timeout;

    public DateTimeOffset ConnectedAt { get; }

    /// <summary>False after Disconnect-PatroniCluster.</summary>
    public bool IsOpen { get; private set; } = true;

    internal ConnectionOptions Options { get; }

    internal PatroniRestClient Rest { get; }

    internal PostgresClient Postgres { get; }

    internal TimeProvider Time => time;

    /// <summary>Connects: one seed must answer as Patroni does.</summary>
    /// <exception cref="PatroniOpsException">No seed answered; the text says of each why.</exception>
    public static async Task<PatroniConnection> OpenAsync(ConnectionOptions options, ProfileStore profiles, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new PatroniConnection(options, profiles, time);
        try
        {
            var (seed, view) = await ClusterViewReader.ReadAsync(connection.Rest, options.Seeds, cancellationToken).ConfigureAwait(false);
            var status = await StatusAsync(connection.Rest, [seed, .. view.Members.Select(m => m.ApiUrl).OfType<Uri>()], cancellationToken).ConfigureAwait(false);
            connection.Cluster = view.Scope ?? status?.Scope ?? seed.Authority;
            connection.SystemIdentifier = status?.SystemIdentifier;
            connection.profile = profiles.Load(connection.Cluster, connection.SystemIdentifier)
                ?? new ClusterProfile { Cluster = connection.Cluster, SystemIdentifier = connection.SystemIdentifier };
            connection.RememberListed(view);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads the whole cluster. Throws only when it is cancelled: what could not be read is unknown in the snapshot.</summary>
    public async Task<ClusterSnapshot> CollectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        ClusterProfile known;
        lock (gate)
            known = profile!;
        var snapshot = Observer.Observe(await new ClusterCollector(this, known).CollectAsync(cancellationToken).ConfigureAwait(false), known.Observed);
        Remember(snapshot);
        return snapshot;
    }

    /// <summary>As <see cref="CollectAsync"/>, over new PostgreSQL connections: one that is open already is answered even by a server that takes no other.</summary>
    public async Task<ClusterSnapshot> CollectAnewAsync(CancellationToken cancellationToken)
    {
        Postgres.CloseIdle();
        var snapshot = await CollectAsync(cancellationToken).ConfigureAwait(false);
        Postgres.Keep(snapshot.Members.Where(m => m.Host is not null && m.Port is not null).Select(m => (m.Host!, m.Port!.Value)));
        return snapshot;
    }

    /// <summary>A client for the replication protocol: with the credential given, else the connection's own. The caller disposes it.</summary>
    public PostgresClient ReplicationClient(System.Net.NetworkCredential? credential) =>
        new(Options.Postgres with { Timeout = Timeout, Credential = credential ?? Options.Postgres.Credential });

    /// <summary>Forgets the members that are remembered, absent ones among them.</summary>
    public void Forget() => profiles.Forget(Cluster, SystemIdentifier);

    public void Dispose()
    {
        IsOpen = false;
        Rest.Dispose();
        Postgres.Dispose();
    }

    public override string ToString() => Cluster;

    // The first member that answers tells scope and system identifier; the collector reports those that do not.
    private static async Task<PatroniStatus?> StatusAsync(PatroniRestClient rest, IEnumerable<Uri> members, CancellationToken cancellationToken) =>
        (await FirstAnswer.OfAsync([.. members.Distinct()], (uri, token) => StatusAsync(rest, uri, token), cancellationToken).ConfigureAwait(false)).Answer;

    private static async Task<PatroniStatus> StatusAsync(PatroniRestClient rest, Uri uri, CancellationToken cancellationToken) =>
        PatroniStatus.Parse(await rest.GetAsync(uri, "patroni", cancellationToken).ConfigureAwait(false)) is { SystemIdentifier: not null } status
            ? status
            : throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{uri}patroni: the answer has no system identifier.");

    // A member counts as known from the first list on, even when the session ends before anything else was read.
    private void RememberListed(ClusterView view)
    {
        var now = time.GetUtcNow();
        var members = profile!.Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        foreach (var member in view.Members)
            members[member.Name] = (members.GetValueOrDefault(member.Name) ?? new RememberedMember { Name = member.Name }) with
            {
                ApiUrl = member.ApiUrl,
                Host = member.Host,
                Port = member.Port,
                Tags = member.Tags,
                LastListedAt = now,
            };
        profile = profile with { Members = [.. members.Values.OrderBy(m => m.Name, StringComparer.Ordinal)] };
        profiles.Save(profile);
    }

    private void Remember(ClusterSnapshot snapshot)
    {
        lock (gate)
        {
            var learned = profile!.Learn(snapshot);
            var isDue = snapshot.TakenAt - profile.WrittenAt >= ProfileInterval || !learned.Members.Select(m => m.Name).SequenceEqual(profile.Members.Select(m => m.Name));
            // Positions are renewed at once in memory; the file and the earlier position, from which rates come, every few seconds.
            profile = isDue ? learned : learned with { LeaderPosition = profile.LeaderPosition ?? learned.LeaderPosition, WrittenAt = profile.WrittenAt };
            if (isDue)
                profiles.Save(profile);
        }
    }
}
