using PatroniOps.Lab.Isolation;

namespace PatroniOps.Lab.Configuration;

/// <summary>Everything that is decided before the first process starts.</summary>
internal sealed record LabPlan(LabOptions Options, LabPaths Paths, LabConnection Connection, string PostgresBin)
{
    private const string Loopback = "127.0.0.1";

    public static LabPlan Make(LabOptions options, LabPaths paths, LabPorts ports)
    {
        var connection = new LabConnection(
            options.Scope,
            options.Directory,
            (int)options.LoopWait.TotalSeconds,
            (int)options.Ttl.TotalSeconds,
            At(options.HasOwnNetworks ? MemberNetwork.HubAddress : Loopback, ports),
            [.. options.MemberNames().Select((name, index) => options.HasOwnNetworks ? Member(name, MemberNetwork.AddressOf(index), paths, ports) with { Network = name } : Member(name, paths, ports))],
            LabCredentials.Generate(),
            Archive(options, paths));
        return new LabPlan(options, paths, connection, PostgresBinaries.Find(options.PostgresBin));
    }

    /// <summary>The addresses and files of a member on loopback.</summary>
    public static LabConnectionMember Member(string name, LabPaths paths, LabPorts ports) => Member(name, Loopback, paths, ports);

    private static Uri At(string host, LabPorts ports) => new($"http://{host}:{ports.Next()}");

    private static LabConnectionMember Member(string name, string host, LabPaths paths, LabPorts ports) => new(
        name,
        At(host, ports),
        host,
        ports.Next(),
        paths.Data(name),
        paths.PatroniLog(name),
        paths.PatroniConfig(name));

    private static LabArchive Archive(LabOptions options, LabPaths paths) => new(
        options.Archive,
        options.Archive == ArchiveKind.None ? null : paths.Archive,
        options.Archive == ArchiveKind.PgBackRest ? options.Scope : null);
}
