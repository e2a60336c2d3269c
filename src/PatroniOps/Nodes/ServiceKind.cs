namespace PatroniOps.Nodes;

/// <summary>What keeps Patroni running on a node.</summary>
public enum ServiceKind : long
{
    /// <summary><c>systemctl</c>.</summary>
    Systemd,

    /// <summary><c>supervisorctl</c>.</summary>
    Supervisor,

    /// <summary>Commands of the user's own.</summary>
    Commands,
}
