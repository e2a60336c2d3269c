using System.Net;
using System.Net.Sockets;

namespace PatroniOps.Lab.Configuration;

/// <summary>Picks free loopback ports and keeps them from other labs of this user while the lab starts.</summary>
/// <remarks>
/// They lie below the range that Linux takes for outgoing connections: a member that is stopped for a while would else lose its
/// port to some client.
/// </remarks>
internal sealed class LabPorts : IDisposable
{
    private const int Lowest = 20000;
    private const int Beyond = 32000;
    private const int Attempts = 1000;

    private readonly string directory = Path.Combine(Path.GetTempPath(), $"patroniops-lab-{Environment.UserName}", ".ports");
    private readonly List<FileStream> reservations = [];

    public LabPorts() => Directory.CreateDirectory(directory);

    public int Next()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(Lowest, Beyond);
            if (TryReserve(port))
                return port;
        }

        throw new LabException("No free port was found on 127.0.0.1.");
    }

    public void Dispose()
    {
        foreach (var reservation in reservations)
            reservation.Dispose();
    }

    private bool TryReserve(int port)
    {
        try
        {
            var file = new FileStream(
                Path.Combine(directory, $"{port}"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            reservations.Add(file);
            return CanListen(port);
        }
        catch (IOException)
        {
            return false; // another lab is taking it
        }
    }

    private static bool CanListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
