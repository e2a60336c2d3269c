namespace PatroniOps.Crash;

/// <summary>What is killed.</summary>
public enum CrashTarget
{
    /// <summary>This process, with SIGKILL.</summary>
    Tool,

    /// <summary>The member's Patroni and every PostgreSQL on its data, old and new, with SIGKILL; the tool goes on.</summary>
    Node,

    /// <summary>Both: the machine that all of it runs on crashes.</summary>
    Machine,
}
