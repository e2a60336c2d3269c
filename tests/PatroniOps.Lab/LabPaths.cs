namespace PatroniOps.Lab;

/// <summary>Where the lab keeps its files.</summary>
public sealed record LabPaths(string Directory)
{
    /// <summary>Longest path of a Unix socket that Linux accepts.</summary>
    private const int MaxSocketPath = 107;

    /// <summary>Addresses and credentials for whoever uses the lab; there while the lab runs.</summary>
    public string ConnectionFile => Path.Combine(Directory, "lab.json");

    public string OptionsFile => Path.Combine(Directory, "options.json");

    public string LockFile => Path.Combine(Directory, "lock");

    public string Run => Path.Combine(Directory, "run");

    public string Etcd => Path.Combine(Directory, "etcd");

    public string Sockets => Path.Combine(Directory, "socket");

    public string Logs => Path.Combine(Directory, "log");

    /// <summary>Logs of the run before.</summary>
    public string PreviousLogs => Path.Combine(Directory, "log.previous");

    public string Archive => Path.Combine(Directory, "archive");

    /// <summary>The archive_command of an archive that programs compress: in the server's own line there is no room for it.</summary>
    public string ArchiveScript => Path.Combine(Directory, "archive.sh");

    /// <summary>What a program compresses on the way into the archive.</summary>
    public string ArchiveOf(string program) => $"{Archive}-{program}";

    public string MemberHome(string member) => Path.Combine(Directory, member);

    public string Data(string member) => Path.Combine(MemberHome(member), "data");

    public string PatroniConfig(string member) => Path.Combine(MemberHome(member), "patroni.yml");

    public string PgBackRestConfig(string member) => Path.Combine(MemberHome(member), "pgbackrest.conf");

    public string MemberLogs(string member) => Path.Combine(Logs, member);

    public string PatroniLog(string member) => Path.Combine(MemberLogs(member), "patroni.log");

    public string PostgresLog(string member) => Path.Combine(MemberLogs(member), "postgresql.log");

    /// <summary>A directory of this user and scope below the temporary directory.</summary>
    public static string DefaultDirectory(string scope) =>
        Path.Combine(Path.GetTempPath(), $"patroniops-lab-{Environment.UserName}", scope);

    internal LabPaths Checked()
    {
        var longest = Path.Combine(Sockets, ".s.PGSQL.65535.lock");
        return System.Text.Encoding.UTF8.GetByteCount(longest) <= MaxSocketPath
            ? this
            : throw new LabException($"{Directory} is too long a path for PostgreSQL's Unix sockets; give a shorter --directory.");
    }
}
