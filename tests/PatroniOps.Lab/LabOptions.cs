using System.Text.Json.Nodes;

namespace PatroniOps.Lab;

/// <summary>What kind of cluster to start. The defaults give a healthy cluster of three that loses WAL quickly.</summary>
public sealed record LabOptions
{
    /// <summary>Everything of the lab lives below this directory: data, logs, sockets, configuration, archive.</summary>
    public string Directory { get; init; } = LabPaths.DefaultDirectory("demo");

    public string Scope { get; init; } = "demo";

    public int Members { get; init; } = 3;

    /// <summary>Number of the first member, so names start at bar-psqldb02.</summary>
    public int FirstNumber { get; init; } = 2;

    public ArchiveKind Archive { get; init; }

    /// <summary>Programs (gzip, lz4, zstd) through which archive_command also writes, each into a directory of its own beside a plain archive.</summary>
    public IReadOnlyList<string> ArchivePrograms { get; init; } = [];

    /// <summary>How a pgBackRest repository is compressed: none, gz, lz4 or zst.</summary>
    public string PgBackRestCompression { get; init; } = "zst";

    /// <summary>With which a pgBackRest repository is encrypted (aes-256-cbc); null: it is not.</summary>
    public string? PgBackRestPassphrase { get; init; }

    /// <summary>Whether the members get a restore_command when there is an archive.</summary>
    public bool UseRestoreCommand { get; init; } = true;

    /// <summary>Patroni's ttl; its minimum is 20 s.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan LoopWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The Patroni to run: a program and leading arguments separated by spaces; the configuration file is appended.</summary>
    public string PatroniCommand { get; init; } = "patroni";

    /// <summary>Directory with initdb and postgres; null takes the newest one installed.</summary>
    public string? PostgresBin { get; init; }

    public bool UsePgRewind { get; init; }

    public int MaxWalSenders { get; init; } = 10;

    public int MaxReplicationSlots { get; init; } = 10;

    public string WalKeepSize { get; init; } = "16MB";

    public string MaxWalSize { get; init; } = "64MB";

    /// <summary>max_slot_wal_keep_size; null leaves PostgreSQL's default (no limit).</summary>
    public string? MaxSlotWalKeepSize { get; init; }

    /// <summary>Merged into bootstrap.dcs after everything else.</summary>
    public JsonObject DynamicConfiguration { get; init; } = [];

    /// <summary>Merged into the patroni.yml of every member.</summary>
    public JsonObject LocalConfiguration { get; init; } = [];

    /// <summary>Patroni tags by member name, for instance replicatefrom, nofailover, nostream.</summary>
    public IReadOnlyDictionary<string, JsonObject> Tags { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Gives each member a network namespace of its own, from which it can be cut off. This program must have namespaces of its own: see <see cref="Isolation.OwnNamespaces"/>.</summary>
    public bool HasOwnNetworks { get; init; }

    /// <summary>Bytes of the small file system that each member's data is on; null: the directory's own, shared by all. Needs namespaces as above.</summary>
    public long? MemberDiskBytes { get; init; }

    /// <summary>How long the start may take before it is given up.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The members' names in order: the first one becomes the leader.</summary>
    public IReadOnlyList<string> MemberNames() =>
        [.. Enumerable.Range(FirstNumber, Members).Select(number => $"bar-psqldb{number:00}")];

    /// <summary>Patroni's retry_timeout: a quarter of the ttl, or less, so that loop_wait + 2 * retry_timeout stays within the ttl.</summary>
    public TimeSpan RetryTimeout()
    {
        var most = Math.Min(Ttl.TotalSeconds / 4, (Ttl - LoopWait).TotalSeconds / 2);
        return TimeSpan.FromSeconds(Math.Max(Math.Floor(most), 3));
    }

    internal LabOptions Checked()
    {
        if (Members < 1 || Members > 20)
            throw new LabException("The number of members must be between 1 and 20.");
        if (Ttl < TimeSpan.FromSeconds(20))
            throw new LabException("Patroni's ttl cannot be less than 20 seconds.");
        if (LoopWait < TimeSpan.FromSeconds(1) || LoopWait + (2 * RetryTimeout()) > Ttl)
            throw new LabException("loop_wait must be at least 1 second, and loop_wait + 2 * retry_timeout (3 or more) must fit in the ttl.");
        var unknown = Tags.Keys.Except(MemberNames()).FirstOrDefault();
        return unknown is null
            ? this with { Directory = RealPath.Of(Directory) }
            : throw new LabException($"Tags are given for {unknown}, which is no member of this lab ({string.Join(", ", MemberNames())}).");
    }
}
