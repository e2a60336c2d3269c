using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PatroniOps.LabTests.Support;

/// <summary>An SSH server on loopback with keys of its own, and the client's configuration that trusts it. All of it goes with the test.</summary>
internal sealed class SshServer : IDisposable
{
    /// <summary>The host's name in the client's configuration.</summary>
    public const string HostName = "lab-node";

    private const string PrivilegeSeparation = "/run/sshd";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("patroniops-sshd-");
    private readonly Process server;
    private readonly int port = FreePort();
    private int connections;

    private SshServer()
    {
        Generate("host");
        Generate("user");
        Generate("stranger");
        File.Copy(At("user.pub"), At("authorized"));
        File.WriteAllText(At("known"), $"[127.0.0.1]:{port} {File.ReadAllText(At("host.pub"))}");
        File.WriteAllText(At("known-other"), $"[127.0.0.1]:{port} {File.ReadAllText(At("stranger.pub"))}");
        File.WriteAllText(At("nobody-known"), "");
        File.WriteAllText(At("sshd_config"),
            $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {At("host")}
            AuthorizedKeysFile {At("authorized")}
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            StrictModes no
            UsePAM no
            PidFile none
            AllowUsers {Environment.UserName}

            """);
        Configure("config", "user", "known");
        Configure("config-unknown-host", "user", "nobody-known");
        Configure("config-changed-host", "user", "known-other");
        Configure("config-wrong-key", "stranger", "known");
        // Debian's package makes it when its service starts.
        if (Environment.IsPrivilegedProcess)
            Directory.CreateDirectory(PrivilegeSeparation);
        server = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-e", "-f", At("sshd_config")]) { RedirectStandardError = true })!;
        server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Accepted publickey", StringComparison.Ordinal) == true)
                Interlocked.Increment(ref connections);
        };
        server.BeginErrorReadLine();
        WaitUntilItListens();
    }

    public static SshServer Start() => new();

    /// <summary>Where it listens.</summary>
    public int Port => port;

    /// <summary>How many connections it has let in.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Kills what serves each connection: the lines go dead, and the server takes new ones.</summary>
    public void CutConnections()
    {
        foreach (var child in Directory.EnumerateDirectories("/proc/", "*").Select(d => int.TryParse(Path.GetFileName(d), out var pid) ? pid : 0).Where(pid => pid > 0 && IsChild(pid)))
            using (var serving = Process.GetProcessById(child))
                serving.Kill();
    }

    /// <summary>A client configuration: <c>config</c>, or one with <c>-unknown-host</c>, <c>-changed-host</c>, <c>-wrong-key</c>.</summary>
    public string Configuration(string name = "config") => At(name);

    public void Dispose()
    {
        server.Kill(entireProcessTree: true);
        server.WaitForExit();
        server.Dispose();
        folder.Delete(recursive: true);
    }

    private bool IsChild(int pid)
    {
        try
        {
            // The parent is the second field behind the name, which may hold anything.
            var status = File.ReadAllText($"/proc/{pid}/stat");
            return status[(status.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{server.Id}";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Generate(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", At(name)]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void Configure(string name, string key, string knownHosts) => File.WriteAllText(At(name),
        $"""
        Host {HostName}
          HostName 127.0.0.1
          HostKeyAlias [127.0.0.1]:{port}
          Port {port}
          IdentityFile {At(key)}
          IdentitiesOnly yes
          UserKnownHostsFile {At(knownHosts)}
          GlobalKnownHostsFile none

        """);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitUntilItListens() => Eventually.Read(TimeSpan.FromSeconds(30), () =>
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }, isThere => isThere).GetAwaiter().GetResult();
}
