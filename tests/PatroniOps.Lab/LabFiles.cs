using System.Text.Json;
using PatroniOps.Lab.Configuration;
using PatroniOps.Lab.Isolation;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab;

/// <summary>Lays out the lab's directory afresh. Logs of the run before are kept beside the new ones.</summary>
internal static class LabFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Traversable = Private
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static void Clear(LabPaths paths)
    {
        if (Directory.Exists(paths.Logs))
        {
            Delete(paths.PreviousLogs);
            Directory.Move(paths.Logs, paths.PreviousLogs);
        }

        foreach (var path in Directory.EnumerateDirectories(paths.Directory).Where(path => path != paths.PreviousLogs))
            Delete(path);
        File.Delete(paths.ConnectionFile);
    }

    public static async Task WriteAsync(LabPlan plan, LabUser? user, CancellationToken cancellationToken)
    {
        var paths = plan.Paths;
        Directory.CreateDirectory(paths.Run, Private);
        foreach (var path in new[] { paths.Etcd, paths.Sockets })
            Create(path, Private, user);
        Create(paths.Logs, Traversable, user);
        if (plan.Options.Archive != ArchiveKind.None)
            Create(paths.Archive, Private, user);
        foreach (var program in plan.Options.ArchivePrograms)
            Create(paths.ArchiveOf(program), Private, user);
        if (plan.Options.ArchivePrograms.Count > 0)
            await SecretFile.WriteAsync(paths.ArchiveScript, ArchiveScript.Text(plan), user, cancellationToken);
        foreach (var member in plan.Connection.Members)
            await WriteMemberAsync(plan, member, user, cancellationToken);

        var options = JsonSerializer.Serialize(plan.Options, LabJson.Options);
        await SecretFile.WriteAsync(paths.OptionsFile, options, null, cancellationToken);
    }

    /// <summary>Makes the lab's directory and those above it that are missing, open for the servers' user to pass.</summary>
    public static void CreateRoot(LabPaths paths) => Directory.CreateDirectory(paths.Directory, Traversable);

    public static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>The directories and configuration of one member.</summary>
    public static async Task WriteMemberAsync(LabPlan plan, LabConnectionMember member, LabUser? user, CancellationToken cancellationToken)
    {
        await CreateHomeAsync(plan, member, user, cancellationToken);
        Create(plan.Paths.MemberLogs(member.Name), Traversable, user);
        var yaml = Yaml.From(PatroniConfiguration.Build(plan, member));
        await SecretFile.WriteAsync(member.PatroniConfig, yaml, user, cancellationToken);
        if (plan.Options.Archive != ArchiveKind.PgBackRest)
            return;
        var configuration = PgBackRestConfiguration.Text(plan, member);
        await SecretFile.WriteAsync(plan.Paths.PgBackRestConfig(member.Name), configuration, user, cancellationToken);
    }

    private static async Task CreateHomeAsync(LabPlan plan, LabConnectionMember member, LabUser? user, CancellationToken cancellationToken)
    {
        var home = plan.Paths.MemberHome(member.Name);
        Create(home, Private, user);
        if (plan.Options.MemberDiskBytes is not { } bytes)
            return;
        await MemberDisk.MountAsync(home, bytes, cancellationToken);
        user?.Own(home);
    }

    private static void Create(string path, UnixFileMode mode, LabUser? user)
    {
        Directory.CreateDirectory(path, mode);
        user?.Own(path);
    }
}
