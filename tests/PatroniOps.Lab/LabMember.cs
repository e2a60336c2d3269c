using Npgsql;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab;

/// <summary>One member: a Patroni and its PostgreSQL.</summary>
public sealed class LabMember : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly LabConnection connection;
    private readonly LabPaths paths;
    private readonly string patroniCommand;
    private readonly Launcher launcher;

    internal LabMember(LabConnectionMember addresses, LabConnection connection, LabPaths paths, string patroniCommand, Launcher launcher)
    {
        Addresses = addresses;
        this.connection = connection;
        this.paths = paths;
        this.patroniCommand = patroniCommand;
        this.launcher = launcher;
        Rest = new PatroniClient(addresses.Api, connection.Credentials.Rest);
    }

    public LabConnectionMember Addresses { get; }

    public string Name => Addresses.Name;

    /// <summary>The replication slot Patroni makes for it on the leader.</summary>
    public string SlotName => Name.Replace('-', '_');

    public Uri ApiUri => Addresses.Api;

    public string Host => Addresses.Host;

    public int Port => Addresses.Port;

    public string DataDirectory => Addresses.DataDirectory;

    public string LogDirectory => paths.MemberLogs(Name);

    public string PatroniLog => Addresses.Log;

    public string PostgresLog => paths.PostgresLog(Name);

    public PatroniClient Rest { get; }

    /// <summary>The running Patroni; null when it does not run.</summary>
    public LabProcess? Patroni => launcher.PidFileOf(Name).Read();

    /// <summary>The running postmaster; null when PostgreSQL does not run.</summary>
    public LabProcess? Postmaster => PostgresProcesses.Postmaster(DataDirectory);

    /// <summary>Starts Patroni and returns at once.</summary>
    /// <exception cref="LabException">It runs already.</exception>
    public void Start()
    {
        if (Patroni is not null)
            throw new LabException($"Patroni of {Name} runs already.");
        var command = patroniCommand.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        launcher.Start(Name, [.. command, Addresses.PatroniConfig], PatroniLog, Addresses.Network);
    }

    /// <summary>Ends Patroni in order, as its service manager would; it stops PostgreSQL unless the cluster is paused.</summary>
    public async Task StopPatroniAsync(CancellationToken cancellationToken = default)
    {
        if (Patroni is { } patroni)
            await patroni.EndAsync(LabSignal.Terminate, StopPatience, cancellationToken);
        launcher.PidFileOf(Name).Delete();
    }

    /// <summary>Ends Patroni in order, and PostgreSQL with it (Patroni leaves it running when the cluster is paused: then it is stopped here).</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await StopPatroniAsync(cancellationToken);
        if (Postmaster is { } postmaster)
            await postmaster.EndAsync(LabSignal.Interrupt, StopPatience, cancellationToken);
    }

    /// <summary>Kills Patroni and leaves PostgreSQL running.</summary>
    public async Task KillPatroniAsync(CancellationToken cancellationToken = default)
    {
        if (Patroni is not { } patroni)
            return;
        patroni.Signal(LabSignal.Kill);
        await patroni.WaitForExitAsync(StopPatience, cancellationToken);
        launcher.PidFileOf(Name).Delete();
    }

    /// <summary>Kills Patroni and every PostgreSQL that works on this member's data or on a copy beside it, as a crash of the machine would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        await KillPatroniAsync(cancellationToken);
        var killed = PostgresProcesses.Below(paths.MemberHome(Name));
        foreach (var process in killed)
            process.Signal(LabSignal.Kill);
        foreach (var process in killed)
            await process.WaitForExitAsync(StopPatience, cancellationToken);
    }

    /// <summary>PostgreSQL's processes whose title contains the text, for instance "walreceiver", "checkpointer", "startup".</summary>
    public IReadOnlyList<LabProcess> FindPostgres(string title) => PostgresProcesses.WithTitle(DataDirectory, title);

    /// <summary>Sends a signal to those processes; returns how many there were.</summary>
    public int SignalPostgres(string title, LabSignal signal) => FindPostgres(title).Count(process => process.Signal(signal));

    /// <summary>A connection string; connections are not pooled, since servers come and go here.</summary>
    public string ConnectionString(LabLogin login, string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Username = login.Username,
        Password = login.Password,
        Database = database,
        Pooling = false,
        Timeout = 5,
        ApplicationName = "patroniops-lab",
    }.ConnectionString;

    /// <summary>Opens a connection of the superuser.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var opened = new NpgsqlConnection(ConnectionString(connection.Credentials.Superuser));
        try
        {
            await opened.OpenAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements as superuser.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using var opened = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, opened);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first column of the first row as superuser; default without a row or with null.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken = default)
    {
        await using var opened = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, opened);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>A connection string for the lab's own programs (psql, pg_receivewal); the password comes from a file that only they can read.</summary>
    internal async Task<string> ProgramConnectionAsync(LabLogin login, CancellationToken cancellationToken)
    {
        var file = Path.Combine(paths.MemberHome(Name), $"pgpass-{login.Username}");
        await SecretFile.WriteAsync(file, $"*:*:*:{login.Username}:{login.Password}\n", LabUser.ForServers(), cancellationToken);
        return $"host={Host} port={Port} user={login.Username} dbname=postgres passfile='{file}'";
    }

    public void Dispose() => Rest.Dispose();
}
