namespace PatroniOps.Lab.Configuration;

/// <summary>Everything that is decided before the first process starts.</summary>
internal sealed record LabPlan(LabOptions Options, LabPaths Paths, LabConnection Connection, string PostgresBin)
{
    public static LabPlan Make(LabOptions options, LabPaths paths, LabPorts ports)
    {
        var connection = new LabConnection(
            options.Scope,
            options.Directory,
            (int)options.LoopWait.TotalSeconds,
            (int)options.Ttl.TotalSeconds,
            Loopback(ports),
            [.. options.MemberNames().Select(name => Member(name, paths, ports))],
            LabCredentials.Generate(),
            Archive(options, paths));
        return new LabPlan(options, paths, connection, PostgresBinaries.Find(options.PostgresBin));
    }

    private static Uri Loopback(LabPorts ports) => new($"http://127.0.0.1:{ports.Next()}");

    /// <summary>A member's addresses and files.</summary>
    public static LabConnectionMember Member(string name, LabPaths paths, LabPorts ports) => new(
        name,
        Loopback(ports),
        "127.0.0.1",
        ports.Next(),
        paths.Data(name),
        paths.PatroniLog(name),
        paths.PatroniConfig(name));

    private static LabArchive Archive(LabOptions options, LabPaths paths) => new(
        options.Archive,
        options.Archive == ArchiveKind.None ? null : paths.Archive,
        options.Archive == ArchiveKind.PgBackRest ? options.Scope : null);
}
