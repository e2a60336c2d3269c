namespace PatroniOps.Lab.Processes;

/// <summary>Who runs etcd, Patroni and PostgreSQL: oneself, or the user `postgres` when the lab is started by root.</summary>
internal sealed record LabUser(string Name, uint Id, uint Group)
{
    private const string Unprivileged = "postgres";

    public static LabUser? ForServers() => Native.EffectiveUser() == 0 ? Find(Unprivileged) : null;

    /// <summary>Makes the user the owner of a file or directory.</summary>
    public void Own(string path)
    {
        if (Native.ChangeOwner(path, Id, Group) != 0)
            throw new LabException($"{path} could not be given to {Name}.");
    }

    /// <summary>The command line that becomes this user and then the given program, keeping the process id.</summary>
    public IEnumerable<string> Become() =>
        ["setpriv", $"--reuid={Name}", $"--regid={Group}", "--init-groups", "--"];

    private static LabUser Find(string name)
    {
        var entry = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name)
            ?? throw new LabException($"PostgreSQL refuses to run as root, and there is no user {name}; install the PostgreSQL package or start the lab as another user.");
        return new LabUser(name, uint.Parse(entry[2], null), uint.Parse(entry[3], null));
    }
}
