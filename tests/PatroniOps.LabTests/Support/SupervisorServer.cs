using System.Diagnostics;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>A supervisord that runs a lab member's Patroni as its program <c>patroni</c>, found by a plain call of supervisorctl. All of it goes with the test.</summary>
internal sealed class SupervisorServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("supervisor-");
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");
    private readonly Process server;

    private SupervisorServer(LabCluster lab, LabMember member)
    {
        var owner = Run("stat", "-c", "%U", member.DataDirectory).Trim();
        File.WriteAllText(At("supervisord.conf"),
            $"""
            [unix_http_server]
            file={At("socket")}
            [supervisord]
            nodaemon=true
            logfile={At("log")}
            pidfile={At("pid")}
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
            [supervisorctl]
            serverurl=unix://{At("socket")}
            [program:patroni]
            command={lab.Options.PatroniCommand} {member.Addresses.PatroniConfig}
            user={owner}
            environment=HOME="{lab.Paths.Directory}",LC_ALL="C.UTF-8"
            stopwaitsecs=60
            redirect_stderr=true
            stdout_logfile={At("patroni.log")}

            """);
        // supervisorctl looks for its configuration in /etc, which is not the test's to write.
        File.WriteAllText(At("supervisorctl"), $"#!/bin/sh\nexec /usr/bin/supervisorctl -c '{At("supervisord.conf")}' \"$@\"\n");
        Run("chmod", "700", At("supervisorctl"));
        Environment.SetEnvironmentVariable("PATH", $"{folder.FullName}:{path}");
        server = Process.Start(new ProcessStartInfo("supervisord", ["-c", At("supervisord.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        Eventually.Read(Patience, Status, status => status.Contains("RUNNING", StringComparison.Ordinal)).GetAwaiter().GetResult();
    }

    /// <summary>Starts it, and with it the member's Patroni, which must not run yet.</summary>
    public static SupervisorServer Start(LabCluster lab, LabMember member) => new(lab, member);

    /// <summary>What supervisorctl says of the program.</summary>
    public string Status() => Run(At("supervisorctl"), "status", "patroni");

    public void Dispose()
    {
        Run(At("supervisorctl"), "shutdown");
        server.WaitForExit();
        server.Dispose();
        Environment.SetEnvironmentVariable("PATH", path);
        folder.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }
}
