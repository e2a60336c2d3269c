namespace PatroniOps.Nodes;

/// <summary>
/// Commands on a node share one ssh connection for as long as somebody holds a lease; without one each has a connection of its own. The sockets lie
/// in a directory that only this user can enter, and go with the last lease.
/// </summary>
/// <remarks>Source: ssh_config(5), ControlMaster and ControlPath.</remarks>
public static class SshSharing
{
    private static readonly object Gate = new();
    private static SshConnections? connections;
    private static int leases;

    /// <summary>Connections are shared until this is disposed.</summary>
    public static IDisposable Lease()
    {
        lock (Gate)
        {
            leases++;
            // ssh for Windows shares none.
            if (!OperatingSystem.IsWindows())
                connections ??= new SshConnections();
        }
        return new Holder();
    }

    /// <summary>The shared ones; null while nobody holds a lease.</summary>
    internal static SshConnections? Current
    {
        get
        {
            lock (Gate)
                return connections;
        }
    }

    private static void Release()
    {
        SshConnections? last = null;
        lock (Gate)
            if (--leases == 0)
                (last, connections) = (connections, null);
        last?.Dispose();
    }

    private sealed class Holder : IDisposable
    {
        private bool isReleased;

        public void Dispose()
        {
            if (!isReleased)
                Release();
            isReleased = true;
        }
    }
}
